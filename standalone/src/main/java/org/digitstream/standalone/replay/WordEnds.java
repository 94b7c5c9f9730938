package org.digitstream.standalone.replay;

import java.util.OptionalLong;

/**
 * Finds where a word really ends, from the samples alone, so that latency does not depend on where
 * the recognizer believes that the word ends.
 *
 * <p>The end of a word is the end of the last 10 ms whose level is above −35 dB of the word's
 * loudest 10 ms. It is looked for in the event's span and 150 ms after it, though never in the next
 * event. It counts only if at least one second of audio follows: closer to the end of a file, the
 * event may have been flushed by the end and not decided.
 */
public final class WordEnds {
  /** How far below its loudest block a word is taken to have ended, in decibels. */
  public static final double THRESHOLD_DECIBEL = -35;

  private static final double THRESHOLD = Math.pow(10, THRESHOLD_DECIBEL / 10);

  private final short[] samples;
  private final int sampleRateHz;

  /**
   * Of one recording.
   *
   * @param samples the whole recording; not copied
   * @param sampleRateHz sample rate, at least 100 Hz
   */
  public WordEnds(short[] samples, int sampleRateHz) {
    if (sampleRateHz < 100) {
      throw new IllegalArgumentException("sampleRateHz " + sampleRateHz + " is less than 100");
    }
    this.samples = samples;
    this.sampleRateHz = sampleRateHz;
  }

  /**
   * The sample after the word's last one, or nothing where the word is silent or less than a second
   * of audio follows.
   *
   * @param startSample first sample of the event's span
   * @param endSample sample after the last one of the event's span
   * @param nextStartSample first sample of the next event's span; {@link Long#MAX_VALUE} if there
   *     is none
   */
  public OptionalLong find(long startSample, long endSample, long nextStartSample) {
    int block = sampleRateHz / 100;
    long from = Math.max(0, startSample);
    long to =
        Math.min(
            Math.min(endSample + 15L * block, samples.length),
            Math.max(nextStartSample, from + block));
    int blocks = (int) Math.max(0, (to - from) / block);
    double[] power = new double[blocks];
    double loudest = 0;
    for (int i = 0; i < blocks; i++) {
      power[i] = power((int) from + i * block, block);
      loudest = Math.max(loudest, power[i]);
    }
    int last = blocks - 1;
    while (last >= 0 && power[last] <= loudest * THRESHOLD) {
      last--;
    }
    long end = from + (last + 1L) * block;
    return last < 0 || end + sampleRateHz > samples.length
        ? OptionalLong.empty()
        : OptionalLong.of(end);
  }

  private double power(int first, int count) {
    double sum = 0;
    for (int i = first; i < first + count; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return sum / count;
  }
}
