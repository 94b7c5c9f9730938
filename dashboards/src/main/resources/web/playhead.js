const SNAP_SECONDS = 1.5;

/**
 * Where in the stream the right edge of the picture is. Frames come in bursts; the playhead walks at
 * the speed at which they come on average, a little behind the newest, so that the picture glides.
 */
export class Playhead {
  /** The place of the right edge, in frames with a fraction. */
  frame = 0;
  #nominal = 0.1;
  #newest = 0;
  /** Frames in a millisecond, as they came lately. */
  #speed = 0.1;
  #lead = 0;
  #lastArrivalMillis = 0;
  #lastAdvanceMillis = 0;
  #measureFromMillis = 0;
  #measureFromFrame = 0;
  #longestPauseMillis = 40;

  reset(framesPerSecond) {
    this.frame = 0;
    this.#newest = 0;
    this.#nominal = this.#speed = framesPerSecond / 1000;
    this.#lastArrivalMillis = this.#lastAdvanceMillis = 0;
    this.#measureFromMillis = 0;
    this.#longestPauseMillis = 40;
  }

  /** Whether the picture stands still until something new comes. */
  get settled() {
    return this.#newest - this.frame < 0.01;
  }

  /** Frames up to here are known. */
  arrived(endFrame, nowMillis) {
    if (endFrame <= this.#newest) return;
    const pauseMillis = nowMillis - this.#lastArrivalMillis;
    if (this.#lastArrivalMillis && pauseMillis < 1000) {
      this.#longestPauseMillis = Math.max(pauseMillis, this.#longestPauseMillis * 0.98);
    }
    this.#lastArrivalMillis = nowMillis;
    this.#newest = endFrame;
    if (!this.#measureFromMillis || pauseMillis > 1000) {
      this.#measureFromMillis = nowMillis;
      this.#measureFromFrame = endFrame;
      this.#speed = this.#nominal;
    } else if (nowMillis - this.#measureFromMillis > 500) {
      const measured = (endFrame - this.#measureFromFrame) / (nowMillis - this.#measureFromMillis);
      this.#speed += 0.4 * (measured - this.#speed);
      this.#measureFromMillis = nowMillis;
      this.#measureFromFrame = endFrame;
    }
  }

  /** Walks on to that moment. */
  advance(nowMillis, ended) {
    const stepMillis = this.#lastAdvanceMillis ? Math.min(250, nowMillis - this.#lastAdvanceMillis) : 0;
    this.#lastAdvanceMillis = nowMillis;
    const waiting = ended || nowMillis - this.#lastArrivalMillis > 400;
    const speed = waiting ? 0 : this.#speed;
    const lead = waiting ? 0 : this.#speed * Math.min(400, this.#longestPauseMillis + 20);
    const behind = this.#newest - this.frame;
    if (behind > SNAP_SECONDS * 1000 * Math.max(this.#nominal, this.#speed)) {
      this.frame = this.#newest - lead;
      return;
    }
    const towards = speed + 0.004 * (behind - lead);
    this.frame = Math.min(this.#newest, this.frame + Math.max(0, towards) * stepMillis);
    if (waiting && behind < 0.5) this.frame = this.#newest;
  }
}
