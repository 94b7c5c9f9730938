package org.digitstream.training.continuous;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.digitstream.inference.spotting.Detection;

/** Passages and what was heard in them as lines of JSON. */
final class PassageJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PassageJson() {}

  /** A line as an object. */
  static JsonNode object(String line) {
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

  static ObjectNode of(Transcript passage) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("condition", passage.condition())
        .put("person", passage.person())
        .put("passage", passage.name())
        .put("samples", passage.samples());
    ArrayNode said = json.putArray("said");
    for (TimedDigit digit : passage.said()) {
      span(said.addObject().put("digit", digit.digit()), digit.startSample(), digit.endSample());
    }
    ArrayNode otherWords = json.putArray("otherWords");
    for (Transcript.OtherWord word : passage.otherWords()) {
      span(otherWords.addObject(), word.startSample(), word.endSample());
    }
    return json;
  }

  private static ObjectNode span(ObjectNode json, long startSample, long endSample) {
    return json.put("startSample", startSample).put("endSample", endSample);
  }

  /** A passage, what was heard in it, and of each digit whether it was right. */
  static ObjectNode of(Hearing hearing, int sampleRateHz) {
    ObjectNode json = of(hearing.transcript());
    List<TimedDigit> inOrder = new ArrayList<>();
    for (Detection digit : hearing.detections()) {
      inOrder.add(new TimedDigit(digit.digit(), digit.startSample(), digit.endSample()));
    }
    Set<TimedDigit> right = Collections.newSetFromMap(new IdentityHashMap<>());
    StreamScore.align(hearing.transcript(), inOrder, sampleRateHz).pairs().stream()
        .filter(TimedAlignment.Pair::isCorrect)
        .forEach(pair -> right.add(pair.heard()));
    ArrayNode heard = json.putArray("heard");
    for (int i = 0; i < inOrder.size(); i++) {
      Detection digit = hearing.detections().get(i);
      ObjectNode node =
          span(
                  heard.addObject().put("digit", digit.digit()),
                  digit.startSample(),
                  digit.endSample())
              .put("confidence", digit.confidence());
      if (digit.neededSample() != Hearing.NOT_TOLD) {
        node.put("neededSample", digit.neededSample());
      }
      node.put("right", right.contains(inOrder.get(i)));
    }
    return json;
  }

  static Transcript transcript(JsonNode json) {
    List<TimedDigit> said = new ArrayList<>();
    for (JsonNode digit : required(json, "said")) {
      said.add(
          new TimedDigit(
              required(digit, "digit").asInt(-1),
              required(digit, "startSample").asLong(),
              required(digit, "endSample").asLong()));
    }
    List<Transcript.OtherWord> otherWords = new ArrayList<>();
    for (JsonNode word : required(json, "otherWords")) {
      otherWords.add(
          new Transcript.OtherWord(
              required(word, "startSample").asLong(), required(word, "endSample").asLong()));
    }
    return new Transcript(
        required(json, "condition").asText(),
        required(json, "person").asText(),
        required(json, "passage").asText(),
        required(json, "samples").asLong(),
        said,
        otherWords);
  }

  /** What was heard; a confidence that is not told is 1. */
  static List<Detection> detections(JsonNode json, String field) {
    List<Detection> detections = new ArrayList<>();
    for (JsonNode heard : required(json, field)) {
      TimedDigit digit =
          new TimedDigit(
              required(heard, "digit").asInt(-1),
              required(heard, "startSample").asLong(),
              required(heard, "endSample").asLong());
      detections.add(
          new Detection(
              detections.size(),
              digit.digit(),
              digit.startSample(),
              digit.endSample(),
              (float) heard.path("confidence").asDouble(1),
              List.of(),
              heard.path("neededSample").asLong(Hearing.NOT_TOLD)));
    }
    return detections;
  }

  static JsonNode required(JsonNode json, String field) {
    if (!json.hasNonNull(field)) {
      throw new IllegalArgumentException("it has no field " + field);
    }
    return json.get(field);
  }
}
