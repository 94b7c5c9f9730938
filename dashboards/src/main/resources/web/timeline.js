const MOST_DIGITS = 200;
const MOST_GAPS = 100;

/**
 * What is known of the stream that is watched: places of frames, digits, gaps and the newest level.
 * Pictures of frames and outputs are kept by the `Film`s; this keeps what has a meaning.
 */
export class Timeline {
  /** Frames in a second of the stream. */
  framesPerSecond = 100;
  samplesPerHop = 160;
  sampleRateHz = 16000;
  stream = null;
  /** What its audio is of; empty where that is not known. */
  source = '';
  /** One past the newest frame; 0 where none came. */
  endFrame = 0;
  /** The digits that came, oldest first, as messages say them, with `startFrame` and `endFrame`. */
  digits = [];
  /** The gaps, oldest first: `{startFrame, endFrame}`. */
  gaps = [];
  ended = false;
  /** Root mean square and peak of the newest piece of audio, dB of full scale. */
  level = { rms: -96, peak: -96, atMillis: 0 };

  /** Takes what does not change while connected from the message `hello`. */
  configure({ sampleRateHz, samplesPerHop }) {
    this.sampleRateHz = sampleRateHz;
    this.samplesPerHop = samplesPerHop;
    this.framesPerSecond = sampleRateHz / samplesPerHop;
  }

  /** Forgets everything; the following is about that stream, or null, and what its audio is of. */
  begin(stream, source) {
    this.stream = stream;
    this.source = source ?? '';
    this.endFrame = 0;
    this.digits = [];
    this.gaps = [];
    this.ended = false;
    this.level.rms = this.level.peak = -96;
    this.level.atMillis = 0;
  }

  frameOf(sample) {
    return sample / this.samplesPerHop;
  }

  secondsOf(frame) {
    return frame / this.framesPerSecond;
  }

  /** Adds a digit, or nothing where it is known already. Answers what was added, or null. */
  addDigit(message) {
    if (this.digits.some((known) => known.index === message.index)) return null;
    const added = {
      ...message,
      startFrame: this.frameOf(message.startSample),
      endFrame: this.frameOf(message.endSample),
      sureText: `${Math.round(message.confidence * 100)} %`,
      arrivedMillis: performance.now(),
    };
    this.digits.push(added);
    if (this.digits.length > MOST_DIGITS) this.digits.shift();
    return added;
  }

  addGap({ fromSample, toSample }) {
    const added = { startFrame: this.frameOf(fromSample), endFrame: this.frameOf(toSample), fromSample, toSample };
    this.gaps.push(added);
    if (this.gaps.length > MOST_GAPS) this.gaps.shift();
    return added;
  }
}
