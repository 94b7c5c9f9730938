package org.digitstream.features.dsp;

import java.util.Arrays;
import org.digitstream.contract.FeatureSpec;

/**
 * Turns one stream's samples into log-mel frames as they come.
 *
 * <p>Frame {@code i} is computed from samples {@code [i * hop, i * hop + fft)} as soon as the last
 * of them is there, and from nothing else: the frames are the same bits for every way of cutting
 * the samples, and the same as of the whole recording at once. Samples at the end that fill no
 * frame make none.
 *
 * <p>Samples that were seen before are dropped. A jump in the index is a gap: no frame reaches over
 * it, and the frames after it keep their absolute index.
 *
 * <p>One thread at a time. Memory: fewer than {@code fftSamples} samples beside what is handed in.
 */
public final class LogMelExtractor {
  private final FeatureSpec spec;
  private final FrameAnalyzer analyzer;

  /** The samples that frames to come still need, {@link #tailSamples} of them. */
  private final short[] tail;

  private int tailSamples;
  private long nextSample;

  /** An extractor at the beginning of a stream. */
  public LogMelExtractor(FeatureSpec spec) {
    this(spec, new FrameAnalyzer(spec), ExtractorState.START);
  }

  LogMelExtractor(FeatureSpec spec, FrameAnalyzer analyzer, ExtractorState state) {
    this.spec = spec;
    this.analyzer = analyzer;
    this.tail = Arrays.copyOf(state.tail(), Math.max(spec.fftSamples(), state.tail().length));
    this.tailSamples = state.tail().length;
    this.nextSample = state.nextSample();
  }

  /**
   * The frames of a whole recording.
   *
   * @param spec how to compute them
   * @param samples the recording
   * @return {@code values[frame * bands + band]}
   */
  public static float[] extract(FeatureSpec spec, short[] samples) {
    return new LogMelExtractor(spec).accept(0, samples).values();
  }

  /**
   * Takes the next samples.
   *
   * @param firstSample index of {@code samples[0]} in the stream, at least 0
   * @param samples 16-bit samples at the specification's rate; not kept
   */
  public Extraction accept(long firstSample, short[] samples) {
    long duplicates = Math.max(0, Math.min(nextSample - firstSample, samples.length));
    long gap = 0;
    if (duplicates == samples.length) {
      return new Extraction(nextFrame(), new float[0], duplicates, 0);
    }
    if (firstSample > nextSample) {
      gap = firstSample - nextSample;
      nextSample = firstSample;
      tailSamples = 0;
    }
    int fresh = samples.length - (int) duplicates;
    short[] all = analyzer.joined(tail, tailSamples, samples, (int) duplicates);
    long allFirst = nextSample - tailSamples;
    nextSample += fresh;

    long firstFrame = spec.firstFrameFrom(allFirst);
    long lastStart = nextSample - spec.fftSamples();
    int frames =
        (int) Math.max(0, Math.floorDiv(lastStart, (long) spec.hopSamples()) - firstFrame + 1);
    float[] values = new float[frames * spec.bands()];
    if (frames > 0) {
      analyzer.analyze(
          all, (int) (spec.firstSampleOfFrame(firstFrame) - allFirst), frames, values, 0);
    }
    long keepFrom = Math.min(spec.firstSampleOfFrame(firstFrame + frames), nextSample);
    tailSamples = (int) (nextSample - keepFrom);
    System.arraycopy(all, (int) (keepFrom - allFirst), tail, 0, tailSamples);
    return new Extraction(firstFrame, values, duplicates, gap);
  }

  /** Index of the next sample to come. */
  public long nextSample() {
    return nextSample;
  }

  /** Index of the next frame to come. */
  public long nextFrame() {
    return spec.firstFrameFrom(nextSample - tailSamples);
  }

  /** What must be remembered to go on after a crash. */
  public ExtractorState state() {
    return new ExtractorState(nextSample, Arrays.copyOf(tail, tailSamples));
  }
}
