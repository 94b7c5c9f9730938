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
 * @param digits the digits as they were put there
 * @param speech for each sample what sort of speech the recordings have there: {@link #QUIET},
 *     {@link #OTHER_SPEECH} or {@link #UNCERTAIN_SPEECH}; where a digit is, too
 */
@SuppressWarnings("ArrayRecordComponent") // large, made once, read by one thread
public record Strip(
    short[] samples, byte[] classes, List<Span> others, List<PlacedDigit> digits, byte[] speech) {
  /** No recording, or a quiet part of one. */
  public static final byte QUIET = 0;

  /** A loud part of a recording in which other words are said. */
  public static final byte OTHER_SPEECH = 1;

  /** A loud part of a recording of one digit: the digit, its edges, or a noise beside it. */
  public static final byte UNCERTAIN_SPEECH = 2;

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
   * A digit as it was put into the scene; it may overlap others, and reach beyond the scene.
   *
   * @param digit 0 to 9
   * @param oh whether it is a 0 that is said "oh"
   * @param startSample its first sample
   * @param endSample the sample after its last one
   * @param uncertainSamples how far both may be off
   */
  public record PlacedDigit(
      int digit, boolean oh, int startSample, int endSample, int uncertainSamples) {}

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
