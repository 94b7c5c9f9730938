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
  /** Hears what a decoder found, and has the last word about it. */
  @FunctionalInterface
  interface Judge {
    /** The decoder has the last word. */
    Judge NONE = word -> word;

    /** The same word, maybe as another digit, maybe more or less sure. */
    DecodedWord judge(DecodedWord word);
  }

  /** The same as the digit that is likeliest by other probabilities; as it was where two are. */
  DecodedWord judged(float[] others) {
    int best = digit;
    for (int other = 0; other < others.length; other++) {
      best = others[other] > others[best] ? other : best;
    }
    return new DecodedWord(best, firstOutput, lastOutput, decidedOutput, others);
  }
}
