import { theme } from './palette.js';
import { AXIS_WIDTH } from './stage.js';

const CORNER = 6;

/**
 * A canvas on the scale of time that the drawings of the stage share. What draws is called at every
 * frame of the screen, so it makes no objects, texts or functions.
 */
export class Plot {
  /** Size of the canvas, CSS pixels. */
  width = 0;
  height = 0;
  #pixelRatio = 1;
  #hatch = null;

  constructor(canvas, stage, timeline) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.stage = stage;
    this.timeline = timeline;
  }

  resized(width, height, pixelRatio) {
    this.width = width;
    this.height = height;
    this.#pixelRatio = pixelRatio;
  }

  retheme() {
    this.#hatch = null;
  }

  /** Begins a picture: nothing is on the canvas, and units are CSS pixels. */
  wipe() {
    this.context.setTransform(this.#pixelRatio, 0, 0, this.#pixelRatio, 0, 0);
    this.context.clearRect(0, 0, this.width, this.height);
  }

  /** Fills the field right of the axis and keeps what is drawn within it, until {@link closeField}. */
  openField(height) {
    const { context } = this;
    context.save();
    context.beginPath();
    context.roundRect(AXIS_WIDTH, 0, this.width - AXIS_WIDTH, height, CORNER);
    context.clip();
    context.fillStyle = theme.raised;
    context.fillRect(AXIS_WIDTH, 0, this.width - AXIS_WIDTH, height);
  }

  closeField() {
    this.context.restore();
  }

  /** Covers the gaps in sight. */
  drawGaps(height) {
    const { context, stage } = this;
    const { gaps } = this.timeline;
    for (let i = gaps.length - 1; i >= 0; i--) {
      const right = stage.x(gaps[i].endFrame);
      if (right < AXIS_WIDTH) break;
      const left = stage.x(gaps[i].startFrame);
      context.save();
      context.translate(left, 0);
      context.fillStyle = theme.raised;
      context.fillRect(0, 0, right - left, height);
      context.fillStyle = this.#hatch ??= hatch(context);
      context.fillRect(0, 0, right - left, height);
      context.restore();
    }
  }
}

/** Slanting lines, which say: no sound was here. */
function hatch(context) {
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
