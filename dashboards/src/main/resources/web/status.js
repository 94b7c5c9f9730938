import { byId, element, setText } from './dom.js';

/**
 * The line that says how things are, and below it what came of the things that a person did. Each
 * notice has a topic; a new one of the same topic takes the place of the old.
 */
export class Status {
  #state = byId('message').querySelector('.state');
  #text = this.#state.querySelector('.text');
  #notices = byId('message').querySelector('.notices');

  /** @param kind `good`, `wait`, `bad` or `idle` */
  state(kind, text) {
    this.#state.dataset.kind = kind;
    setText(this.#text, text);
  }

  /** @param kind `error` or `info` */
  notice(topic, text, kind = 'error') {
    this.clear(topic);
    const close = element('button', { type: 'button', className: 'quiet' }, 'Close');
    close.setAttribute('aria-label', 'Close this message');
    close.addEventListener('click', () => this.clear(topic));
    this.#notices.append(element('div', { className: 'notice', data: { topic, kind } }, element('p', {}, text), close));
  }

  clear(topic) {
    for (const notice of this.#notices.querySelectorAll('.notice')) {
      if (notice.dataset.topic === topic) notice.remove();
    }
  }
}
