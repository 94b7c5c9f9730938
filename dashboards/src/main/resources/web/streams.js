import { byId, element, setText } from './dom.js';
import { clock } from './format.js';

const MOST_SHOWN = 40;
const STATES = { running: 'running', ended: 'ended', silent: 'no sound' };

/** The list of streams to pick from. The first choice is whatever stream begins last. */
export class Streams {
  #list = byId('streams');
  #rows = new Map();
  #picked;
  #known = [];
  /** The stream that was begun at this page and is followed, or null. */
  #own = null;
  /** Those that were there while it ran. */
  #besideOwn = new Set();

  /** @param picked called with the id of a stream, or with null for the newest */
  constructor(picked) {
    this.#picked = picked;
    const row = this.#row(null);
    setText(row.source, 'The newest');
    row.said.remove();
    setText(row.state, 'automatic');
    row.input.checked = true;
    this.#list.append(row.label);
    this.#rows.set(null, row);
  }

  /** The stream with that id as the server told of it last, or undefined. */
  find(id) {
    return this.#known.find((stream) => stream.id === id);
  }

  /** Back to the newest. */
  pickNewest() {
    this.#pick(null);
  }

  /** Shows a stream that was begun here, whatever else begins, and after its end the next one that begins. */
  follow(id) {
    if (!this.#rows.has(id)) {
      const row = this.#row(id);
      setText(row.source, 'Yours');
      this.#rows.get(null).label.after(row.label);
      this.#rows.set(id, row);
    }
    this.#pick(id);
    this.#own = id;
    this.#besideOwn.clear();
  }

  #pick(id) {
    this.#own = null;
    const { input } = this.#rows.get(id);
    if (input.checked) return;
    input.checked = true;
    this.#picked(id);
  }

  #leaveOwn() {
    if (this.find(this.#own)?.state !== 'ended') this.#known.forEach(({ id }) => this.#besideOwn.add(id));
    else if (this.#known.some(({ id }) => !this.#besideOwn.has(id))) this.pickNewest();
  }

  show(streams) {
    this.#known = streams;
    if (this.#own !== null) this.#leaveOwn();
    const shown = streams.slice(0, MOST_SHOWN);
    const ids = new Set(shown.map(({ id }) => id));
    for (const [id, row] of this.#rows) {
      // The one that is picked stays, also when the server has forgotten it.
      if (id === null || ids.has(id) || row.input.checked) continue;
      row.label.remove();
      this.#rows.delete(id);
    }
    let before = this.#rows.get(null).label;
    for (const stream of shown) {
      let row = this.#rows.get(stream.id);
      if (!row) this.#rows.set(stream.id, (row = this.#row(stream.id)));
      setText(row.source, stream.source || stream.id);
      row.label.title = stream.source || stream.id;
      setText(row.state, `${STATES[stream.state] ?? stream.state} · ${clock(stream.seconds)}`);
      row.state.dataset.state = stream.state;
      setText(row.said, stream.digits);
      if (before.nextElementSibling !== row.label) before.after(row.label);
      before = row.label;
    }
  }

  #row(id) {
    const input = element('input', { type: 'radio', name: 'stream', value: id ?? '' });
    const source = element('span', { className: 'source' });
    const state = element('span', { className: 'state' });
    const said = element('span', { className: 'said' });
    input.addEventListener('change', () => {
      this.#own = null;
      this.#picked(id);
    });
    return { input, source, state, said, label: element('label', {}, input, source, state, said) };
  }
}
