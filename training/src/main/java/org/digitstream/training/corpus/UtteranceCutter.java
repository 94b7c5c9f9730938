package org.digitstream.training.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Makes utterances of samples and what is known of them. Any thread. */
final class UtteranceCutter {
  /** Between the name of a sentence and the first sample of a digit that is cut out of it. */
  static final String PLACE_MARK = "#";

  /** Where recordings of zero lie that are said "oh". */
  private static final Pattern OH_FOLDER = Pattern.compile("(.*/)?oh/[^/]*");

  private static final int SHORTEST_WORD_MILLIS = 60;
  private static final int CUT_MARGIN_MILLIS = 40;
  private static final int SHORTEST_CUT_MILLIS = 150;

  private final int sampleRateHz;

  UtteranceCutter(int sampleRateHz) {
    this.sampleRateHz = sampleRateHz;
  }

  /**
   * One word.
   *
   * @throws IllegalArgumentException where there is none in it
   */
  Utterance word(CorpusLayout.Word word, short[] samples) {
    WordEndpoints ends = WordEndpoints.find(samples, sampleRateHz);
    if (ends.endSample() - ends.startSample() < sampleRateHz * SHORTEST_WORD_MILLIS / 1000) {
      throw new IllegalArgumentException("no word in it");
    }
    boolean digit = word.name().digit().isPresent();
    List<SpokenDigit> digits =
        digit
            ? List.of(
                new SpokenDigit(
                    word.name().digit().getAsInt(),
                    ends.startSample(),
                    ends.endSample(),
                    OH_FOLDER.matcher(word.path()).matches()))
            : List.of();
    return new Utterance(
        word.corpus(),
        word.name().speaker(),
        fileName(word),
        digit ? Utterance.Kind.ISOLATED_DIGIT : Utterance.Kind.OTHER_WORDS,
        samples,
        digits,
        ends.startSample(),
        ends.endSample());
  }

  /**
   * A sentence, and after it its digits one by one.
   *
   * @throws IllegalArgumentException where its transcript is impossible
   */
  List<Utterance> sentence(CorpusLayout.Sentence sentence, short[] samples) {
    JsonNode transcript = sentence.transcript();
    List<SpokenDigit> digits = new ArrayList<>();
    for (JsonNode digit : transcript.path("digits")) {
      int start = (int) (digit.path("startSeconds").asDouble() * sampleRateHz);
      int end = (int) (digit.path("endSeconds").asDouble() * sampleRateHz);
      digits.add(
          new SpokenDigit(
              digit.path("digit").asInt(),
              start,
              Math.max(start + 1, Math.min(end, samples.length)),
              digit.path("digit").asText().equals("oh")));
    }
    WordEndpoints speech = WordEndpoints.find(samples, sampleRateHz);
    Utterance whole =
        new Utterance(
            sentence.corpus(),
            transcript.path("speaker").asText(),
            fileName(sentence.path()),
            kind(transcript, digits),
            samples,
            digits,
            speech.startSample(),
            speech.endSample());
    List<Utterance> utterances = new ArrayList<>();
    utterances.add(whole);
    utterances.addAll(cutDigits(whole));
    return utterances;
  }

  /** The text names a word for each digit; a transcript without a text may hold anything. */
  private static Utterance.Kind kind(JsonNode transcript, List<SpokenDigit> digits) {
    String text = transcript.path("text").asText().strip();
    boolean digitsOnly = !digits.isEmpty() && text.split("\\s+").length == digits.size();
    return digitsOnly && !text.isEmpty() ? Utterance.Kind.DIGIT_STRING : Utterance.Kind.SENTENCE;
  }

  /**
   * The digits of a sentence one by one: nowhere else do so many people say the rarer ones. A
   * little of what stands beside each is left, since the times are not exact.
   */
  private List<Utterance> cutDigits(Utterance sentence) {
    int margin = sampleRateHz * CUT_MARGIN_MILLIS / 1000;
    int shortest = sampleRateHz * SHORTEST_CUT_MILLIS / 1000;
    List<Utterance> cut = new ArrayList<>();
    for (SpokenDigit digit : sentence.digits()) {
      int from = Math.max(0, digit.startSample() - margin);
      int to = Math.min(sentence.samples().length, digit.endSample() + margin);
      if (digit.endSample() - digit.startSample() < shortest || to <= digit.endSample()) {
        continue;
      }
      SpokenDigit alone =
          new SpokenDigit(
              digit.digit(), digit.startSample() - from, digit.endSample() - from, digit.oh());
      cut.add(
          new Utterance(
              sentence.corpus(),
              sentence.speaker(),
              sentence.name() + PLACE_MARK + digit.startSample(),
              Utterance.Kind.CUT_DIGIT,
              Arrays.copyOfRange(sentence.samples(), from, to),
              List.of(alone),
              alone.startSample(),
              alone.endSample()));
    }
    return cut;
  }

  /** In a word folder with the folder's name before it, since every folder has the same ones. */
  private static String fileName(CorpusLayout.Word word) {
    String name = fileName(word.path());
    return Listing.isOfWordFolder(name) ? word.name().label() + "/" + name : name;
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
