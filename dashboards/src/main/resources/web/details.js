import { byId, element, fitCanvas, setText } from './dom.js';
import { ask, askSound } from './connection.js';
import { Film } from './film.js';
import { clock, percent } from './format.js';
import { drawFrequencies, frequencyMarks } from './frequencies.js';
import { decodeBase64 } from './messages.js';
import { classColours, melColours, SMALL_FONT, theme } from './palette.js';
import { classNames, drawClassNames, drawRowLines, TIMES_HEIGHT } from './probabilities.js';
import { missText } from './score.js';
import { AXIS_WIDTH } from './stage.js';

const MARGIN_SECONDS = 0.5;
/** A miss has a place, but no length. */
const MISS_SECONDS = 0.4;
const MEL_PART = 0.55;
const SPACE = 8;

/** The panel of one digit: its window's picture, its probabilities, its sound. */
export class Details {
  #dialog = byId('details');
  #title = byId('details-title');
  #problem = byId('details-problem');
  #canvas = byId('details-picture');
  #context = this.#canvas.getContext('2d');
  #cursor = this.#dialog.querySelector('.cursor');
  #audio = byId('details-audio');
  #earlier = byId('details-earlier');
  #later = byId('details-later');
  #size = { width: 0, height: 0, pixelRatio: 1 };
  #timeline;
  #classes = [];
  #marks = [];
  /** What is shown: `{stream, startSample, endSample, fromSample, toSample, digit, miss}`. */
  #shown = null;
  #window = null;
  /** The sample that the sound begins with, and the address of the sound. */
  #soundFrom = 0;
  #soundAddress = '';

  constructor(timeline) {
    this.#timeline = timeline;
    byId('details-close').addEventListener('click', () => this.#dialog.close());
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog && isOutside(event, this.#dialog)) this.#dialog.close();
    });
    this.#dialog.addEventListener('close', () => this.#silence());
    this.#audio.addEventListener('play', () => this.#follow());
    this.#earlier.addEventListener('click', () => this.#step(-1));
    this.#later.addEventListener('click', () => this.#step(1));
    fitCanvas(this.#canvas, (width, height, pixelRatio) => {
      this.#size = { width, height, pixelRatio };
      this.#draw();
    });
  }

  configure({ classes, bandHz }) {
    this.#classes = classes;
    this.#marks = frequencyMarks(bandHz);
  }

  retheme() {
    this.#draw();
  }

  /** Opens the panel for a digit of the timeline. */
  openDigit(digit, source) {
    const { startSample, endSample } = digit;
    setText(this.#title, `${digit.digit}, ${percent(digit.confidence)} sure`);
    this.#bars('How sure', [[digit.digit, digit.confidence], ...(digit.runnersUp ?? []).map((r) => [r.digit, r.probability])]);
    this.#facts([
      ['Stream', source],
      ['Said at', this.#span(startSample, endSample)],
      ['Reported', typeof digit.latencyMillis === 'number' ? `${Math.round(digit.latencyMillis)} ms after the word` : 'unknown; the clocks do not tell'],
      ['Model', digit.model ?? 'unknown'],
    ]);
    this.#open({ stream: digit.stream, startSample, endSample, digit, miss: null });
  }

  /** Opens the panel for a miss of the score. */
  openMiss(miss) {
    const half = (MISS_SECONDS / 2) * this.#timeline.sampleRateHz;
    const startSample = Math.max(0, Math.round(miss.sample - half));
    const endSample = Math.round(miss.sample + half);
    const text = missText(miss);
    setText(this.#title, text[0].toUpperCase() + text.slice(1));
    this.#bars('Highest in this window', []);
    this.#facts([
      ['Stream', miss.source ?? miss.stream],
      ['Near', clock(miss.sample / this.#timeline.sampleRateHz, 2)],
    ]);
    this.#open({ stream: miss.stream, startSample, endSample, digit: null, miss });
  }

  async #open(place) {
    const margin = Math.round(MARGIN_SECONDS * this.#timeline.sampleRateHz);
    const fromSample = Math.max(0, place.startSample - margin);
    const shown = { ...place, fromSample, toSample: place.endSample + margin };
    this.#shown = shown;
    this.#window = null;
    this.#silence();
    this.#problem.hidden = true;
    this.#dialog.dataset.empty = false;
    this.#showSteps();
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#draw();
    const base = `api/streams/${encodeURIComponent(shown.stream)}`;
    const query = `from=${shown.fromSample}&to=${shown.toSample}`;
    try {
      const answer = await ask(`${base}/window?${query}`);
      if (this.#shown !== shown || !this.#dialog.open) return;
      this.#window = films(answer);
      if (shown.miss) this.#bars('Highest in this window', highest(answer, this.#classes));
      this.#draw();
    } catch (problem) {
      if (this.#shown !== shown) return;
      // What the digit's own message told stays; a miss has nothing but its window.
      this.#dialog.dataset.empty = shown.miss !== null;
      this.#say(problem.message);
      return;
    }
    try {
      const sound = await askSound(`${base}/audio.wav?${query}`);
      if (this.#shown !== shown || !this.#dialog.open) return;
      this.#soundFrom = sound.firstSample;
      this.#soundAddress = URL.createObjectURL(sound.blob);
      this.#audio.src = this.#soundAddress;
      // A browser that wants a click first leaves the button of the player for that.
      await this.#audio.play().catch(() => {});
    } catch (problem) {
      if (this.#shown === shown) this.#say(problem.message);
    }
  }

  #say(text) {
    this.#problem.textContent = text;
    this.#problem.hidden = false;
  }

  #silence() {
    this.#audio.pause();
    this.#audio.removeAttribute('src');
    this.#audio.load();
    URL.revokeObjectURL(this.#soundAddress);
    this.#cursor.hidden = true;
  }

  #neighbour(step) {
    const { digit } = this.#shown ?? {};
    if (!digit || digit.stream !== this.#timeline.stream) return undefined;
    return this.#timeline.digits.find(({ index }) => index === digit.index + step);
  }

  #step(step) {
    const next = this.#neighbour(step);
    if (next) this.openDigit(next, byId('details-facts').querySelector('dd')?.textContent ?? '');
    else this.#showSteps();
  }

  #showSteps() {
    const single = this.#shown.digit === null;
    this.#earlier.hidden = this.#later.hidden = single;
    this.#earlier.disabled = !this.#neighbour(-1);
    this.#later.disabled = !this.#neighbour(1);
  }

  #span(startSample, endSample) {
    const rate = this.#timeline.sampleRateHz;
    return `${clock(startSample / rate, 2)} to ${clock(endSample / rate, 2)}, ${((endSample - startSample) / rate).toFixed(2)} s long`;
  }

  /** @param rows pairs of a class and its probability, 0 to 1, the first one is what was heard */
  #bars(title, rows) {
    setText(byId('details-bars-title'), title);
    byId('details-bars').replaceChildren(
      ...rows.map(([name, probability]) => {
        const fill = element('div', { className: 'fill' });
        fill.style.transform = `scaleX(${Math.min(1, Math.max(0, probability))})`;
        return element(
          'li',
          {},
          element('span', { className: 'digit' }, name),
          element('div', { className: 'track' }, fill),
          element('span', { className: 'part' }, percent(probability, probability < 0.1 ? 1 : 0)),
        );
      }),
    );
  }

  #facts(pairs) {
    byId('details-facts').replaceChildren(...pairs.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
  }

  #draw() {
    const { width, height, pixelRatio } = this.#size;
    if (!this.#shown || width === 0) return;
    const context = this.#context;
    const hop = this.#timeline.samplesPerHop;
    const from = this.#shown.fromSample / hop;
    const to = this.#shown.toSample / hop;
    const frameWidth = (width - AXIS_WIDTH) / (to - from);
    const x0 = AXIS_WIDTH - from * frameWidth;
    const melHeight = Math.round((height - TIMES_HEIGHT - SPACE) * MEL_PART);
    const rowsTop = melHeight + SPACE;
    const rowsHeight = height - TIMES_HEIGHT - rowsTop;
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    drawFrequencies(context, this.#marks, 0, melHeight);
    drawClassNames(context, classNames(this.#classes), rowsTop, rowsHeight);
    this.#drawTimes(x0, frameWidth, height - TIMES_HEIGHT);
    context.save();
    context.beginPath();
    context.roundRect(AXIS_WIDTH, 0, width - AXIS_WIDTH, melHeight, 6);
    context.roundRect(AXIS_WIDTH, rowsTop, width - AXIS_WIDTH, rowsHeight, 6);
    context.clip();
    context.fillStyle = theme.raised;
    context.fillRect(AXIS_WIDTH, 0, width, height);
    if (this.#window) {
      const { mel, outputs, strideFrames, outputsFromFrame } = this.#window;
      context.imageSmoothingEnabled = true;
      mel.draw(context, from, to, x0, frameWidth, 0, melHeight);
      if (outputs) {
        context.imageSmoothingEnabled = false;
        const shift = outputsFromFrame - strideFrames / 2;
        const columnWidth = strideFrames * frameWidth;
        outputs.draw(context, -1e6, 1e6, x0 + shift * frameWidth, columnWidth, rowsTop, rowsHeight);
      }
    }
    drawRowLines(context, this.#classes.length, AXIS_WIDTH, width, rowsTop, rowsHeight);
    context.fillStyle = 'rgb(255 255 255 / 60%)';
    const { digit, miss, startSample, endSample } = this.#shown;
    for (const sample of digit ? [startSample, endSample] : [miss.sample]) {
      context.fillRect(Math.round(x0 + (sample / hop) * frameWidth), 0, 1, height - TIMES_HEIGHT);
    }
    context.restore();
    this.#canvas.setAttribute(
      'aria-label',
      `Spectrogram and probabilities of ${this.#title.textContent}, from ${clock(from / this.#timeline.framesPerSecond, 2)} to ${clock(to / this.#timeline.framesPerSecond, 2)}.`,
    );
  }

  #drawTimes(x0, frameWidth, top) {
    const context = this.#context;
    const perTick = this.#timeline.framesPerSecond / 4;
    context.font = SMALL_FONT;
    context.textAlign = 'center';
    context.textBaseline = 'top';
    context.fillStyle = theme.muted;
    for (let tick = Math.ceil((AXIS_WIDTH - x0) / frameWidth / perTick); ; tick++) {
      const x = x0 + tick * perTick * frameWidth;
      if (x > this.#size.width) break;
      context.fillRect(Math.round(x), top + 1, 1, 4);
      if (x > AXIS_WIDTH + 16 && x < this.#size.width - 16) context.fillText(clock(tick / 4, 2), x, top + 7);
    }
  }

  /** Moves the line over the picture with the sound. */
  #follow() {
    const step = () => {
      const shown = this.#shown;
      if (this.#audio.paused || !shown) {
        this.#cursor.hidden = true;
        return;
      }
      const sample = this.#soundFrom + this.#audio.currentTime * this.#timeline.sampleRateHz;
      const part = (sample - shown.fromSample) / (shown.toSample - shown.fromSample);
      const x = AXIS_WIDTH + (this.#size.width - AXIS_WIDTH) * Math.min(1, part);
      this.#cursor.style.transform = `translateX(${x.toFixed(1)}px)`;
      this.#cursor.hidden = false;
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }
}

/** The answer of the server as films that can be drawn. */
function films({ firstFrame, bands, frames, mel, posteriors }) {
  const picture = new Film(bands, Math.max(1, frames), melColours(bands), true);
  picture.add(firstFrame, frames, decodeBase64(mel));
  if (!posteriors || posteriors.outputs === 0) return { mel: picture, outputs: null };
  const outputs = new Film(posteriors.classes, posteriors.outputs, classColours(posteriors.classes), false);
  outputs.add(0, posteriors.outputs, decodeBase64(posteriors.values));
  return { mel: picture, outputs, strideFrames: posteriors.strideFrames, outputsFromFrame: posteriors.firstFrame };
}

/** The four digits that were likeliest anywhere in the window, with their highest probabilities. */
function highest({ posteriors }, classes) {
  if (!posteriors || posteriors.outputs === 0) return [];
  const values = decodeBase64(posteriors.values);
  return classes
    .slice(0, 10)
    .map((name, c) => {
      let most = 0;
      for (let i = c; i < values.length; i += posteriors.classes) most = Math.max(most, values[i]);
      return [name, most / 255];
    })
    .sort((a, b) => b[1] - a[1])
    .slice(0, 4);
}

function isOutside({ clientX, clientY }, dialog) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
