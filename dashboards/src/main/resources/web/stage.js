import { fitCanvas } from './dom.js';

/** Space at the left for the names of rows and frequencies, CSS pixels. */
export const AXIS_WIDTH = 46;

const MOST_SECONDS = 12;
const LEAST_SECONDS = 4;
const PIXELS_PER_SECOND = 88;
const STILL_STEP_SECONDS = 0.5;
const REMEMBERED = 256;

/**
 * What the drawings above one another share: the scale of time, the place of the right edge, and one
 * loop of `requestAnimationFrame`, which rests while nothing moves.
 */
export class Stage {
  /** Place of the right edge, in frames with a fraction. */
  headFrame = 0;
  pixelsPerFrame = 1;
  plotWidth = 0;
  framesDrawn = 0;
  #secondsShown = LEAST_SECONDS;
  #drawings = [];
  #timeline;
  #playhead;
  #running = false;
  #changed = true;
  /** When the last pictures were drawn, and how long each took. */
  #drawnMillis = new Float64Array(REMEMBERED);
  #spentMillis = new Float64Array(REMEMBERED);
  #still = window.matchMedia('(prefers-reduced-motion: reduce)');

  constructor(timeline, playhead) {
    this.#timeline = timeline;
    this.#playhead = playhead;
  }

  /**
   * Adds a drawing: `draw(nowMillis)`, and where it has a canvas of the scale of time, `canvas` and
   * `resized(width, height, pixelRatio)` in CSS pixels.
   */
  add(drawing) {
    this.#drawings.push(drawing);
    if (!drawing.canvas) return;
    fitCanvas(drawing.canvas, (width, height, pixelRatio) => {
      this.plotWidth = Math.max(1, width - AXIS_WIDTH);
      this.#secondsShown = Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, this.plotWidth / PIXELS_PER_SECOND));
      this.#scale();
      drawing.resized(width, height, pixelRatio);
      this.wake();
    });
  }

  /** Says that there is something new to draw. */
  wake() {
    this.#changed = true;
    if (this.#running) return;
    this.#running = true;
    requestAnimationFrame(this.#tick);
  }

  /** The frame at the left edge. */
  get firstFrame() {
    return this.headFrame - this.plotWidth / this.pixelsPerFrame;
  }

  /** The place of a frame on the canvas, CSS pixels. */
  x(frame) {
    return AXIS_WIDTH + this.plotWidth - (this.headFrame - frame) * this.pixelsPerFrame;
  }

  /** How often was drawn within the last second. */
  drawsPerSecond() {
    const now = performance.now();
    let count = 0;
    for (let i = this.framesDrawn - 1; i >= 0 && count < REMEMBERED; i--) {
      if (now - this.#drawnMillis[i % REMEMBERED] > 1000) break;
      count++;
    }
    return count;
  }

  /** How long the last pictures took to draw, milliseconds, the newest last. */
  drawMillis(count) {
    const known = Math.min(count, REMEMBERED, this.framesDrawn);
    return Array.from({ length: known }, (_, i) => this.#spentMillis[(this.framesDrawn - known + i) % REMEMBERED]);
  }

  #scale() {
    this.pixelsPerFrame = this.plotWidth / (this.#secondsShown * this.#timeline.framesPerSecond);
  }

  #draw(nowMillis) {
    const begunMillis = performance.now();
    for (let i = 0; i < this.#drawings.length; i++) this.#drawings[i].draw(nowMillis);
    const slot = this.framesDrawn % REMEMBERED;
    this.#drawnMillis[slot] = nowMillis;
    this.#spentMillis[slot] = performance.now() - begunMillis;
    this.framesDrawn++;
  }

  #tick = (nowMillis) => {
    this.#playhead.advance(nowMillis, this.#timeline.ended);
    let head = this.#playhead.frame;
    if (this.#still.matches && !this.#playhead.settled) {
      // Who wants little movement gets a picture that moves on in steps.
      const step = STILL_STEP_SECONDS * this.#timeline.framesPerSecond;
      head = Math.floor(head / step) * step;
    }
    if (head !== this.headFrame || this.#changed) {
      this.headFrame = head;
      this.#changed = false;
      this.#scale();
      this.#draw(nowMillis);
    }
    if (this.#playhead.settled && !this.#changed) this.#running = false;
    else requestAnimationFrame(this.#tick);
  };
}
