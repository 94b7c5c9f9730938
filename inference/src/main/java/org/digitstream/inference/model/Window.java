package org.digitstream.inference.model;

/**
 * The log-mel frames of one window, to be read while a call lasts: who keeps a stream's frames
 * anyway need not copy all of them for somebody who looks at the last ones. One thread at a time.
 */
public interface Window {
  /** How many frames there are. */
  int frames();

  /** How many values each has. */
  int bands();

  /**
   * Copies the last frames.
   *
   * @param count how many, 0 to {@link #frames()}
   * @param target takes {@code target[frame * bands + band]} from its beginning on
   */
  void copyLast(int count, float[] target);

  /**
   * A window over an array, which is not copied.
   *
   * @param values {@code values[frame * bands + band]}
   */
  static Window of(float[] values, int bands) {
    return new Window() {
      @Override
      public int frames() {
        return values.length / bands;
      }

      @Override
      public int bands() {
        return bands;
      }

      @Override
      public void copyLast(int count, float[] target) {
        System.arraycopy(values, values.length - count * bands, target, 0, count * bands);
      }
    };
  }

  /** All frames, in an array of their own: {@code values[frame * bands + band]}. */
  default float[] values() {
    float[] values = new float[frames() * bands()];
    copyLast(frames(), values);
    return values;
  }
}
