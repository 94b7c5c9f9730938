package org.digitstream.inference.spotting;

import java.util.Arrays;
import org.digitstream.inference.model.Window;

/**
 * The last frames of a stream, by absolute index, in a ring of whole blocks. Frames before the
 * stream's beginning, or before the end of a gap, are silence.
 */
final class FrameWindow {
  private final int bands;
  private final int blockFrames;
  private final int capacityFrames;
  private final float silence;
  private final float[] ring;
  private long segmentStart;
  private long nextFrame;

  FrameWindow(int bands, int blockFrames, int blocks, float silence) {
    this.bands = bands;
    this.blockFrames = blockFrames;
    this.capacityFrames = blockFrames * blocks;
    this.silence = silence;
    this.ring = new float[capacityFrames * bands];
  }

  long nextFrame() {
    return nextFrame;
  }

  long segmentStart() {
    return segmentStart;
  }

  /** Goes to a frame before which nothing is known. */
  void startSegment(long frame) {
    segmentStart = frame;
    nextFrame = frame;
  }

  void append(float[] values, int offset) {
    System.arraycopy(values, offset, ring, place(nextFrame), bands);
    nextFrame++;
  }

  void appendSilence() {
    int place = place(nextFrame);
    Arrays.fill(ring, place, place + bands, silence);
    nextFrame++;
  }

  /** The {@code frames} frames before {@link #nextFrame()}, in order. */
  float[] last(int frames) {
    return frames(nextFrame - frames, frames);
  }

  /** The same, to be read before the next frame comes. */
  Window lastAsWindow(int frames) {
    return windowBefore(nextFrame, frames);
  }

  /** The {@code frames} frames before one, to be read before the next frame comes. */
  Window windowBefore(long end, int frames) {
    return new Window() {
      @Override
      public int frames() {
        return frames;
      }

      @Override
      public int bands() {
        return bands;
      }

      @Override
      public void copyLast(int count, float[] target) {
        copy(end - count, count, target);
      }
    };
  }

  /** Some frames from {@code first} on, in order; the last capacity of blocks holds them. */
  float[] frames(long first, int frames) {
    float[] window = new float[frames * bands];
    copy(first, frames, window);
    return window;
  }

  private void copy(long first, int frames, float[] target) {
    for (int i = 0; i < frames; i++) {
      long frame = first + i;
      if (frame < segmentStart) {
        Arrays.fill(target, i * bands, (i + 1) * bands, silence);
      } else {
        System.arraycopy(ring, place(frame), target, i * bands, bands);
      }
    }
  }

  /** The frames of a block that have come. */
  FrameBlock block(long index) {
    long first = index * blockFrames;
    int frames = (int) Math.min(blockFrames, nextFrame - first);
    float[] values = new float[frames * bands];
    System.arraycopy(ring, place(first), values, 0, values.length);
    return new FrameBlock(index, values);
  }

  /** Puts the frames of a block back in their place. */
  void restore(long index, float[] values) {
    System.arraycopy(values, 0, ring, place(index * blockFrames), values.length);
  }

  void restorePosition(long segmentStart, long nextFrame) {
    this.segmentStart = segmentStart;
    this.nextFrame = nextFrame;
  }

  private int place(long frame) {
    return (int) Math.floorMod(frame, (long) capacityFrames) * bands;
  }
}
