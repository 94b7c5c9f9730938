import { CANVAS_DIGIT_FONT, SMALL_FONT, theme } from './palette.js';
import { Plot } from './plot.js';
import { AXIS_WIDTH } from './stage.js';

/** How long a digit that has just come is drawn in the colour of news. */
export const NEW_MILLIS = 900;
const LEAST_TARGET_WIDTH = 28;
/** What a digit and a percentage take, with a little air, CSS pixels. */
const DIGIT_WIDTH = 18;
const SURE_WIDTH = 34;
const BIG_FONT = `600 24px ${CANVAS_DIGIT_FONT}`;

/** The digits above their places in time, each with how sure the network was. */
export class Lane extends Plot {
  /** Index of the digit under the pointer, or −1. */
  marked = -1;

  draw(nowMillis) {
    const { context, stage, height: bottom } = this;
    const { digits, gaps } = this.timeline;
    this.wipe();
    context.save();
    context.beginPath();
    context.rect(AXIS_WIDTH, 0, this.width - AXIS_WIDTH, bottom);
    context.clip();
    context.textAlign = 'center';
    context.textBaseline = 'alphabetic';
    let digitAt = Infinity;
    let sureAt = Infinity;
    for (let i = digits.length - 1; i >= 0; i--) {
      const digit = digits[i];
      const left = stage.x(digit.startFrame);
      const right = stage.x(digit.endFrame);
      if (right < AXIS_WIDTH - 20) break;
      // Two digits may be heard in one place; both are to be read.
      const middle = Math.min((left + right) / 2, digitAt - DIGIT_WIDTH);
      digitAt = middle;
      const fresh = nowMillis - digit.arrivedMillis < NEW_MILLIS || digit.index === this.marked;
      context.font = BIG_FONT;
      context.fillStyle = fresh ? theme.accent : theme.ink;
      context.fillText(digit.digit, middle, bottom - 24);
      if (middle < sureAt - SURE_WIDTH) {
        sureAt = middle;
        context.font = SMALL_FONT;
        context.fillStyle = theme.muted;
        context.fillText(digit.sureText, middle, bottom - 9);
      }
      context.fillStyle = fresh ? theme.accent : theme.edge;
      context.fillRect(left, bottom - 4, right - left, 2);
    }
    context.font = SMALL_FONT;
    context.fillStyle = theme.muted;
    for (let i = gaps.length - 1; i >= 0; i--) {
      const left = stage.x(gaps[i].startFrame);
      const right = stage.x(gaps[i].endFrame);
      if (right < AXIS_WIDTH - 20) break;
      context.fillText('gap', (left + right) / 2, bottom - 9);
    }
    context.restore();
  }

  /** The digit at that place, CSS pixels from the left of the canvas, or null. */
  digitAt(x) {
    if (x < AXIS_WIDTH) return null;
    const { digits } = this.timeline;
    for (let i = digits.length - 1; i >= 0; i--) {
      const left = this.stage.x(digits[i].startFrame);
      const right = this.stage.x(digits[i].endFrame);
      const margin = Math.max(4, (LEAST_TARGET_WIDTH - (right - left)) / 2);
      if (x >= left - margin && x <= right + margin) return digits[i];
    }
    return null;
  }
}

/** Lets the digits of these canvases be pointed at and chosen; all of them share the scale of time. */
export function letChoose(canvases, lane, marked, chosen) {
  for (const canvas of canvases) {
    canvas.addEventListener('pointermove', (event) => {
      const digit = lane.digitAt(event.offsetX);
      canvas.style.cursor = digit ? 'pointer' : '';
      marked(digit ? digit.index : -1);
    });
    canvas.addEventListener('pointerleave', () => marked(-1));
    canvas.addEventListener('click', (event) => {
      const digit = lane.digitAt(event.offsetX);
      if (digit) chosen(digit);
    });
  }
}
