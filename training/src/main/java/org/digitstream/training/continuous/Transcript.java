package org.digitstream.training.continuous;

import java.util.List;

/**
 * What there is to hear in a passage, without its sound.
 *
 * @param condition what sort of passage it is, for people
 * @param person {@code corpus/speaker}, or {@link #NOBODY}
 * @param name unique together with condition and person
 * @param samples how long it is, at least 1
 * @param said the digits in it, in order of time
 * @param otherWords where recordings of other words are in it, in order of time
 */
public record Transcript(
    String condition,
    String person,
    String name,
    long samples,
    List<TimedDigit> said,
    List<OtherWord> otherWords) {
  /** The person of a passage in which nobody speaks or nobody is named. */
  public static final String NOBODY = "-";

  /**
   * A recording of words that are no digits.
   *
   * @param startSample its first sample
   * @param endSample the sample after its last one
   */
  public record OtherWord(long startSample, long endSample) {
    /**
     * Checks the span.
     *
     * @throws IllegalArgumentException where it holds no samples
     */
    public OtherWord {
      if (startSample < 0 || endSample <= startSample) {
        throw new IllegalArgumentException(
            "other words span no samples: " + startSample + ".." + endSample);
      }
    }

    private long distanceTo(long sample) {
      return Math.max(0, Math.max(startSample - sample, sample - endSample));
    }
  }

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException where it has no samples, or both digits and other words
   */
  public Transcript {
    said = List.copyOf(said);
    otherWords = List.copyOf(otherWords);
    if (samples < 1) {
      throw new IllegalArgumentException("a passage has " + samples + " samples, not at least 1");
    }
    if (!said.isEmpty() && !otherWords.isEmpty()) {
      throw new IllegalArgumentException(
          "a passage with " + said.size() + " digits and other words: what is heard would be both");
    }
  }

  /** Names the passage among all. */
  public String key() {
    return condition + ": " + person + "/" + name;
  }

  /**
   * Which of the other words was taken for a digit: the one that is nearest to the digit's middle.
   *
   * @return its index, or -1 where there are none
   */
  int takenBy(TimedDigit heard) {
    long middle = (heard.startSample() + heard.endSample()) / 2;
    int nearest = -1;
    for (int i = 0; i < otherWords.size(); i++) {
      if (nearest < 0
          || otherWords.get(i).distanceTo(middle) < otherWords.get(nearest).distanceTo(middle)) {
        nearest = i;
      }
    }
    return nearest;
  }
}
