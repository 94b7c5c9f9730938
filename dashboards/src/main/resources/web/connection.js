const LEAST_WAIT_MILLIS = 500;
const LONGEST_WAIT_MILLIS = 5000;
// Gauges come every second. A telephone that changed its network often keeps a dead connection open.
const LONGEST_SILENCE_MILLIS = 30000;

/** The address of a WebSocket beside this page. */
export function socketAddress(path, parameters = {}) {
  const address = new URL(path, document.baseURI);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}

/**
 * Asks the server over HTTP and answers its JSON.
 *
 * @throws Error with the server's own words where it refuses
 */
export async function ask(path, options) {
  return (await answerOf(path, options)).json();
}

/**
 * Asks the server for a piece of a stream's audio: `{blob, firstSample}`. It begins later than was
 * asked for where the server keeps no more.
 *
 * @throws Error with the server's own words where it has none of it
 */
export async function askSound(path) {
  const answer = await answerOf(path);
  return { blob: await answer.blob(), firstSample: Number(answer.headers.get('digitstream-first-sample')) };
}

async function answerOf(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error('The server cannot be reached. Try again when the connection is back.');
  }
  if (answer.ok) return answer;
  const words = await answer.json().catch(() => null);
  throw new Error(words?.error ?? `The server answers with status ${answer.status}.`);
}

/**
 * The connection to `/ws/live`, made again whenever it is lost, after 0.5 s at first and 5 s at most.
 */
export class Connection {
  #socket = null;
  #waitMillis = LEAST_WAIT_MILLIS;
  #timer = 0;
  #silence = 0;
  #told;
  #watch = null;

  /**
   * @param told what is called: `text(message)` with parsed JSON, `binary(buffer)`, `opened()`,
   *     `lost()`
   */
  constructor(told) {
    this.#told = told;
    window.addEventListener('online', () => this.#retryNow());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.#retryNow();
    });
    this.#open();
  }

  get connected() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Asks for a stream by id, or with null for whatever begins last; remembered across connections. */
  watch(stream) {
    this.#watch = stream;
    if (this.connected) this.#socket.send(JSON.stringify({ watch: stream }));
  }

  #open() {
    clearTimeout(this.#timer);
    const socket = new WebSocket(socketAddress('ws/live'));
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onopen = () => {
      this.#waitMillis = LEAST_WAIT_MILLIS;
      this.#heard();
      if (this.#watch !== null) this.watch(this.#watch);
      this.#told.opened();
    };
    socket.onmessage = ({ data }) => {
      this.#heard();
      if (typeof data === 'string') this.#told.text(JSON.parse(data));
      else this.#told.binary(data);
    };
    socket.onclose = () => this.#lost(socket);
  }

  #lost(socket) {
    if (socket !== this.#socket) return;
    clearTimeout(this.#silence);
    socket.onopen = socket.onmessage = socket.onclose = null;
    this.#socket = null;
    // A little chance keeps many pages from coming back in the same moment.
    this.#timer = setTimeout(() => this.#open(), this.#waitMillis * (0.8 + 0.4 * Math.random()));
    this.#waitMillis = Math.min(LONGEST_WAIT_MILLIS, this.#waitMillis * 1.7);
    this.#told.lost();
  }

  #heard() {
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#silence = setTimeout(() => {
      socket.close();
      this.#lost(socket);
    }, LONGEST_SILENCE_MILLIS);
  }

  #retryNow() {
    if (this.#socket === null) this.#open();
  }
}
