import { byId, setText } from './dom.js';

const LEAST_DECIBELS = -60;
const STALE_MILLIS = 600;
const FALL_PER_SECOND = 24;
const TOLD_EVERY_MILLIS = 500;

/**
 * The level meter: root mean square as a bar, the peak as a line that falls slowly. What moves is moved
 * by transforms alone, so that nothing is laid out anew.
 */
export class Level {
  #meter = byId('level');
  #rest = this.#meter.querySelector('.rest');
  #peak = this.#meter.querySelector('.peak');
  #value = byId('level-value');
  #timeline;
  #peakDecibels = LEAST_DECIBELS;
  #lastMillis = 0;
  #toldMillis = 0;
  #shownRms = NaN;
  #shownPeak = NaN;

  constructor(timeline) {
    this.#timeline = timeline;
    // The picture rests when nothing comes; the meter must still fall back to silence.
    setInterval(() => this.draw(performance.now()), 250);
  }

  draw(nowMillis) {
    const { level } = this.#timeline;
    const stale = nowMillis - level.atMillis > STALE_MILLIS;
    const rms = stale ? LEAST_DECIBELS : Math.max(LEAST_DECIBELS, level.rms);
    const fallen = this.#peakDecibels - (FALL_PER_SECOND * Math.max(0, nowMillis - this.#lastMillis)) / 1000;
    this.#lastMillis = nowMillis;
    this.#peakDecibels = Math.max(LEAST_DECIBELS, fallen, stale ? LEAST_DECIBELS : level.peak);
    if (rms !== this.#shownRms) {
      this.#shownRms = rms;
      this.#rest.style.transform = `translateX(${100 * part(rms)}%)`;
    }
    if (this.#peakDecibels !== this.#shownPeak) {
      this.#shownPeak = this.#peakDecibels;
      this.#peak.style.transform = `translateX(calc(${99.8 * part(this.#peakDecibels)}% - 2px))`;
    }
    if (nowMillis - this.#toldMillis > TOLD_EVERY_MILLIS) this.#tell(nowMillis);
  }

  #tell(nowMillis) {
    this.#toldMillis = nowMillis;
    const peak = Math.round(this.#peakDecibels);
    const text = peak <= LEAST_DECIBELS ? 'silent' : peak < 0 ? `−${-peak} dB` : '0 dB';
    if (this.#value.textContent === text) return;
    setText(this.#value, text);
    this.#meter.setAttribute('aria-valuenow', peak);
    this.#meter.setAttribute('aria-valuetext', text);
  }
}

function part(decibels) {
  return Math.min(1, Math.max(0, 1 - decibels / LEAST_DECIBELS));
}
