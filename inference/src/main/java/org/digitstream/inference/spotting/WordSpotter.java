package org.digitstream.inference.spotting;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Finds digits in a stream of class probabilities. Pure: no clock, no memory beyond the {@linkplain
 * #state state}. One thread at a time.
 */
sealed interface WordSpotter permits DigitSpotter, PeakSpotter, ViterbiDecoder {
  /** How many digits there are. */
  int DIGITS = 10;

  /**
   * Takes the next output.
   *
   * @param output its index; one more than the last one's
   * @param probabilities class probabilities
   * @param offset where they begin
   * @return the digits that were found, in order; usually none or one
   */
  List<SpottedWord> accept(long output, float[] probabilities, int offset);

  /**
   * Ends what has begun: nothing more comes.
   *
   * @param output index of the last output
   */
  List<SpottedWord> finish(long output);

  /** Size of the state as it is now. */
  int stateBytes();

  /** What it must remember; {@link #restore} takes it back to the bit. */
  byte[] state();

  /** Takes back what {@link #state} gave. */
  void restore(ByteBuffer state);
}
