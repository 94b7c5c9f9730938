package org.digitstream.standalone.replay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.digitstream.training.evaluation.ConfusionMatrix;
import org.digitstream.training.evaluation.DigitAlignment;
import org.digitstream.training.evaluation.DigitScore;

/**
 * What a replay found, as {@code --report} writes it. Only recordings with a transcript are scored.
 *
 * @param files number of recordings that went through
 * @param digits number of digits that were said
 * @param correct number of digits that were heard as they were said
 * @param substitutions number of digits for which another one was heard
 * @param insertions number of digits that were heard though nothing was said
 * @param deletions number of digits that were said and not heard
 * @param digitErrorRate errors for each digit that was said, 0 to 1
 * @param stringErrorRate the fraction of scored recordings with an error, 0 to 1
 * @param latencyMillis from the end of a word to its event; null unless in real time
 * @param audioSeconds length of the audio that went through
 * @param wallSeconds how long that took, from the first chunk to the last event
 * @param speedFactor audio seconds for each second that went by
 * @param modelId identifies the model and the engine; null if nothing went through
 * @param unlabelled number of recordings without a transcript
 * @param incomplete recordings whose stream did not end in time
 * @param unreadable recordings that could not be read
 * @param perFile each recording, sorted by file
 */
@JsonPropertyOrder({
  "files",
  "digits",
  "correct",
  "substitutions",
  "insertions",
  "deletions",
  "digitErrorRate",
  "stringErrorRate",
  "latencyMillis",
  "audioSeconds",
  "wallSeconds",
  "speedFactor",
  "modelId",
  "unlabelled",
  "incomplete",
  "unreadable",
  "perFile"
})
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReplayReport(
    int files,
    int digits,
    int correct,
    int substitutions,
    int insertions,
    int deletions,
    double digitErrorRate,
    double stringErrorRate,
    LatencyMillis latencyMillis,
    double audioSeconds,
    double wallSeconds,
    double speedFactor,
    String modelId,
    int unlabelled,
    List<String> incomplete,
    List<Unreadable> unreadable,
    List<PerFile> perFile) {

  /**
   * One recording.
   *
   * @param file its path
   * @param expected the digits that are said in it; null where that is not known
   * @param recognized the digits that were heard; empty where nothing was
   */
  public record PerFile(String file, String expected, String recognized) {}

  /**
   * A recording that could not be read.
   *
   * @param file its path
   * @param reason what is wrong with it
   */
  public record Unreadable(String file, String reason) {}

  /**
   * Scores a replay.
   *
   * @param perFile each recording that went through, in any order
   * @param unreadable each recording that could not be read
   * @param incomplete each recording whose stream did not end
   * @param latencyMillis null unless in real time
   * @param audioSeconds length of the audio that went through
   * @param wallSeconds how long that took
   * @param modelId identifies the model and the engine; null if nothing went through
   */
  public static ReplayReport of(
      List<PerFile> perFile,
      List<Unreadable> unreadable,
      List<String> incomplete,
      LatencyMillis latencyMillis,
      double audioSeconds,
      double wallSeconds,
      String modelId) {
    List<PerFile> sorted = new ArrayList<>(perFile);
    sorted.sort(Comparator.comparing(PerFile::file));
    List<DigitAlignment> alignments = alignments(sorted);
    DigitScore score = DigitScore.of(alignments);
    return new ReplayReport(
        sorted.size(),
        score.digits(),
        score.correct(),
        score.substitutions(),
        score.insertions(),
        score.deletions(),
        score.digitErrorRate(),
        score.stringErrorRate(),
        latencyMillis,
        rounded(audioSeconds),
        rounded(wallSeconds),
        wallSeconds > 0 ? rounded(audioSeconds / wallSeconds) : 0,
        modelId,
        sorted.size() - alignments.size(),
        List.copyOf(incomplete),
        List.copyOf(unreadable),
        List.copyOf(sorted));
  }

  private static List<DigitAlignment> alignments(List<PerFile> files) {
    return files.stream()
        .filter(file -> file.expected() != null)
        .map(file -> DigitAlignment.of(file.expected(), file.recognized()))
        .toList();
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** How often each digit was heard as which. */
  public ConfusionMatrix confusionMatrix() {
    return ConfusionMatrix.of(alignments(perFile));
  }

  /** Whether every recording was read and its stream ended. */
  @JsonIgnore
  public boolean isComplete() {
    return unreadable.isEmpty() && incomplete.isEmpty();
  }

  /** Whether it is complete and every digit was heard as it was said. */
  @JsonIgnore
  public boolean isPerfect() {
    return isComplete() && stringErrorRate == 0;
  }

  /** The report as JSON for a file. */
  public String toJson() {
    try {
      return JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(this)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report could not be written as JSON", e);
    }
  }
}
