import { Film } from './film.js';
import { CANVAS_FONT, classColours, theme } from './palette.js';
import { clock } from './format.js';
import { AXIS_WIDTH } from './stage.js';
import { drawGaps, hatch } from './spectrogram.js';

const KEPT_OUTPUTS = 1024;
/** Space below for the times, CSS pixels. */
export const TIMES_HEIGHT = 22;

/** What the network thinks: a row for each class, the brighter the surer, and the time below. */
export class Probabilities {
  #stage;
  #timeline;
  #context;
  #film = null;
  #classes = [];
  #stride = 0;
  #phase = 0;
  #width = 0;
  #height = 0;
  #pixelRatio = 1;
  #hatch = null;
  #times = [];

  constructor(canvas, stage, timeline) {
    this.canvas = canvas;
    this.#stage = stage;
    this.#timeline = timeline;
    this.#context = canvas.getContext('2d');
  }

  configure({ classes }) {
    this.#classes = classNames(classes);
    this.#film = new Film(classes.length, KEPT_OUTPUTS, classColours(classes.length), false);
    this.#stride = 0;
  }

  clear() {
    this.#film?.clear();
    this.#stride = 0;
  }

  /** Takes the next outputs; they may speak of frames long past. */
  add({ first, count, width, stride, bytes }) {
    if (width !== this.#film?.rows || stride === 0) return;
    const phase = first - Math.floor(first / stride) * stride;
    if (stride !== this.#stride || phase !== this.#phase) {
      this.#film.clear();
      this.#stride = stride;
      this.#phase = phase;
    }
    this.#film.add(Math.floor(first / stride), count, bytes);
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
    const height = this.#height - TIMES_HEIGHT;
    context.setTransform(this.#pixelRatio, 0, 0, this.#pixelRatio, 0, 0);
    context.clearRect(0, 0, this.#width, this.#height);
    if (!this.#film) return;
    drawClassNames(context, this.#classes, 0, height);
    this.#drawTimes(context, height);
    context.save();
    context.beginPath();
    context.roundRect(AXIS_WIDTH, 0, this.#width - AXIS_WIDTH, height, 6);
    context.clip();
    context.fillStyle = theme.raised;
    context.fillRect(AXIS_WIDTH, 0, this.#width - AXIS_WIDTH, height);
    if (this.#stride) {
      context.imageSmoothingEnabled = false;
      // An output stands in the middle of its cell.
      const shift = this.#phase - this.#stride / 2;
      const from = Math.floor((stage.firstFrame - shift) / this.#stride);
      const to = (stage.headFrame - shift) / this.#stride;
      const columnWidth = this.#stride * stage.pixelsPerFrame;
      this.#film.draw(context, from, to, stage.x(shift), columnWidth, 0, height);
    }
    drawRowLines(context, this.#classes.length, AXIS_WIDTH, this.#width, 0, height);
    drawGaps(context, stage, this.#timeline, height, (this.#hatch ??= hatch(context)));
    context.restore();
  }

  #drawTimes(context, top) {
    const stage = this.#stage;
    const perSecond = this.#timeline.framesPerSecond;
    context.font = `11px ${CANVAS_FONT}`;
    context.textAlign = 'center';
    context.textBaseline = 'top';
    context.fillStyle = theme.muted;
    const last = Math.floor(stage.headFrame / perSecond);
    for (let second = Math.max(0, Math.ceil(stage.firstFrame / perSecond)); second <= last; second++) {
      const x = stage.x(second * perSecond);
      context.fillRect(Math.round(x), top + 1, 1, 4);
      if (x > AXIS_WIDTH + 12 && x < this.#width - 12) context.fillText((this.#times[second] ??= clock(second)), x, top + 7);
    }
  }
}

/** Names that fit beside a row. */
export function classNames(classes) {
  return classes.map((name, i) => (i < 10 ? name : 'none'));
}

/** Names of the classes beside their rows. CSS pixels. */
export function drawClassNames(context, names, top, height) {
  const row = height / names.length;
  context.font = `${Math.min(12, Math.floor(row))}px ${CANVAS_FONT}`;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillStyle = theme.muted;
  for (let i = 0; i < names.length; i++) context.fillText(names[i], AXIS_WIDTH - 8, top + (i + 0.5) * row + 0.5);
}

/** Thin lines between the rows. */
export function drawRowLines(context, rows, left, right, top, height) {
  context.fillStyle = 'rgb(255 255 255 / 9%)';
  for (let i = 1; i < rows; i++) context.fillRect(left, Math.round(top + (i * height) / rows), right - left, 1);
}
