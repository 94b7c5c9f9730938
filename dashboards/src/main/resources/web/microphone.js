import { byId, setText } from './dom.js';
import { clock } from './format.js';
import { socketAddress } from './connection.js';

const CONSTRAINTS = {
  audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
};
const MOST_WAITING_SECONDS = 5;
const CLOSE_WAIT_MILLIS = 3000;
const HINT = 'Say some digits in English.';

/** The button that sends this device's microphone to the server. */
export class Microphone {
  #button = byId('microphone');
  #label = this.#button.querySelector('.label');
  #hint = byId('microphone-hint');
  #status;
  #opened;
  #offered = false;
  /** What is in use while it is on: `{tracks, context, node, socket, sentSamples, ending}`. */
  #session = null;
  #starting = false;

  /**
   * @param status where to say what went wrong
   * @param opened called with the id of the stream when the server has begun it
   */
  constructor(status, opened) {
    this.#status = status;
    this.#opened = opened;
    this.#button.addEventListener('click', () => (this.#session ? this.#end() : this.#start()));
    window.addEventListener('pagehide', () => this.#session && this.#end());
    setInterval(() => this.#showTime(), 500);
  }

  /** Whether the server takes a microphone from a page. */
  offer(offered) {
    this.#offered = offered;
    this.#show();
  }

  async #start() {
    if (this.#starting) return;
    this.#starting = true;
    this.#status.clear('microphone');
    this.#status.clear('microphone-note');
    this.#show();
    const session = { tracks: [], context: null, node: null, socket: null, rateHz: 0, sentSamples: 0, ending: false };
    try {
      await this.#open(session);
      this.#session = session;
    } catch (problem) {
      release(session);
      this.#status.notice('microphone', reason(problem));
    }
    this.#starting = false;
    this.#show();
  }

  async #open(session) {
    if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) throw new Error('insecure');
    const media = await navigator.mediaDevices.getUserMedia(CONSTRAINTS);
    session.tracks = media.getAudioTracks();
    session.context = new AudioContext({ latencyHint: 'interactive' });
    await session.context.audioWorklet.addModule('microphone-worklet.js');
    await session.context.resume();
    // Telephones stop the sound of a page, for a call for instance, and let it go on when asked.
    session.context.onstatechange = () => {
      if (!session.ending && session.context.state !== 'running') session.context.resume().catch(() => {});
    };
    session.rateHz = session.context.sampleRate;
    session.socket = await openSocket(session.rateHz);
    session.socket.onmessage = ({ data }) => this.#told(session, data);
    session.socket.onclose = () => this.#closed(session);
    session.tracks[0].onended = () => {
      this.#status.notice('microphone', 'The microphone is gone: it was unplugged, or its permission was withdrawn. Press “Speak” to begin again.');
      this.#end();
    };
    session.node = new AudioWorkletNode(session.context, 'capture');
    session.node.port.onmessage = ({ data }) => this.#send(session, data);
    session.context.createMediaStreamSource(media).connect(session.node);
    // Its output is silence; some browsers run only what leads to the loudspeaker.
    session.node.connect(session.context.destination);
  }

  #send(session, buffer) {
    const { socket } = session;
    if (socket.readyState !== WebSocket.OPEN) return;
    if (buffer === null) {
      socket.send(JSON.stringify({ end: true }));
      return;
    }
    if (socket.bufferedAmount > MOST_WAITING_SECONDS * session.rateHz * 2) {
      this.#stopped(session, 'The connection is too slow for the sound of the microphone. Press “Speak” to try again.');
      return;
    }
    socket.send(buffer);
    session.sentSamples += buffer.byteLength / 2;
  }

  #told(session, data) {
    const message = typeof data === 'string' ? JSON.parse(data) : {};
    if (message.type === 'open') this.#opened(message.stream);
    if (message.type === 'note') this.#status.notice('microphone-note', message.text, 'info');
    if (message.type === 'error') {
      this.#stopped(session, message.text);
      this.#status.notice('microphone', message.text);
    }
  }

  #closed(session) {
    if (session.ending) release(session);
    else this.#stopped(session, 'The connection of the microphone was lost. Press “Speak” to begin again.');
  }

  /** Ends in order: what was said is sent, then the end. */
  #end() {
    const session = this.#session;
    if (!session) return;
    this.#session = null;
    session.ending = true;
    session.tracks.forEach((track) => track.stop());
    session.node.port.postMessage('stop');
    setTimeout(() => release(session), CLOSE_WAIT_MILLIS);
    this.#show();
  }

  /** Ends for a reason, which is said. */
  #stopped(session, text) {
    if (session.ending) return;
    session.ending = true;
    this.#session = null;
    release(session);
    this.#status.notice('microphone', text);
    this.#show();
  }

  #show() {
    const on = this.#session !== null;
    this.#button.disabled = !this.#offered && !on;
    this.#button.dataset.on = on;
    setText(this.#label, on ? 'Stop' : this.#starting ? 'Waiting for the microphone' : 'Speak');
    if (!this.#offered && !on) setText(this.#hint, 'This server takes no microphone from the page.');
    else if (!on) setText(this.#hint, HINT);
    this.#showTime();
  }

  #showTime() {
    if (!this.#session) return;
    setText(this.#hint, `The microphone is on: ${clock(this.#session.sentSamples / this.#session.rateHz)}.`);
  }
}

/** A WebSocket that is open and takes audio at that rate. */
function openSocket(rateHz) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(socketAddress('ws/microphone', { rate: rateHz, name: 'microphone' }));
    socket.onopen = () => resolve(socket);
    socket.onclose = () => reject(new Error('unreachable'));
  });
}

function release({ tracks, context, node, socket }) {
  for (const track of tracks) {
    track.onended = null;
    track.stop();
  }
  if (node) node.port.onmessage = null;
  if (context && context.state !== 'closed') context.close();
  if (socket) {
    socket.onclose = null;
    socket.close();
  }
}

/** What is wrong and what to do, for a person. */
function reason(problem) {
  switch (problem.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'The browser does not let this page use the microphone. Allow it in the browser’s settings for this page, then press “Speak” again.';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'There is no microphone on this device. Connect one and press “Speak” again, or play a recording.';
    case 'NotReadableError':
    case 'AbortError':
      return 'The microphone cannot be opened; another program may be using it. Close that and press “Speak” again.';
    default:
  }
  if (problem.message === 'insecure') {
    return `Browsers give the microphone only to pages at https addresses or on this machine. Open the page as http://localhost:${location.port || 80}/ on the machine where it runs, or put https in front of it. Recordings can be played here.`;
  }
  if (problem.message === 'unreachable') return 'The server does not take the microphone’s sound at the moment. Try again when the connection is back.';
  return `The microphone cannot be used: ${problem.message}`;
}
