package org.digitstream.training.continuous;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What models heard in passages. As text it is JSON lines: a line on each {@link Part}, then one
 * for each passage; so sheets of one sample rate that are written one behind the other are one
 * sheet. {@code docs/evaluation.md} describes the fields.
 *
 * @param parts one or more
 */
public record StreamSheet(List<Part> parts) {
  /**
   * What one model heard.
   *
   * @param model its id
   * @param threshold the least confidence that counts, 0 to 1
   * @param sampleRateHz of the passages
   * @param fold the fold whose people were listened to, or empty
   * @param hearings what was heard in each passage, at a threshold of 0
   */
  public record Part(
      String model, float threshold, int sampleRateHz, String fold, List<Hearing> hearings) {
    /**
     * Copies the hearings.
     *
     * @throws IllegalArgumentException quoting what is out of its bounds
     */
    public Part {
      hearings = List.copyOf(hearings);
      if (!(threshold >= 0 && threshold <= 1)) {
        throw new IllegalArgumentException("threshold " + threshold + " is not within 0..1");
      }
      if (sampleRateHz < 1) {
        throw new IllegalArgumentException("sampleRateHz " + sampleRateHz + " is not positive");
      }
    }

    /** The same with another threshold. */
    public Part withThreshold(float other) {
      return new Part(model, other, sampleRateHz, fold, hearings);
    }
  }

  /**
   * Checks that the parts belong together.
   *
   * @throws IllegalArgumentException naming a passage that is in them twice, a person who is in two
   *     of them, or two rates
   */
  public StreamSheet {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("there is nothing in it that was heard");
    }
    Set<String> passages = new HashSet<>();
    Map<String, Integer> people = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      int number = i;
      Part part = parts.get(i);
      if (part.sampleRateHz != parts.get(0).sampleRateHz) {
        throw new IllegalArgumentException(
            "passages of "
                + parts.get(0).sampleRateHz
                + " and of "
                + part.sampleRateHz
                + " Hz are no one sheet");
      }
      for (Hearing hearing : part.hearings) {
        Transcript passage = hearing.transcript();
        if (!passages.add(passage.key())) {
          throw new IllegalArgumentException(
              passage.key() + " is heard twice: a merge takes each passage once");
        }
        if (!passage.person().equals(Transcript.NOBODY)
            && people.computeIfAbsent(passage.person(), any -> number) != number) {
          throw new IllegalArgumentException(
              passage.person() + " is in two of the parts: a merge takes each person once");
        }
      }
    }
  }

  /** Several sheets as one. */
  public static StreamSheet merge(List<StreamSheet> sheets) {
    return new StreamSheet(sheets.stream().flatMap(sheet -> sheet.parts.stream()).toList());
  }

  /** Of all passages, in samples a second. */
  public int sampleRateHz() {
    return parts.get(0).sampleRateHz;
  }

  /** All that was heard, however unsure. */
  public List<Hearing> hearings() {
    return parts.stream().flatMap(part -> part.hearings.stream()).toList();
  }

  /** What was heard at each part's own threshold. */
  public List<Hearing> hearingsAtThreshold() {
    return parts.stream()
        .flatMap(part -> part.hearings.stream().map(hearing -> hearing.atLeast(part.threshold)))
        .toList();
  }

  /** The sheet as JSON lines. */
  public Stream<String> lines() {
    return parts.stream()
        .flatMap(
            part ->
                Stream.concat(
                    Stream.of(json(part)),
                    part.hearings.stream()
                        .map(hearing -> PassageJson.of(hearing, part.sampleRateHz).toString())));
  }

  private static String json(Part part) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", part.model)
        .put("threshold", part.threshold)
        .put("sampleRateHz", part.sampleRateHz)
        .put("fold", part.fold);
    return json.toString();
  }

  /**
   * The sheet that {@link #lines()} wrote.
   *
   * @throws IllegalArgumentException quoting a line that is none of a sheet
   */
  public static StreamSheet parse(List<String> lines) {
    List<Part> parts = new ArrayList<>();
    List<Hearing> hearings = new ArrayList<>();
    JsonNode head = null;
    for (String line : lines) {
      JsonNode json = PassageJson.object(line);
      try {
        if (json.has("model")) {
          if (head != null) {
            parts.add(part(head, hearings));
          }
          head = json;
          hearings.clear();
        } else if (head == null) {
          throw new IllegalArgumentException("there is no line before it on the model");
        } else {
          hearings.add(
              new Hearing(PassageJson.transcript(json), PassageJson.detections(json, "heard")));
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("'" + line + "': " + e.getMessage(), e);
      }
    }
    if (head != null) {
      parts.add(part(head, hearings));
    }
    return new StreamSheet(parts);
  }

  private static Part part(JsonNode json, List<Hearing> hearings) {
    return new Part(
        json.path("model").asText(),
        (float) json.path("threshold").asDouble(),
        json.path("sampleRateHz").asInt(),
        json.path("fold").asText(),
        hearings);
  }
}
