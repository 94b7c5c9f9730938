import { Film } from './film.js';
import { melColours, SMALL_FONT, theme } from './palette.js';
import { Plot } from './plot.js';
import { AXIS_WIDTH } from './stage.js';

const KEPT_FRAMES = 2048;
const TICKS_HZ = [125, 250, 500, 1000, 2000, 4000, 8000, 16000];
const LABELS = TICKS_HZ.map((hz) => (hz < 1000 ? `${hz} Hz` : `${hz / 1000} kHz`));

/**
 * The place of a frequency among the bands on the Slaney mel scale, which is linear up to 1 kHz and
 * logarithmic above: 0 is the lower edge of the lowest band, 1 the upper edge of the highest.
 */
export function melPart(hz, minHz, maxHz) {
  const mel = (f) => (f < 1000 ? (3 * f) / 200 : 15 + (27 * Math.log(f / 1000)) / Math.log(6.4));
  return (mel(hz) - mel(minHz)) / (mel(maxHz) - mel(minHz));
}

/** Writes frequencies beside a picture whose bands fill `height` from `top`. CSS pixels. */
export function drawFrequencies(context, { minHz, maxHz, bands }, top, height) {
  context.font = SMALL_FONT;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillStyle = theme.muted;
  for (let i = 0; i < TICKS_HZ.length; i++) {
    if (TICKS_HZ[i] <= minHz || TICKS_HZ[i] > maxHz) continue;
    // Band m has its peak m + 1 steps above the lower edge, of bands + 1 steps in all.
    const row = melPart(TICKS_HZ[i], minHz, maxHz) * (bands + 1) - 0.5;
    const y = top + height * (1 - row / bands);
    if (y < top + 6 || y > top + height - 5) continue;
    context.fillText(LABELS[i], AXIS_WIDTH - 8, y);
    context.fillRect(AXIS_WIDTH - 4, Math.round(y), 4, 1);
  }
}

/** The mel spectrogram, with digits and gaps marked in their places. */
export class Spectrogram extends Plot {
  #film = null;
  #scale = null;
  /** Index of the digit under the pointer, or −1. */
  marked = -1;

  configure({ minHz, maxHz, bands }) {
    this.#scale = { minHz, maxHz, bands };
    this.#film = new Film(bands, KEPT_FRAMES, melColours(bands), true);
  }

  clear() {
    this.#film?.clear();
  }

  /** Takes the next frames. */
  add({ first, count, width, bytes }) {
    if (width === this.#film?.rows) this.#film.add(first, count, bytes);
  }

  draw() {
    const { context, stage, height } = this;
    this.wipe();
    if (!this.#film) return;
    drawFrequencies(context, this.#scale, 0, height);
    this.openField(height);
    context.imageSmoothingEnabled = true;
    this.#film.draw(context, stage.firstFrame, stage.headFrame, stage.x(0), stage.pixelsPerFrame, 0, height);
    this.drawGaps(height);
    this.#drawSpans();
    this.closeField();
  }

  #drawSpans() {
    const { context, stage, height } = this;
    const { digits } = this.timeline;
    for (let i = digits.length - 1; i >= 0; i--) {
      const digit = digits[i];
      const right = stage.x(digit.endFrame);
      if (right < AXIS_WIDTH) break;
      const left = stage.x(digit.startFrame);
      context.fillStyle = digit.index === this.marked ? 'rgb(255 255 255 / 16%)' : 'rgb(255 255 255 / 5%)';
      context.fillRect(left, 0, right - left, height);
      context.fillStyle = 'rgb(255 255 255 / 55%)';
      context.fillRect(left, 0, 1, height);
      context.fillRect(right - 1, 0, 1, height);
    }
  }
}
