package org.digitstream.training.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.digitstream.training.corpus.Utterance;

/**
 * Answers with what they come from. As text it is JSON lines: a line on each {@link Part}, then one
 * for each of its answers; so sheets that are written one behind the other are one sheet.
 *
 * <p>The line of a part has {@code model}, {@code threshold} and {@code fold} (the fold's name, or
 * empty). The line of an answer has {@code corpus}, {@code speaker}, {@code recording}, {@code
 * kind} ({@code isolated_digit}, {@code cut_digit}, {@code sentence} or {@code other_words}),
 * {@code split} ({@code test} in the official test split of FSDD, else absent), {@code noiseDb}
 * (absent without noise), {@code said}, {@code heard}, {@code candidate} and {@code confidence}
 * (both absent where there is no candidate), as in {@link Answer}.
 *
 * @param parts the parts
 */
public record AnswerSheet(List<Part> parts) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * The answers of one model.
   *
   * @param model its id
   * @param threshold its spotter's threshold, 0 to 1
   * @param calibrated whether its confidences went through a calibration
   * @param fold the fold whose people were asked, or empty
   * @param answers the answers
   */
  public record Part(
      String model, double threshold, boolean calibrated, String fold, List<Answer> answers) {
    /** Copies the answers. */
    public Part {
      answers = List.copyOf(answers);
    }
  }

  /**
   * Checks that no recording has two answers.
   *
   * @throws IllegalArgumentException naming a recording that has
   */
  public AnswerSheet {
    parts = List.copyOf(parts);
    Set<String> keys = new HashSet<>();
    for (Part part : parts) {
      for (Answer answer : part.answers) {
        if (!keys.add(answer.key())) {
          throw new IllegalArgumentException(
              answer.key() + " is answered twice: a merge takes each recording once");
        }
      }
    }
  }

  /** Several sheets as one. */
  public static AnswerSheet merge(List<AnswerSheet> sheets) {
    return new AnswerSheet(sheets.stream().flatMap(sheet -> sheet.parts.stream()).toList());
  }

  /** All answers. */
  public List<Answer> answers() {
    return parts.stream().flatMap(part -> part.answers.stream()).toList();
  }

  /** The sheet as JSON lines. */
  public Stream<String> lines() {
    return parts.stream()
        .flatMap(
            part ->
                Stream.concat(Stream.of(json(part)), part.answers.stream().map(AnswerSheet::json)));
  }

  private static String json(Part part) {
    return MAPPER
        .createObjectNode()
        .put("model", part.model)
        .put("threshold", part.threshold)
        .put("calibrated", part.calibrated)
        .put("fold", part.fold)
        .toString();
  }

  private static String json(Answer answer) {
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("corpus", answer.corpus())
            .put("speaker", answer.speaker())
            .put("recording", answer.recording())
            .put("kind", answer.kind().name().toLowerCase(Locale.ROOT));
    if (answer.officialTest()) {
      json.put("split", "test");
    }
    if (!answer.isClean()) {
      json.put("noiseDb", answer.noiseDb());
    }
    json.put("said", answer.said()).put("heard", answer.heard());
    if (answer.hasCandidate()) {
      json.put("candidate", answer.candidate()).put("confidence", answer.confidence());
    }
    return json.toString();
  }

  /**
   * The sheet that {@link #lines()} wrote.
   *
   * @throws IllegalArgumentException quoting a line that is none of a sheet
   */
  public static AnswerSheet parse(List<String> lines) {
    List<Part> parts = new ArrayList<>();
    List<Answer> answers = new ArrayList<>();
    JsonNode head = null;
    for (String line : lines) {
      JsonNode json = object(line);
      if (json.has("model")) {
        if (head != null) {
          parts.add(part(head, answers));
        }
        head = json;
        answers.clear();
      } else if (head == null) {
        throw new IllegalArgumentException("'" + line + "' has no line before it on the model");
      } else {
        try {
          answers.add(answer(json));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("'" + line + "' is no answer: " + e.getMessage(), e);
        }
      }
    }
    if (head == null) {
      throw new IllegalArgumentException("there are no answers in it");
    }
    parts.add(part(head, answers));
    return new AnswerSheet(parts);
  }

  private static JsonNode object(String line) {
    try {
      JsonNode json = MAPPER.readTree(line);
      if (json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("'" + line + "' is no JSON", e);
    }
    throw new IllegalArgumentException("'" + line + "' is no JSON object");
  }

  private static Part part(JsonNode json, List<Answer> answers) {
    return new Part(
        json.path("model").asText(),
        json.path("threshold").asDouble(),
        json.path("calibrated").asBoolean(),
        json.path("fold").asText(),
        answers);
  }

  private static Answer answer(JsonNode json) {
    return new Answer(
        required(json, "corpus"),
        required(json, "speaker"),
        required(json, "recording"),
        Utterance.Kind.valueOf(required(json, "kind").toUpperCase(Locale.ROOT)),
        json.path("split").asText().equals("test"),
        json.path("noiseDb").asDouble(Answer.CLEAN),
        required(json, "said"),
        required(json, "heard"),
        json.path("candidate").asInt(DigitAlignment.NONE),
        (float) json.path("confidence").asDouble(0));
  }

  private static String required(JsonNode json, String field) {
    if (!json.hasNonNull(field)) {
      throw new IllegalArgumentException("it has no field " + field);
    }
    return json.get(field).asText();
  }
}
