package org.digitstream.standalone.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.digitstream.contract.DigitEvent;

/**
 * Digits as lines of JSON with all that two runs must agree on and nothing else: no stream id and
 * no time. Two runs over the same files agree exactly when their lines are equal. Floats are
 * written with the fewest digits that read back to the same bits.
 */
public final class EventLines {
  private record Line(
      String file,
      long index,
      int digit,
      long startSample,
      long endSample,
      float confidence,
      List<DigitEvent.RunnerUp> runnersUp,
      String modelId) {}

  private EventLines() {}

  /** The lines, sorted by file; a file's digits in the order given. */
  public static List<String> of(Map<String, List<DigitEvent>> digitsByFile) {
    JsonMapper mapper = JsonMapper.builder().build();
    List<String> lines = new ArrayList<>();
    new TreeMap<>(digitsByFile)
        .forEach(
            (file, digits) -> {
              for (DigitEvent digit : digits) {
                lines.add(line(mapper, file, digit));
              }
            });
    return lines;
  }

  private static String line(JsonMapper mapper, String file, DigitEvent event) {
    try {
      return mapper.writeValueAsString(
          new Line(
              file,
              event.index(),
              event.digit(),
              event.startSample(),
              event.endSample(),
              event.confidence(),
              event.runnersUp(),
              event.modelId()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a validated event could not be written as JSON", e);
    }
  }
}
