package org.digitstream.dashboards.live;

import java.util.List;
import org.digitstream.contract.DigitEvent.RunnerUp;

/** Something that came to pass in a stream. */
public sealed interface Happening {
  /** The stream. */
  String stream();

  /**
   * A digit was heard.
   *
   * @param stream the stream
   * @param index counts the stream's digits from 0
   * @param utterance index of the first digit of the utterance that it is of
   * @param digit 0 to 9
   * @param startSample first sample of the word
   * @param endSample sample after the word's last one
   * @param confidence 0 to 1
   * @param runnersUp the next digits, best first
   * @param model the model and its engine
   * @param latencyMillis from the end of the word until it was known here; null where clocks do not
   *     tell
   */
  record Digit(
      String stream,
      long index,
      long utterance,
      int digit,
      long startSample,
      long endSample,
      float confidence,
      List<RunnerUp> runnersUp,
      String model,
      Long latencyMillis)
      implements Happening {}

  /**
   * An utterance is complete. One that goes on after all is told of again, with the same first
   * digit.
   *
   * @param stream the stream
   * @param first index of its first digit
   * @param digits all of its digits, such as {@code 5551234}
   * @param startSample first sample of its words
   * @param endSample sample after the last one of its words
   * @param confidence see {@link org.digitstream.contract.utterance.Utterance#confidence}
   */
  record Utterance(
      String stream, long first, String digits, long startSample, long endSample, double confidence)
      implements Happening {}

  /** Audio is missing between two samples. */
  record Gap(String stream, long fromSample, long toSample) implements Happening {}

  /** The stream ended, after so many digits and samples. */
  record End(String stream, long digits, long endSample) implements Happening {}
}
