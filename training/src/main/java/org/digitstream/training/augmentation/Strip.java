package org.digitstream.training.augmentation;

import java.util.ArrayList;
import java.util.List;
import org.digitstream.inference.model.ModelBundle;

/**
 * One scene to learn from.
 *
 * @param samples 16-bit audio
 * @param classes for each sample the class of what is said there, or {@link #UNKNOWN}
 * @param others where other words than digits are, as far as they were put there one by one
 */
@SuppressWarnings("ArrayRecordComponent") // large, made once, read by one thread
public record Strip(short[] samples, byte[] classes, List<Span> others) {
  /** What is said is not certain: it is not learned from. */
  public static final byte UNKNOWN = -1;

  /** The class of everything that is no digit. */
  public static final byte NOT_A_DIGIT = (byte) ModelBundle.LABELS.indexOf(ModelBundle.NOT_A_DIGIT);

  /**
   * A digit in the scene.
   *
   * @param digit 0 to 9
   * @param startSample the first sample that is certainly of it
   * @param endSample the sample after the last one that certainly is
   */
  public record Word(int digit, int startSample, int endSample) {}

  /**
   * A stretch of speech.
   *
   * @param startSample its first sample; may lie before the scene
   * @param endSample the sample after its last one; may lie after the scene
   */
  public record Span(int startSample, int endSample) {}

  /** The class at a sample; what is beyond the end is as at the end. */
  public byte classAt(int sample) {
    return classes[Math.min(sample, classes.length - 1)];
  }

  /** The digits of which the scene holds the end, in order. */
  public List<Word> words() {
    List<Word> words = new ArrayList<>();
    int start = 0;
    for (int i = 1; i < classes.length; i++) {
      if (classes[i] != classes[i - 1]) {
        byte ended = classes[i - 1];
        if (ended != UNKNOWN && ended != NOT_A_DIGIT) {
          words.add(new Word(ended, start, i));
        }
        start = i;
      }
    }
    return words;
  }
}
