import { byId, element, fitCanvas, setText } from './dom.js';
import { figure } from './format.js';
import { theme } from './palette.js';

/** One value a second: three minutes. */
const KEPT = 180;

const TILES = [
  ['streams', 'Streams', 'running', (g) => g.streams],
  ['audio', 'Audio seconds', 'per second', (g) => g.audioSecondsPerSecond],
  ['frames', 'Frames', 'per second', (g) => g.framesPerSecond],
  ['digits', 'Digits', 'per second', (g) => g.digitsPerSecond],
  ['p50', 'Latency, p50', 'ms', (g) => whole(g.latencyMillis?.p50)],
  ['p95', 'Latency, p95', 'ms', (g) => whole(g.latencyMillis?.p95)],
  ['p99', 'Latency, p99', 'ms', (g) => whole(g.latencyMillis?.p99)],
];
const LAST_TILES = [
  ['gaps', 'Gaps', 'since opened', (g) => g.gaps, true],
  ['dead-letters', 'Dead letters', 'since opened', (g) => g.deadLetters, true],
];

function whole(value) {
  return value === null || value === undefined ? null : Math.round(value);
}

/** The numbers of the pipeline, each with what it was lately. */
export class Gauges {
  #grid = byId('gauges');
  #section = byId('watch');
  #tiles = new Map();

  constructor() {
    for (const tile of [...TILES, ...LAST_TILES]) this.#tile(...tile);
    this.stale(true);
  }

  show(gauges) {
    this.stale(!gauges.broker);
    for (const { service, records } of gauges.lag ?? []) {
      const key = `lag-${service}`;
      if (!this.#tiles.has(key)) {
        const tile = this.#tile(key, `Lag of ${service}`, 'records', null);
        this.#tiles.get('gaps').root.before(tile.root);
      }
      this.#tiles.get(key).put(records);
    }
    for (const [key, , , value] of [...TILES, ...LAST_TILES]) this.#tiles.get(key).put(value(gauges));
  }

  /** Whether the numbers are old, because nobody tells new ones. */
  stale(is) {
    this.#section.dataset.stale = is;
  }

  retheme() {
    for (const tile of this.#tiles.values()) tile.draw();
  }

  #tile(key, title, unit, _value, badAboveZero = false) {
    const tile = new Tile(key, title, unit, badAboveZero);
    this.#tiles.set(key, tile);
    this.#grid.append(tile.root);
    tile.fit();
    return tile;
  }
}

class Tile {
  #values = new Float32Array(KEPT).fill(NaN);
  #count = 0;
  #number = element('span', {}, '–');
  #canvas = element('canvas');
  #context = this.#canvas.getContext('2d');
  #width = 0;
  #height = 0;
  #pixelRatio = 1;
  #badAboveZero;

  constructor(key, title, unit, badAboveZero) {
    this.#badAboveZero = badAboveZero;
    this.#canvas.setAttribute('aria-hidden', 'true');
    this.root = element(
      'div',
      { className: 'gauge', data: { gauge: key } },
      element('span', { className: 'title' }, title),
      element('span', { className: 'value' }, this.#number, element('span', { className: 'unit' }, unit)),
      this.#canvas,
    );
  }

  fit() {
    fitCanvas(this.#canvas, (width, height, pixelRatio) => {
      this.#width = width;
      this.#height = height;
      this.#pixelRatio = pixelRatio;
      this.draw();
    });
  }

  /** Takes the value of this second; null where there is none. */
  put(value) {
    const known = typeof value === 'number';
    this.#values[this.#count % KEPT] = known ? value : NaN;
    this.#count++;
    setText(this.#number, known ? figure(value) : '–');
    if (this.#badAboveZero) this.root.dataset.bad = known && value > 0;
    this.draw();
  }

  draw() {
    const context = this.#context;
    const values = this.#values;
    const width = this.#width;
    const height = this.#height - 2;
    context.setTransform(this.#pixelRatio, 0, 0, this.#pixelRatio, 0, 0);
    context.clearRect(0, 0, width, this.#height);
    context.fillStyle = theme.line;
    context.fillRect(0, height, width, 1);
    let most = 0;
    for (let i = 0; i < KEPT; i++) if (values[i] > most) most = values[i];
    if (most === 0) most = 1;
    const step = width / (KEPT - 1);
    const shown = Math.min(KEPT, this.#count);
    // Seconds without a value are holes in the line.
    context.beginPath();
    let drawing = false;
    for (let i = 0; i < shown; i++) {
      const value = values[(this.#count - shown + i) % KEPT];
      const x = width - (shown - 1 - i) * step;
      const y = height - (value / most) * (height - 3);
      if (Number.isNaN(value)) drawing = false;
      else if (drawing) context.lineTo(x, y);
      else {
        context.moveTo(x, y);
        drawing = true;
      }
    }
    context.strokeStyle = this.root.dataset.bad === 'true' ? theme.bad : theme.accent;
    context.lineWidth = 1.5;
    context.lineJoin = 'round';
    context.stroke();
  }
}
