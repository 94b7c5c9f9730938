package org.digitstream.training.augmentation;

/**
 * Cuts a word as recorders do that begin where it gets loud and end where it gets quiet: of a "six"
 * there may be left little but its vowel.
 */
final class QuietEdges {
  private static final int PIECES_PER_SECOND = 100;
  private static final int LEAST_PIECES = 8;
  private static final double LEAST_SHARE = 0.4;

  /** What a telephone lets through: most of an "s" lies above it. */
  private static final double TELEPHONE_HZ = 3_400;

  private QuietEdges() {}

  /**
   * What is left of a word.
   *
   * @param from its first sample
   * @param to the sample after its last one
   */
  record Part(int from, int to) {}

  /**
   * The word from its first to its last 10 ms that are loud enough; all of it where less than two
   * fifths or 80 ms would be left.
   *
   * @param samples 16-bit samples of the recording
   * @param from the first sample of the word
   * @param to the sample after its last one
   * @param sampleRateHz their rate
   * @param thresholdDb what is loud enough, against the loudest 10 ms; below 0
   * @param telephone whether the recorder hears nothing above 3.4 kHz
   */
  static Part cut(
      short[] samples, int from, int to, int sampleRateHz, double thresholdDb, boolean telephone) {
    float[] word = new float[to - from];
    for (int i = 0; i < word.length; i++) {
      word[i] = samples[from + i];
    }
    if (telephone) {
      Waveforms.lowPass(word, Math.min(TELEPHONE_HZ, 0.45 * sampleRateHz), sampleRateHz);
    }
    int piece = sampleRateHz / PIECES_PER_SECOND;
    float[] power = Waveforms.power(word, piece);
    float greatest = 0;
    for (float each : power) {
      greatest = Math.max(greatest, each);
    }
    float least = greatest * (float) Math.pow(10, thresholdDb / 10);
    int first = 0;
    int end = power.length;
    while (first < end && power[first] < least) {
      first++;
    }
    while (end > first && power[end - 1] < least) {
      end--;
    }
    return end - first < Math.max(LEAST_PIECES, LEAST_SHARE * power.length)
        ? new Part(from, to)
        : new Part(from + first * piece, from + end * piece);
  }
}
