import { byId, element } from './dom.js';
import { ask } from './connection.js';

/** Plays bundled recordings and the person's own WAV files through the stream. */
export class Recordings {
  #select = byId('recordings');
  #play = byId('play-recording');
  #file = byId('file');
  #drop = byId('drop');
  #status;
  #started;
  #offered = false;
  #mostBytes = Infinity;
  #listed = false;

  /**
   * @param status where to say what went wrong
   * @param started called with the id of the stream when the server has begun to play something
   */
  constructor(status, started) {
    this.#status = status;
    this.#started = started;
    byId('recordings-form').addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#select.value) this.#playBundled(this.#select.value);
    });
    this.#file.addEventListener('change', async () => {
      await this.#playFiles([...this.#file.files]);
      this.#file.value = '';
    });
    this.#takeDrops();
  }

  /** Whether the server plays recordings, and of how many bytes at most. */
  async offer(offered, mostBytes) {
    this.#offered = offered;
    this.#mostBytes = mostBytes;
    this.#file.disabled = !offered;
    byId('file-hint').textContent = offered ? 'Or drop one anywhere on this page.' : 'This server plays no recordings.';
    if (offered && !this.#listed) await this.#list();
    this.#select.disabled = this.#play.disabled = !offered || !this.#listed;
  }

  async #list() {
    try {
      const recordings = await ask('api/recordings');
      this.#select.replaceChildren(
        ...recordings.map(({ name, seconds, said }) =>
          element('option', { value: name }, `${name}, ${seconds.toFixed(1)} s${said ? `: ${said}` : ''}`),
        ),
      );
      this.#listed = recordings.length > 0;
      if (recordings.some(({ name }) => name === 'demo.wav')) this.#select.value = 'demo.wav';
    } catch (problem) {
      this.#status.notice('recordings', problem.message);
    }
  }

  async #playBundled(name) {
    this.#status.clear('replay');
    this.#play.disabled = true;
    try {
      const { stream } = await ask(`api/recordings/${encodeURIComponent(name)}`, { method: 'POST' });
      this.#started(stream);
    } catch (problem) {
      this.#status.notice('replay', problem.message);
    }
    this.#play.disabled = !this.#offered;
  }

  async #playFiles(files) {
    this.#status.clear('replay');
    for (const file of files) {
      if (file.size > this.#mostBytes) {
        const megabytes = Math.round(file.size / 1_000_000);
        this.#status.notice('replay', `${file.name} has ${megabytes} MB; the page takes files of up to ${Math.floor(this.#mostBytes / 1_000_000)} MB. Cut it, or play it with “digitstream replay”.`);
        continue;
      }
      this.#status.notice('sending', `Sending ${file.name}.`, 'info');
      try {
        const { stream } = await ask(`api/replays?name=${encodeURIComponent(file.name)}`, {
          method: 'POST',
          headers: { 'content-type': 'audio/wav' },
          body: file,
        });
        this.#started(stream);
      } catch (problem) {
        this.#status.notice('replay', `${file.name}: ${problem.message}`);
      }
      this.#status.clear('sending');
    }
  }

  #takeDrops() {
    const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
    // Enter and leave come for each element below the pointer; a page that is left for good says so
    // only by silence.
    let hide = 0;
    window.addEventListener('dragover', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = this.#offered ? 'copy' : 'none';
      this.#drop.hidden = !this.#offered;
      clearTimeout(hide);
      hide = setTimeout(() => (this.#drop.hidden = true), 300);
    });
    window.addEventListener('drop', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      this.#drop.hidden = true;
      if (this.#offered) this.#playFiles([...event.dataTransfer.files]);
      else this.#status.notice('replay', 'This server plays no recordings.');
    });
  }
}
