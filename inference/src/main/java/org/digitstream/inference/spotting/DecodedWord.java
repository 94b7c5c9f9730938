package org.digitstream.inference.spotting;

/**
 * A word as a decoder found it, before it is judged.
 *
 * @param digit that it says
 * @param firstOutput the first output of the word
 * @param lastOutput its last one
 * @param decidedOutput the output at which this was decided, after the last one or at it
 * @param probabilities of the digits, at most 1 together; that of {@code digit} is how sure the
 *     decoder is; not calibrated
 */
@SuppressWarnings("ArrayRecordComponent") // passed on as it is; never compared
record DecodedWord(
    int digit, long firstOutput, long lastOutput, long decidedOutput, float[] probabilities) {
  /** Hears what a decoder found and says how likely each digit is. */
  @FunctionalInterface
  interface Judge {
    /** The decoder has the last word. */
    Judge NONE = DecodedWord::probabilities;

    /** The probability of each digit, at most 1 together. */
    float[] probabilities(DecodedWord word);
  }
}
