package org.digitstream.inference.spotting;

/**
 * Where a word lies of which only the end is known roughly: around the loudest frame before that
 * end, for as long as the level has not fallen too far for too long.
 */
final class WordExtent {
  /** A digit is hardly ever longer. */
  private static final int LONGEST_FRAMES = 60;

  /** The end is known to within this. */
  private static final int END_FRAMES = 8;

  /** A stop closure, as in "six" or "eight", is shorter. */
  private static final int LONGEST_PAUSE_FRAMES = 8;

  private WordExtent() {}

  /**
   * The word's span.
   *
   * @param endFrame where it ends, roughly
   * @param firstFrame index of the first frame that is there
   * @param values {@code values[frame * bands + band]}
   * @param frames how many there are
   * @param fall how far the level falls from the loudest frame to the edges
   * @param decidedFrame the frame at which the word was found
   */
  static WordSpan around(
      long endFrame, long firstFrame, float[] values, int frames, float fall, long decidedFrame) {
    int bands = values.length / frames;
    int latest = (int) Math.max(0, Math.min(frames - 1, endFrame + END_FRAMES - firstFrame));
    int earliest = Math.max(0, latest - END_FRAMES - LONGEST_FRAMES);
    float[] levels = new float[frames];
    int loudest = latest;
    for (int frame = earliest; frame <= latest; frame++) {
      float sum = 0;
      for (int band = 0; band < bands; band++) {
        sum += values[frame * bands + band];
      }
      levels[frame] = sum / bands;
      loudest = levels[frame] > levels[loudest] || frame == earliest ? frame : loudest;
    }
    float least = levels[loudest] - fall;
    int start = reach(levels, loudest, -1, earliest, least);
    int end = reach(levels, loudest, 1, latest, least);
    return new WordSpan(firstFrame + start, firstFrame + end, decidedFrame);
  }

  private static int reach(float[] levels, int from, int step, int limit, float least) {
    int reached = from;
    for (int frame = from; frame != limit + step; frame += step) {
      if (levels[frame] >= least) {
        reached = frame;
      } else if (Math.abs(frame - reached) > LONGEST_PAUSE_FRAMES) {
        break;
      }
    }
    return reached;
  }
}
