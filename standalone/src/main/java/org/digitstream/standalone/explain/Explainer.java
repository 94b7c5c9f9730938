package org.digitstream.standalone.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.features.dsp.Extraction;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.WordParts;
import org.digitstream.inference.spotting.Detection;
import org.digitstream.inference.spotting.NetworkOutput;
import org.digitstream.inference.spotting.Recognition;
import org.digitstream.inference.spotting.StreamRecognizer;

/**
 * Recognizes one stream again and keeps what concerns one moment of it. It is given the stream from
 * its beginning, or from where it is still kept, either as audio or as frames. From the same
 * beginning the digits are the same to the bit as those of the stream.
 *
 * <p>The frames go through two {@link StreamRecognizer}s that share the calls of the network: one
 * with the model's threshold, which hears what the stream hears, and one without, which tells what
 * the threshold kept back. Memory does not depend on the stream's length. One thread at a time.
 */
public final class Explainer {
  /** After so long nothing changes any more of what was heard before. */
  private static final int SETTLING_SECONDS = 3;

  private final ModelBundle model;
  private final FeatureSpec spec;
  private final Moment moment;
  private final LogMelExtractor extractor;
  private final RecordedCalls calls;
  private final StreamRecognizer hearing;
  private final StreamRecognizer considering;
  private final AudioPiece audio;
  private final long firstFrame;
  private final float[] frames;
  private final List<Explanation.Output> outputs = new ArrayList<>();
  private final List<Detection> heard = new ArrayList<>();
  private final List<Detection> considered = new ArrayList<>();
  private long firstSample = -1;
  private long nextSample;
  private boolean ofAudio;

  /**
   * At the beginning of a stream.
   *
   * @param model what recognizes
   * @param classifier runs that model; not closed by this
   * @param moment what is asked about; in samples of the model's rate
   */
  public Explainer(ModelBundle model, WindowClassifier classifier, Moment moment) {
    this.model = model;
    this.spec = model.featureSpec();
    this.moment = moment;
    extractor = new LogMelExtractor(spec);
    calls = new RecordedCalls(classifier);
    considering =
        new StreamRecognizer(model.withSpotter(model.spotter().withThreshold(0)), calls.first());
    hearing = new StreamRecognizer(model, calls.second());
    audio = new AudioPiece(moment.fromSample(), moment.toSample());
    int hop = spec.hopSamples();
    firstFrame = spec.firstFrameFrom(Math.max(0, moment.fromSample() - spec.fftSamples() / 2));
    long endFrame = (moment.toSample() - spec.fftSamples() / 2 + hop - 1) / hop;
    frames = new float[(int) Math.max(1, endFrame - firstFrame) * spec.bands()];
    Arrays.fill(frames, spec.silence());
  }

  /**
   * Takes the stream's next audio.
   *
   * @param first index of the first sample
   * @param samples at the rate of the model; not kept
   */
  public void acceptAudio(long first, short[] samples) {
    ofAudio = true;
    seen(first, first + samples.length);
    audio.accept(first, samples);
    Extraction extraction = extractor.accept(first, samples);
    take(extraction.firstFrame(), extraction.values());
  }

  /**
   * Takes the stream's next frames, where there is no audio.
   *
   * @param first index of the first frame
   * @param values {@code values[frame * bands + band]}; not kept
   */
  public void acceptFrames(long first, float[] values) {
    int count = values.length / spec.bands();
    if (count > 0) {
      seen(
          spec.firstSampleOfFrame(first),
          spec.firstSampleOfFrame(first + count - 1) + spec.fftSamples());
      take(first, values);
    }
  }

  private void seen(long first, long next) {
    firstSample = firstSample < 0 ? first : firstSample;
    nextSample = Math.max(nextSample, next);
  }

  private void take(long first, float[] values) {
    int bands = spec.bands();
    for (int i = 0; i < values.length / bands; i++) {
      long at = (first + i - firstFrame) * bands;
      if (at >= 0 && at < frames.length) {
        System.arraycopy(values, i * bands, frames, (int) at, bands);
      }
    }
    keep(considering.accept(first, values), hearing.accept(first, values));
  }

  /** Ends the stream: what was said is brought to its end. */
  public void finish() {
    keep(considering.finish(), hearing.finish());
  }

  private void keep(Recognition all, Recognition reported) {
    all.digits().stream().filter(this::isAround).forEach(considered::add);
    reported.digits().stream().filter(this::isAround).forEach(heard::add);
    for (NetworkOutput call : all.outputs()) {
      keep(call, calls.nextAnswer());
    }
  }

  private boolean isAround(Detection digit) {
    return moment.touches(digit.startSample(), digit.endSample());
  }

  private void keep(NetworkOutput call, float[] answer) {
    boolean parts = isOfParts();
    int classes = model.reportedLabels().size();
    int answered = model.labels().size();
    for (int i = 0; i < call.probabilities().length / classes; i++) {
      long frame = call.firstFrame() + (long) i * model.geometry().strideFrames();
      long sample = spec.firstSampleOfFrame(frame) + spec.fftSamples() / 2;
      if (frame >= 0 && sample >= moment.fromSample() && sample < moment.toSample()) {
        outputs.add(
            new Explanation.Output(
                frame,
                sample,
                Arrays.copyOfRange(call.probabilities(), i * classes, (i + 1) * classes),
                parts
                    ? Arrays.copyOfRange(answer, i * answered, (i + 1) * answered)
                    : new float[0]));
      }
    }
  }

  private boolean isOfParts() {
    return model.labels().equals(WordParts.LABELS);
  }

  /** Whether nothing that comes now changes what is known about the moment. */
  public boolean isSettled() {
    return nextSample > moment.toSample() + (long) SETTLING_SECONDS * spec.sampleRateHz();
  }

  /** The first sample that it was given; -1 before that. */
  public long firstSample() {
    return firstSample;
  }

  /** The sample after the last one that it was given. */
  public long nextSample() {
    return nextSample;
  }

  /** How many samples are missing in the {@link #samples}. */
  public long missingSamples() {
    return samples().length - audio.collected();
  }

  /**
   * The audio of {@link Explanation#moment}, from its first to before its last sample, with silence
   * where some is missing; none where only frames were given.
   */
  public short[] samples() {
    Moment there = there();
    return ofAudio ? audio.samples(there.fromSample(), there.toSample()) : new short[0];
  }

  private Moment there() {
    return moment.within(Math.max(0, firstSample), nextSample);
  }

  /** What is known, after {@link #finish} or once it {@link #isSettled}. */
  public Explanation explanation() {
    List<Detection> keptBack =
        considered.stream().filter(word -> heard.stream().noneMatch(h -> same(h, word))).toList();
    int count =
        (int)
            Math.max(
                1,
                Math.min(
                    frames.length / spec.bands(),
                    Math.floorDiv(nextSample - spec.fftSamples(), (long) spec.hopSamples())
                        + 1
                        - firstFrame));
    return new Explanation(
        there(),
        hearing.modelId(),
        spec,
        model.spotter().threshold(),
        firstFrame,
        Arrays.copyOf(frames, count * spec.bands()),
        model.reportedLabels(),
        isOfParts() ? model.labels() : List.of(),
        outputs,
        heard,
        keptBack);
  }

  /** The two recognizers count their digits differently. */
  private static boolean same(Detection one, Detection other) {
    return one.digit() == other.digit()
        && one.startSample() == other.startSample()
        && one.endSample() == other.endSample();
  }
}
