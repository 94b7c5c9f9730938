package org.digitstream.inference.spotting;

/**
 * Where a word is.
 *
 * @param firstFrame its first frame
 * @param lastFrame its last one
 * @param decidedFrame the frame at which this was decided, at or after the last one
 */
record WordSpan(long firstFrame, long lastFrame, long decidedFrame) {
  long frames() {
    return lastFrame - firstFrame + 1;
  }
}
