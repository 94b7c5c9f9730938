import { byId, element } from './dom.js';
import { clock, percent } from './format.js';

const MOST_IN_STRING = 500;
const MOST_IN_LIST = 60;

/** The utterances in large type, each with how sure it is once it is complete, and the list of digits to choose from. */
export class Digits {
  #string = byId('digits');
  #list = byId('digit-list');
  #none = byId('digit-list-empty');
  #chosen;
  #timeline;
  /** Index of the first digit that a message told of; what was before is known as a text alone. */
  #firstIndex = -1;
  #all = '';
  #earlier = element('span');
  /** The elements of utterances by the index of their first digit, oldest first. */
  #utterances = new Map();
  #letters = 0;

  /** @param chosen called with the digit that a person wants to see */
  constructor(timeline, chosen) {
    this.#timeline = timeline;
    this.#chosen = chosen;
  }

  clear() {
    this.#earlier.textContent = this.#all = '';
    this.#string.replaceChildren(this.#earlier);
    this.#showEnd();
    this.#list.replaceChildren();
    this.#none.hidden = false;
    this.#firstIndex = -1;
    this.#utterances.clear();
    this.#letters = 0;
  }

  /** Adds a digit of the timeline at the end. */
  add(digit) {
    if (this.#firstIndex < 0) {
      this.#firstIndex = digit.index;
      this.#showEarlier();
    }
    this.#utterance(digit.utterance).append(element('span', { className: 'new' }, digit.digit));
    if (++this.#letters > MOST_IN_STRING) this.#removeFirst();
    this.#showEnd();
    this.#append(this.#button(digit));
  }

  /** Shows how sure a complete utterance is: that all of its digits are right. */
  complete({ first, digits, confidence }) {
    const utterance = this.#utterances.get(first);
    if (!utterance) return;
    utterance.dataset.sure = percent(confidence);
    utterance.title = `${digits}: all right with ${percent(confidence)}`;
    this.#showEnd();
  }

  /** The element of the utterance that a digit is of; one that goes on is not complete. */
  #utterance(first) {
    let utterance = this.#utterances.get(first);
    if (!utterance) {
      utterance = element('span', { className: 'utterance' });
      this.#utterances.set(first, utterance);
      this.#string.append(utterance);
    }
    delete utterance.dataset.sure;
    utterance.removeAttribute('title');
    return utterance;
  }

  #removeFirst() {
    const [[first, utterance]] = this.#utterances;
    utterance.firstElementChild.remove();
    this.#letters--;
    if (utterance.childElementCount > 0) return;
    utterance.remove();
    this.#utterances.delete(first);
  }

  addGap(gap) {
    const seconds = (gap.toSample - gap.fromSample) / this.#timeline.sampleRateHz;
    this.#append(element('li', { className: 'gap' }, 'gap', element('br'), `${seconds.toFixed(2)} s`));
  }

  /**
   * Takes all digits of the stream as the list of streams has them, and puts those in front that were
   * heard before this page looked.
   */
  known(text) {
    this.#all = text;
    this.#showEarlier();
  }

  #showEarlier() {
    const earlier = this.#firstIndex < 0 ? this.#all : this.#all.slice(0, this.#firstIndex);
    if (this.#earlier.textContent === earlier) return;
    this.#earlier.textContent = earlier;
    this.#showEnd();
  }

  /** The string is one line, of which the end is seen; a long one can be scrolled, also by keyboard. */
  #showEnd() {
    const string = this.#string;
    if (string.scrollWidth > string.clientWidth) string.tabIndex = 0;
    else string.removeAttribute('tabindex');
    string.scrollLeft = string.scrollWidth;
  }

  #append(item) {
    const list = this.#list;
    this.#none.hidden = true;
    const atEnd = list.scrollLeft + list.clientWidth > list.scrollWidth - 40;
    list.append(item.tagName === 'LI' ? item : element('li', {}, item));
    // It never takes away what has the focus.
    if (list.childElementCount > MOST_IN_LIST && !list.firstElementChild.contains(document.activeElement)) {
      list.firstElementChild.remove();
    }
    if (atEnd && !list.contains(document.activeElement)) list.scrollLeft = list.scrollWidth;
  }

  #button(digit) {
    const at = digit.startSample / this.#timeline.sampleRateHz;
    const button = element(
      'button',
      { type: 'button', data: { index: digit.index } },
      element('span', { className: 'digit' }, digit.digit, element('span', { className: 'unseen' }, ', ')),
      element('small', {}, digit.sureText, element('span', { className: 'unseen' }, ' sure, at ')),
      element('small', {}, clock(at, 1)),
    );
    button.addEventListener('click', () => this.#chosen(digit));
    return button;
  }
}
