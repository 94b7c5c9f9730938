import { Film } from './film.js';
import { drawFrequencies, frequencyMarks } from './frequencies.js';
import { melColours } from './palette.js';
import { Plot } from './plot.js';
import { AXIS_WIDTH } from './stage.js';

const KEPT_FRAMES = 2048;

/** The mel spectrogram, with digits and gaps marked in their places. */
export class Spectrogram extends Plot {
  #film = null;
  #marks = [];
  /** Index of the digit under the pointer, or −1. */
  marked = -1;

  configure({ bands, bandHz }) {
    this.#marks = frequencyMarks(bandHz);
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
    drawFrequencies(context, this.#marks, 0, height);
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
