import { Film } from './film.js';
import { CANVAS_FONT, classColours, SMALL_FONT, theme } from './palette.js';
import { clock } from './format.js';
import { Plot } from './plot.js';
import { AXIS_WIDTH } from './stage.js';

const KEPT_OUTPUTS = 1024;
const LARGEST_NAME = 12;
/** A font for each size of a name in whole pixels. */
const NAME_FONTS = Array.from({ length: LARGEST_NAME + 1 }, (_, size) => `${size}px ${CANVAS_FONT}`);
/** Space below for the times, CSS pixels. */
export const TIMES_HEIGHT = 22;

/** What the network thinks: a row for each class, the brighter the surer, and the time below. */
export class Probabilities extends Plot {
  #film = null;
  #classes = [];
  #stride = 0;
  #phase = 0;
  #times = [];

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

  draw() {
    const { context, stage } = this;
    const height = this.height - TIMES_HEIGHT;
    this.wipe();
    if (!this.#film) return;
    drawClassNames(context, this.#classes, 0, height);
    this.#drawTimes(height);
    this.openField(height);
    if (this.#stride) {
      context.imageSmoothingEnabled = false;
      // An output stands in the middle of its cell.
      const shift = this.#phase - this.#stride / 2;
      const from = Math.floor((stage.firstFrame - shift) / this.#stride);
      const to = (stage.headFrame - shift) / this.#stride;
      const columnWidth = this.#stride * stage.pixelsPerFrame;
      this.#film.draw(context, from, to, stage.x(shift), columnWidth, 0, height);
    }
    drawRowLines(context, this.#classes.length, AXIS_WIDTH, this.width, 0, height);
    this.drawGaps(height);
    this.closeField();
  }

  #drawTimes(top) {
    const { context, stage } = this;
    const perSecond = this.timeline.framesPerSecond;
    context.font = SMALL_FONT;
    context.textAlign = 'center';
    context.textBaseline = 'top';
    context.fillStyle = theme.muted;
    const last = Math.floor(stage.headFrame / perSecond);
    for (let second = Math.max(0, Math.ceil(stage.firstFrame / perSecond)); second <= last; second++) {
      const x = stage.x(second * perSecond);
      context.fillRect(Math.round(x), top + 1, 1, 4);
      if (x > AXIS_WIDTH + 12 && x < this.width - 12) context.fillText((this.#times[second] ??= clock(second)), x, top + 7);
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
  context.font = NAME_FONTS[Math.min(LARGEST_NAME, Math.floor(row))];
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
