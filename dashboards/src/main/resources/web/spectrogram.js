import { Film } from './film.js';
import { CANVAS_FONT, melColours, theme } from './palette.js';
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
  context.font = `11px ${CANVAS_FONT}`;
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
export class Spectrogram {
  #stage;
  #timeline;
  #context;
  #film = null;
  #scale = null;
  #width = 0;
  #height = 0;
  #pixelRatio = 1;
  #hatch = null;
  /** Index of the digit under the pointer, or −1. */
  marked = -1;

  constructor(canvas, stage, timeline) {
    this.canvas = canvas;
    this.#stage = stage;
    this.#timeline = timeline;
    this.#context = canvas.getContext('2d', { alpha: true });
  }

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

  resized(width, height, pixelRatio) {
    this.#width = width;
    this.#height = height;
    this.#pixelRatio = pixelRatio;
  }

  retheme() {
    this.#hatch = null;
  }

  draw() {
    const context = this.#context;
    const stage = this.#stage;
    const height = this.#height;
    context.setTransform(this.#pixelRatio, 0, 0, this.#pixelRatio, 0, 0);
    context.clearRect(0, 0, this.#width, height);
    if (!this.#film) return;
    drawFrequencies(context, this.#scale, 0, height);
    context.save();
    context.beginPath();
    context.roundRect(AXIS_WIDTH, 0, this.#width - AXIS_WIDTH, height, 6);
    context.clip();
    context.fillStyle = theme.raised;
    context.fillRect(AXIS_WIDTH, 0, this.#width - AXIS_WIDTH, height);
    context.imageSmoothingEnabled = true;
    this.#film.draw(context, stage.firstFrame, stage.headFrame, stage.x(0), stage.pixelsPerFrame, 0, height);
    drawGaps(context, stage, this.#timeline, height, (this.#hatch ??= hatch(context)));
    this.#drawSpans(context, height);
    context.restore();
  }

  #drawSpans(context, height) {
    const { digits } = this.#timeline;
    const stage = this.#stage;
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

/** Covers the gaps in sight. Text is in CSS pixels. */
export function drawGaps(context, stage, timeline, height, pattern) {
  const { gaps } = timeline;
  for (let i = gaps.length - 1; i >= 0; i--) {
    const right = stage.x(gaps[i].endFrame);
    if (right < AXIS_WIDTH) break;
    const left = stage.x(gaps[i].startFrame);
    context.save();
    context.translate(left, 0);
    context.fillStyle = theme.raised;
    context.fillRect(0, 0, right - left, height);
    context.fillStyle = pattern;
    context.fillRect(0, 0, right - left, height);
    context.restore();
  }
}

/** Slanting lines, which say: no sound was here. */
export function hatch(context) {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 8;
  const pen = tile.getContext('2d');
  pen.strokeStyle = theme.edge;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const shift of [-8, 0, 8]) {
    pen.moveTo(shift, 8);
    pen.lineTo(shift + 8, 0);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat');
}
