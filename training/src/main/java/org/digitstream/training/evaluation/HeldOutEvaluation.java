package org.digitstream.training.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.digitstream.training.corpus.Utterance;

/**
 * How a model does on recordings that it was not trained on, by person, as the stream would: each
 * recording is a stream of its own.
 *
 * @param rows one per corpus, person and kind of recording
 */
public record HeldOutEvaluation(List<Row> rows) {
  /**
   * One person.
   *
   * @param corpus name of the corpus
   * @param speaker who speaks
   * @param kind what sort of recordings
   * @param score of the strings that were said against those that were heard
   * @param heardDigits recordings in which a digit was heard, right or wrong
   */
  public record Row(
      String corpus, String speaker, Utterance.Kind kind, DigitScore score, int heardDigits) {
    Row plus(Row other) {
      return new Row(
          corpus, speaker, kind, score.plus(other.score), heardDigits + other.heardDigits);
    }
  }

  /** Copies the rows. */
  public HeldOutEvaluation {
    rows = List.copyOf(rows);
  }

  /**
   * Recognizes recordings and scores them.
   *
   * @param recognizer the model
   * @param utterances what to recognize
   * @param done told the number of recordings done so far
   */
  public static HeldOutEvaluation of(
      OfflineRecognizer recognizer, List<Utterance> utterances, IntConsumer done) {
    Map<String, Row> rows = new TreeMap<>();
    int count = 0;
    for (Utterance utterance : utterances) {
      String heard = recognizer.transcribe(utterance.samples());
      Row row =
          new Row(
              utterance.corpus(),
              utterance.speaker(),
              utterance.kind(),
              DigitScore.of(DigitAlignment.of(utterance.transcript(), heard)),
              heard.isEmpty() ? 0 : 1);
      rows.merge(utterance.person() + " " + utterance.kind(), row, Row::plus);
      done.accept(++count);
    }
    return new HeldOutEvaluation(List.copyOf(rows.values()));
  }

  /** The people of each corpus and kind together; the speaker is then {@code all}. */
  public List<Row> byCorpus() {
    Map<String, Row> merged = new TreeMap<>();
    for (Row row : rows) {
      Row all = new Row(row.corpus, "all", row.kind, row.score, row.heardDigits);
      merged.merge(row.corpus + " " + row.kind, all, Row::plus);
    }
    return List.copyOf(merged.values());
  }

  /** The person of a corpus and kind with the highest share of wrong strings. */
  public Optional<Row> worst(String corpus, Utterance.Kind kind) {
    return rows.stream()
        .filter(row -> row.corpus.equals(corpus) && row.kind == kind)
        .max(Comparator.comparingDouble(row -> row.score.stringErrorRate()));
  }
}
