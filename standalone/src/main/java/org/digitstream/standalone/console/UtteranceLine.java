package org.digitstream.standalone.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.digitstream.contract.utterance.Utterance;

/** An utterance as one line, for people or for programs. */
public final class UtteranceLine {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private UtteranceLine() {}

  /**
   * The string below the column of its digits, how sure it is, and its place in the stream: {@code
   * " = 5551234 94 % 0:01.30 to 0:04.02"}.
   *
   * @param coloured whether to print the string in bold
   */
  public static String of(Utterance utterance, boolean coloured) {
    double rate = utterance.sampleRateHz();
    return String.format(
        Locale.ROOT,
        "        = %s  %.0f %%  %s to %s",
        coloured ? "\u001B[1;36m" + utterance.digits() + "\u001B[0m" : utterance.digits(),
        utterance.confidence() * 100,
        DigitLine.time(utterance.startSample() / rate).strip(),
        DigitLine.time(utterance.endSample() / rate).strip());
  }

  /** All of it as JSON, with {@code "type":"utterance"}. */
  public static String json(Utterance utterance) {
    ObjectNode node = JSON.createObjectNode().put("type", "utterance");
    node.setAll((ObjectNode) JSON.valueToTree(utterance));
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an utterance could not be written as JSON", e);
    }
  }
}
