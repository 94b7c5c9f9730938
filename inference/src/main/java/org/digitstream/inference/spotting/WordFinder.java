package org.digitstream.inference.spotting;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A way of finding words in the frames of one stream. It looks at the {@link FrameWindow} that it
 * was made with whenever a frame has been added. One thread at a time.
 */
sealed interface WordFinder permits ContinuousFinder, OnsetFinder {
  /** What is over now that a frame was added to the window; in order. */
  List<HeardWord> frameAdded();

  /**
   * Brings what was said to its end, as if nothing came after the last frame of the window. What
   * comes next is a new segment or nothing.
   */
  List<HeardWord> flush();

  /** The frame that the first output of a call of the network now speaks of. */
  long frameOfCall();

  /** Told once the frames of a stream that went on before a crash are in the window again. */
  default void framesRestored() {}

  /** Size of the {@linkplain #putState state} as it is now. */
  int stateBytes();

  /** Writes what must be remembered beside the frames. */
  void putState(ByteBuffer buffer);

  /** Takes back what {@link #putState} wrote, to the bit. */
  void restore(ByteBuffer buffer);
}
