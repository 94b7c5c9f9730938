import { byId, setText } from './dom.js';

const LEAST_DECIBELS = -60;
const STALE_MILLIS = 600;
const FALL_PER_SECOND = 24;
const TOLD_EVERY_MILLIS = 500;

/** The level meter: root mean square as a bar, the peak as a line that falls slowly. */
export class Level {
  #meter = byId('level');
  #bar = this.#meter.querySelector('.bar');
  #peak = this.#meter.querySelector('.peak');
  #value = byId('level-value');
  #timeline;
  #peakDecibels = LEAST_DECIBELS;
  #lastMillis = 0;
  #toldMillis = 0;
  #shown = '';

  constructor(timeline) {
    this.#timeline = timeline;
    // The picture rests when nothing comes; the meter must still fall back to silence.
    setInterval(() => this.show(performance.now()), 250);
  }

  show(nowMillis) {
    const { level } = this.#timeline;
    const stale = nowMillis - level.atMillis > STALE_MILLIS;
    const rms = stale ? LEAST_DECIBELS : level.rms;
    const fallen = this.#peakDecibels - (FALL_PER_SECOND * (nowMillis - this.#lastMillis)) / 1000;
    this.#lastMillis = nowMillis;
    this.#peakDecibels = Math.max(LEAST_DECIBELS, fallen, stale ? LEAST_DECIBELS : level.peak);
    const clipped = `inset(0 ${(100 - 100 * part(rms)).toFixed(1)}% 0 0)`;
    if (clipped !== this.#shown) this.#bar.style.clipPath = this.#shown = clipped;
    this.#peak.style.opacity = this.#peakDecibels > LEAST_DECIBELS ? '1' : '0';
    this.#peak.style.left = `${(99.6 * part(this.#peakDecibels)).toFixed(1)}%`;
    if (nowMillis - this.#toldMillis > TOLD_EVERY_MILLIS) {
      this.#toldMillis = nowMillis;
      const text = rms <= LEAST_DECIBELS ? 'silent' : `−${Math.abs(Math.round(rms))} dB`;
      setText(this.#value, text);
      this.#meter.setAttribute('aria-valuenow', Math.round(Math.max(LEAST_DECIBELS, rms)));
      this.#meter.setAttribute('aria-valuetext', text);
    }
  }
}

function part(decibels) {
  return Math.min(1, Math.max(0, 1 - decibels / LEAST_DECIBELS));
}
