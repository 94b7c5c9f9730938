import { Connection } from './connection.js';
import { Details } from './details.js';
import { Digits } from './digits.js';
import { byId, setText } from './dom.js';
import { clock, counted } from './format.js';
import { Gauges } from './gauges.js';
import { Lane, letChoose, NEW_MILLIS } from './lane.js';
import { Level } from './level.js';
import { decibels, decodeBinary, FRAMES, LEVELS, OUTPUTS } from './messages.js';
import { Microphone } from './microphone.js';
import { Playhead } from './playhead.js';
import { Probabilities } from './probabilities.js';
import { Recordings } from './recordings.js';
import { Score } from './score.js';
import { Spectrogram } from './spectrogram.js';
import { Stage } from './stage.js';
import { Status } from './status.js';
import { Streams } from './streams.js';
import { startTheme } from './theme.js';
import { Timeline } from './timeline.js';

const BACK_MILLIS = 4000;
const DESCRIBE_EVERY_MILLIS = 5000;

const timeline = new Timeline();
const playhead = new Playhead();
const stage = new Stage(timeline, playhead);
const lane = new Lane(byId('lane'), stage, timeline);
const spectrogram = new Spectrogram(byId('spectrogram'), stage, timeline);
const probabilities = new Probabilities(byId('probabilities'), stage, timeline);
const level = new Level(timeline);
const status = new Status();
const gauges = new Gauges();
const details = new Details(timeline);
const score = new Score((miss) => details.openMiss(miss));
const digits = new Digits(timeline, (digit) => details.openDigit(digit, sourceOf(digit.stream)));
const streams = new Streams((id) => connection.watch(id));
const microphone = new Microphone(status, (id) => streams.follow(id));
const recordings = new Recordings(status, (id) => streams.follow(id));

/** What {@link showState} goes by. */
const state = { everOpened: false, open: false, backUntilMillis: 0, broker: true, microphone: false, replays: false };

const connection = new Connection({
  opened() {
    if (state.everOpened) {
      status.clear('replay');
      state.backUntilMillis = performance.now() + BACK_MILLIS;
      setTimeout(showState, BACK_MILLIS + 10);
    }
    state.everOpened = state.open = true;
    state.broker = true;
    showState();
  },
  lost() {
    state.open = false;
    gauges.stale(true);
    showState();
  },
  text(message) {
    told[message.type]?.(message);
  },
  binary(buffer) {
    const message = decodeBinary(buffer);
    if (message.count === 0) return;
    if (message.kind === FRAMES) takeFrames(message);
    else if (message.kind === OUTPUTS) probabilities.add(message);
    else if (message.kind === LEVELS) takeLevels(message);
    stage.wake();
  },
});

/** What to do with each type of message. */
const told = {
  hello(hello) {
    state.microphone = hello.microphone;
    state.replays = hello.replays;
    timeline.configure(hello);
    spectrogram.configure(hello);
    probabilities.configure(hello);
    details.configure(hello);
    microphone.offer(hello.microphone);
    recordings.offer(hello.replays, hello.mostUploadBytes);
    const model = hello.model ? `Model ${hello.model}, ` : '';
    setText(byId('model'), `${model}digitstream ${hello.version}.`);
    showState();
  },
  streams(message) {
    streams.show(message.streams);
    const watched = streams.find(timeline.stream);
    digits.known(watched?.digits ?? '');
    if (watched?.state === 'ended') timeline.ended = true;
    showState();
  },
  watching({ stream, source }) {
    timeline.begin(stream, source);
    playhead.reset(timeline.framesPerSecond);
    spectrogram.clear();
    probabilities.clear();
    digits.clear();
    digits.known(streams.find(stream)?.digits ?? '');
    // A server that began anew does not know what was picked before.
    if (stream === null) streams.pickNewest();
    showState();
    describe();
    stage.wake();
  },
  digit(message) {
    if (message.stream !== timeline.stream) return;
    const added = timeline.addDigit(message);
    if (!added) return;
    digits.add(added);
    stage.wake();
    setTimeout(() => stage.wake(), NEW_MILLIS + 20);
  },
  utterance(message) {
    if (message.stream === timeline.stream) digits.complete(message);
  },
  gap(message) {
    if (message.stream !== timeline.stream) return;
    digits.addGap(timeline.addGap(message));
    stage.wake();
  },
  end({ stream }) {
    if (stream !== timeline.stream) return;
    timeline.ended = true;
    showState();
    describe();
    stage.wake();
  },
  gauges(message) {
    gauges.show(message);
    if (state.broker !== message.broker) {
      state.broker = message.broker;
      showState();
    }
  },
  score(message) {
    score.show(message);
  },
};

function takeFrames(message) {
  spectrogram.add(message);
  timeline.endFrame = Math.max(timeline.endFrame, message.first + message.count);
  playhead.arrived(timeline.endFrame, performance.now());
}

function takeLevels({ count, width, bytes }) {
  const newest = (count - 1) * width;
  timeline.level.rms = decibels(bytes[newest]);
  timeline.level.peak = decibels(bytes[newest + 1]);
  timeline.level.atMillis = performance.now();
}

function sourceOf(id) {
  return streams.find(id)?.source || (id === timeline.stream && timeline.source) || id;
}

/** Says how things are: what hinders most comes first. */
function showState() {
  const empty = byId('empty');
  empty.hidden = timeline.stream !== null;
  const waysIn = [
    state.microphone && 'Press “Speak” and say some digits.',
    state.replays && 'Play a recording, or drop a WAV file on this page.',
  ].filter(Boolean);
  const advice = waysIn.length
    ? `${waysIn.join(' ')} What is said is shown here at once.`
    : 'What other programs send into the stream will be shown here while it is heard.';
  const [title, text] = !state.open
    ? ['Not connected', 'The page connects to the server by itself.']
    : !state.broker
      ? ['The broker is away', 'What is sent to it will be shown here when it answers again.']
      : ['Nothing runs yet', advice];
  setText(empty.querySelector('.title'), title);
  setText(empty.querySelector('.text'), text);
  setText(byId('watched'), timeline.stream === null ? '' : sourceOf(timeline.stream));

  if (!state.everOpened && !state.open) status.state('wait', 'Connecting to the server.');
  else if (!state.open) status.state('bad', 'The connection to the server is lost. The page tries again by itself.');
  else if (!state.broker) status.state('bad', 'The broker does not answer. Nothing can be heard until it does; the page goes on by itself then.');
  else if (performance.now() < state.backUntilMillis) status.state('good', 'The connection to the server is back.');
  else if (timeline.stream === null) status.state('idle', 'Connected. Nothing runs yet.');
  else status.state(...streamState());
}

function streamState() {
  const source = sourceOf(timeline.stream);
  const known = streams.find(timeline.stream);
  if (timeline.ended || known?.state === 'ended') {
    const length = known ? ` after ${clock(known.seconds)}, ${counted(known.digits.length, 'digit')} heard` : '';
    return ['idle', `${source} has ended${length}.`];
  }
  if (known?.state === 'silent') return ['wait', `${source} runs, but no sound arrives at the moment.`];
  return ['good', `Listening to ${source}.`];
}

/** Puts into words what the drawings show, for people who do not see them. */
function describe() {
  const heard = timeline.digits.slice(-10).map(({ digit }) => digit);
  const what = heard.length ? `The last digits are ${heard.join(', ')}.` : 'No digit has been heard yet.';
  const end = clock(timeline.secondsOf(stage.headFrame));
  const begin = clock(timeline.secondsOf(Math.max(0, stage.firstFrame)));
  const where = timeline.stream === null ? 'Nothing runs yet.' : `It shows ${sourceOf(timeline.stream)} from ${begin} to ${end}. ${what}`;
  byId('spectrogram').setAttribute('aria-label', `Mel spectrogram. ${where}`);
  byId('probabilities').setAttribute('aria-label', `Probabilities of the ten digits and of none. ${where}`);
}

stage.add(lane);
stage.add(spectrogram);
stage.add(probabilities);
stage.add(level);
letChoose(
  [lane.canvas, spectrogram.canvas, probabilities.canvas],
  lane,
  (index) => {
    if (lane.marked === index) return;
    lane.marked = spectrogram.marked = index;
    stage.wake();
  },
  (digit) => details.openDigit(digit, sourceOf(digit.stream)),
);
startTheme(() => {
  spectrogram.retheme();
  probabilities.retheme();
  gauges.retheme();
  score.retheme();
  details.retheme();
  stage.wake();
});
setInterval(() => timeline.stream !== null && !timeline.ended && describe(), DESCRIBE_EVERY_MILLIS);

/** For measuring from outside: how much is drawn, and whether the server is there. */
window.digitstream = Object.freeze({
  get framesDrawn() {
    return stage.framesDrawn;
  },
  drawsPerSecond: () => stage.drawsPerSecond(),
  drawMillis: (count) => stage.drawMillis(count),
  get connected() {
    return connection.connected;
  },
});
