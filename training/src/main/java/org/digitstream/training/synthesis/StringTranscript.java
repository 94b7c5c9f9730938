package org.digitstream.training.synthesis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** What is said in a string, as a line of a {@code transcripts.jsonl}. */
final class StringTranscript {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private StringTranscript() {}

  /**
   * The line, without its end.
   *
   * @param places of the words, in a recording without its margin
   * @param marginSamples what the recording has before them
   */
  static String line(
      SpokenString string, List<WordAlignment.Place> places, int marginSamples, int sampleRateHz) {
    ObjectNode line = MAPPER.createObjectNode();
    line.put("file", string.file());
    line.put("speaker", string.voice().name());
    line.put("text", string.text().toUpperCase(Locale.ROOT));
    ArrayNode digits = line.putArray("digits");
    for (int i = 0; i < places.size(); i++) {
      WordAlignment.Place place = places.get(i);
      digits
          .addObject()
          .put("digit", label(string.words().get(i)))
          .put("startSeconds", seconds(place.startSample() + marginSamples, sampleRateHz))
          .put("endSeconds", seconds(place.endSample() + marginSamples, sampleRateHz));
    }
    return line.toString();
  }

  private static String label(String word) {
    int digit = SynthesisPlan.DIGITS.indexOf(word);
    return digit < 0 ? word : Integer.toString(digit);
  }

  private static double seconds(int samples, int sampleRateHz) {
    return Math.round(1000.0 * samples / sampleRateHz) / 1000.0;
  }
}
