package org.digitstream.training.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.digitstream.inference.spotting.Detection;
import org.digitstream.training.corpus.HeldOut;
import org.digitstream.training.corpus.Utterance;

/**
 * What a model made of one recording, which was a stream of its own.
 *
 * <p>The recognizer runs once with a threshold of 0. Its <em>candidate</em> is the most confident
 * digit of all that it then reports, the earlier one of two that are equally confident; there is
 * none where it reports nothing. What is <em>heard</em> is what the stream as shipped reports: the
 * digits whose confidence reaches the model's threshold, in order.
 *
 * @param corpus name of the corpus
 * @param speaker who speaks, unique together with the corpus
 * @param recording name of the recording, unique together with corpus and speaker
 * @param kind what sort of recording
 * @param officialTest whether it belongs to the official test split of FSDD
 * @param noiseDb signal-to-noise ratio of the noise that was mixed in, in dB; {@link #CLEAN} where
 *     none was
 * @param said the digits that are said, such as {@code 7}; empty for other words
 * @param heard the digits that the stream reports, such as {@code 7}; may be empty
 * @param candidate the candidate digit, 0 to 9, or {@link DigitAlignment#NONE}
 * @param confidence of the candidate, 0 to 1; 0 where there is none
 */
public record Answer(
    String corpus,
    String speaker,
    String recording,
    Utterance.Kind kind,
    boolean officialTest,
    double noiseDb,
    String said,
    String heard,
    int candidate,
    float confidence) {
  /** The signal-to-noise ratio where no noise was mixed in. */
  public static final double CLEAN = Double.POSITIVE_INFINITY;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public Answer {
    if (candidate < DigitAlignment.NONE || candidate > 9) {
      throw new IllegalArgumentException("candidate " + candidate + " is not within -1..9");
    }
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence " + confidence + " is not within 0..1");
    }
    if (Double.isNaN(noiseDb) || noiseDb == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException("noiseDb " + noiseDb + " is no level of noise");
    }
    if (isDigit(kind) && said.length() != 1) {
      throw new IllegalArgumentException("'" + said + "' is said where there is one digit");
    }
  }

  /**
   * The answer to a recording.
   *
   * @param utterance the recording
   * @param noiseDb see the record
   * @param candidates what the recognizer reports with a threshold of 0
   * @param heard the digits that the stream reports
   */
  public static Answer of(
      Utterance utterance, double noiseDb, List<Detection> candidates, String heard) {
    Optional<Detection> best = candidates.stream().reduce((a, b) -> moreConfident(a, b));
    return new Answer(
        utterance.corpus(),
        utterance.speaker(),
        utterance.name(),
        utterance.kind(),
        HeldOut.isFsddTest(utterance),
        noiseDb,
        utterance.transcript(),
        heard,
        best.map(Detection::digit).orElse(DigitAlignment.NONE),
        best.map(Detection::confidence).orElse(0f));
  }

  private static Detection moreConfident(Detection earlier, Detection later) {
    return later.confidence() > earlier.confidence() ? later : earlier;
  }

  private static boolean isDigit(Utterance.Kind kind) {
    return kind == Utterance.Kind.ISOLATED_DIGIT || kind == Utterance.Kind.CUT_DIGIT;
  }

  /** The corpus and the speaker, which together are one person. */
  public String person() {
    return corpus + "/" + speaker;
  }

  /** Names the recording and the noise in it: no two answers of a sheet have the same. */
  public String key() {
    return person() + "/" + recording + (isClean() ? "" : " at " + noiseDb + " dB");
  }

  /** Whether the recording is of one digit alone, recorded so or cut out of a sentence. */
  public boolean isDigit() {
    return isDigit(kind);
  }

  /** Whether the recording is of words that are no digits. */
  public boolean isOtherWords() {
    return kind == Utterance.Kind.OTHER_WORDS;
  }

  /** Whether no noise was mixed in. */
  public boolean isClean() {
    return noiseDb == CLEAN;
  }

  /** Whether there is a candidate. */
  public boolean hasCandidate() {
    return candidate != DigitAlignment.NONE;
  }

  /** Whether the candidate is the one digit that is said: right in the closed set of digits. */
  public boolean isRight() {
    return hasCandidate() && said.equals(Integer.toString(candidate));
  }

  /** Whether the stream reports what is said, and nothing else. */
  public boolean isRightAtThreshold() {
    return heard.equals(said);
  }

  /** The digits of some detections as a string. */
  static String digits(List<Detection> detections) {
    return detections.stream()
        .sorted(Comparator.comparingLong(Detection::index))
        .map(detection -> Integer.toString(detection.digit()))
        .collect(Collectors.joining());
  }
}
