import { byId, setText } from './dom.js';

const LEAST_DECIBELS = -60;
const STALE_MILLIS = 600;
const FALL_PER_SECOND = 24;
const TOLD_EVERY_MILLIS = 500;

/** The meter has so many places. Their style is made once: the meter moves at every frame of the screen. */
const PLACES = 240;
const BAR_ENDS = Array.from({ length: PLACES + 1 }, (_, i) => `translateX(${(100 * i) / PLACES}%)`);
const PEAK_PLACES = Array.from({ length: PLACES + 1 }, (_, i) => `translateX(calc(${(99.8 * i) / PLACES}% - 2px))`);

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
  #shownBar = -1;
  #shownPeak = -1;

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
    const bar = place(rms);
    if (bar !== this.#shownBar) {
      this.#shownBar = bar;
      this.#rest.style.transform = BAR_ENDS[bar];
    }
    const peak = place(this.#peakDecibels);
    if (peak !== this.#shownPeak) {
      this.#shownPeak = peak;
      this.#peak.style.transform = PEAK_PLACES[peak];
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

function place(decibels) {
  return Math.round(PLACES * Math.min(1, Math.max(0, 1 - decibels / LEAST_DECIBELS)));
}
