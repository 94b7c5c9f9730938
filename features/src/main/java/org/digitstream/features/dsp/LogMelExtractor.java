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
  private short[] tail;
  private long nextSample;

  /** An extractor at the beginning of a stream. */
  public LogMelExtractor(FeatureSpec spec) {
    this(spec, new FrameAnalyzer(spec), ExtractorState.START);
  }

  LogMelExtractor(FeatureSpec spec, FrameAnalyzer analyzer, ExtractorState state) {
    this.spec = spec;
    this.analyzer = analyzer;
    this.tail = state.tail().clone();
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
      tail = new short[0];
    }
    int fresh = samples.length - (int) duplicates;
    short[] all = Arrays.copyOf(tail, tail.length + fresh);
    System.arraycopy(samples, (int) duplicates, all, tail.length, fresh);
    long allFirst = nextSample - tail.length;
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
    tail = Arrays.copyOfRange(all, (int) (keepFrom - allFirst), all.length);
    return new Extraction(firstFrame, values, duplicates, gap);
  }

  /** Index of the next sample to come. */
  public long nextSample() {
    return nextSample;
  }

  /** Index of the next frame to come. */
  public long nextFrame() {
    return spec.firstFrameFrom(nextSample - tail.length);
  }

  /** What must be remembered to go on after a crash. */
  public ExtractorState state() {
    return new ExtractorState(nextSample, tail.clone());
  }
}
