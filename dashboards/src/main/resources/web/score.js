import { byId, element, fitCanvas, setText } from './dom.js';
import { counted, percent } from './format.js';
import { SMALL_FONT, theme } from './palette.js';

const DIGITS = 10;

/** What was heard against what recordings say is said in them. Hidden until there is such a thing. */
export class Score {
  #section = byId('score');
  #figures = new Map();
  #cells = [];
  #missList = byId('misses');
  #missesShown = '';
  #histogram = byId('score-latency');
  #context = this.#histogram.getContext('2d');
  #size = { width: 0, height: 0, pixelRatio: 1 };
  #latency = null;
  #chosen;

  /** @param chosen called with the miss that a person wants to see */
  constructor(chosen) {
    this.#chosen = chosen;
    for (const [key, title] of [
      ['accuracy', 'Digits right'],
      ['digit-errors', 'Digit error rate'],
      ['string-errors', 'Recordings with an error'],
    ]) {
      const value = element('dd', {}, '–');
      const more = element('dd', { className: 'more' });
      this.#figures.set(key, { value, more });
      byId('score-figures').append(element('div', { data: { figure: key } }, element('dt', {}, title), value, more));
    }
    this.#buildTable();
    fitCanvas(this.#histogram, (width, height, pixelRatio) => {
      this.#size = { width, height, pixelRatio };
      this.#drawHistogram();
    });
  }

  show(score) {
    this.#section.hidden = false;
    const { digits, substitutions, insertions, deletions, recordings, right } = score;
    const errors = substitutions + insertions + deletions;
    const heardRight = digits - substitutions - deletions;
    this.#figure('accuracy', digits ? percent(heardRight / digits, 2) : '–', `${heardRight} of ${digits}`);
    this.#figure(
      'digit-errors',
      digits ? percent(errors / digits, 2) : '–',
      `${substitutions} mistaken, ${insertions} inserted, ${deletions} missed`,
    );
    this.#figure(
      'string-errors',
      recordings ? percent((recordings - right) / recordings, 2) : '–',
      `${recordings - right} of ${recordings}`,
    );
    this.#showConfusion(score.confusion);
    this.#showMisses(score.misses);
    this.#latency = score.latencyMillis;
    this.#drawHistogram();
  }

  retheme() {
    this.#drawHistogram();
  }

  #figure(key, value, more) {
    setText(this.#figures.get(key).value, value);
    setText(this.#figures.get(key).more, more);
  }

  #buildTable() {
    const head = element('tr', {}, element('th', {}, element('span', { className: 'unseen' }, 'said')));
    for (let heard = 0; heard < DIGITS; heard++) head.append(heading('col', String(heard)));
    const nothing = heading('col', '');
    nothing.title = 'heard nothing';
    nothing.append('∅', element('span', { className: 'unseen' }, ' nothing'));
    head.append(nothing);
    this.#section.querySelector('thead').append(head);
    for (let said = 0; said < DIGITS; said++) {
      const row = element('tr', {}, heading('row', String(said)));
      this.#cells.push([]);
      for (let heard = 0; heard <= DIGITS; heard++) {
        const cell = element('td');
        this.#cells[said].push(cell);
        row.append(cell);
      }
      this.#section.querySelector('tbody').append(row);
    }
  }

  #showConfusion(confusion) {
    for (let said = 0; said < DIGITS; said++) {
      const total = confusion[said].reduce((sum, count) => sum + count, 0);
      for (let heard = 0; heard <= DIGITS; heard++) {
        const count = confusion[said][heard];
        const cell = this.#cells[said][heard];
        setText(cell, count ? String(count) : '');
        cell.dataset.kind = count === 0 ? 'none' : said === heard ? 'right' : 'wrong';
        // The root lets a few mistakes among thousands be seen.
        cell.style.setProperty('--share', total ? Math.sqrt(count / total).toFixed(3) : '0');
      }
    }
  }

  #showMisses(misses) {
    byId('misses-empty').hidden = misses.length > 0;
    const key = JSON.stringify(misses);
    if (key === this.#missesShown) return;
    this.#missesShown = key;
    const focused = [...this.#missList.children].findIndex((item) => item.contains(document.activeElement));
    this.#missList.replaceChildren(
      ...misses.map((miss) => {
        const button = element(
          'button',
          { type: 'button' },
          element('span', {}, missText(miss)),
          element('small', {}, miss.source ?? ''),
        );
        button.addEventListener('click', () => this.#chosen(miss));
        return element('li', {}, button);
      }),
    );
    if (focused >= 0) this.#missList.children[Math.min(focused, misses.length - 1)]?.firstElementChild.focus();
  }

  #drawHistogram() {
    const { width, height, pixelRatio } = this.#size;
    if (!this.#latency || width === 0) return;
    const { bounds, counts } = this.#latency;
    const context = this.#context;
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    const bottom = height - 18;
    const most = Math.max(1, ...counts);
    const step = width / counts.length;
    context.font = SMALL_FONT;
    context.textBaseline = 'top';
    for (let i = 0; i < counts.length; i++) {
      const tall = counts[i] ? Math.max(2, (counts[i] / most) * (bottom - 16)) : 0;
      context.fillStyle = theme.accent;
      context.fillRect(i * step + 1, bottom - tall, step - 2, tall);
      context.fillStyle = theme.muted;
      context.textAlign = 'center';
      if (counts[i] && step > 24) context.fillText(String(counts[i]), (i + 0.5) * step, bottom - tall - 13);
    }
    context.fillStyle = theme.edge;
    context.fillRect(0, bottom, width, 1);
    context.fillStyle = theme.muted;
    const every = Math.ceil(36 / step);
    for (let i = 0; i < bounds.length; i += every) {
      context.fillRect(Math.round((i + 1) * step), bottom, 1, 4);
      context.fillText(String(bounds[i]), (i + 1) * step, bottom + 6);
    }
    context.textAlign = 'right';
    context.fillText('ms', width, bottom + 6);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const mode = counts.indexOf(Math.max(...counts));
    const range =
      mode === 0
        ? `below ${bounds[0]} ms`
        : mode < bounds.length
          ? `${bounds[mode - 1]} to ${bounds[mode]} ms`
          : `above ${bounds.at(-1)} ms`;
    this.#histogram.setAttribute(
      'aria-label',
      total ? `Histogram of latency over ${counted(total, 'digit')}. Most came ${range} after the word.` : 'Histogram of latency, still empty.',
    );
  }
}

/** `said 9, heard 5`; either may be missing. */
export function missText({ said, heard }) {
  const text = (digit) => (digit === null || digit === undefined || digit === '' ? 'nothing' : digit);
  return `said ${text(said)}, heard ${text(heard)}`;
}

function heading(scope, text) {
  return element('th', { scope }, text);
}
