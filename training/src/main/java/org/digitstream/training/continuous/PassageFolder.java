package org.digitstream.training.continuous;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import org.digitstream.ingest.source.MonoWav;

/**
 * Passages as files, so that other recognizers can be asked the same: a WAV file for each, 16-bit
 * mono, and {@code passages.jsonl} with a line for each: {@code file}, {@code condition}, {@code
 * person}, {@code passage}, {@code sampleRateHz}, {@code samples}, {@code said} and {@code
 * otherWords}.
 *
 * <p>What another recognizer heard comes back as JSON lines: one with {@code model}, its name, and
 * one for each passage with {@code file} and {@code heard}, a list of {@code digit}, {@code
 * startSample}, {@code endSample} and, where it knows, {@code confidence}.
 *
 * @param path where the folder is
 */
public record PassageFolder(Path path) {
  private static final String LIST = "passages.jsonl";

  private record Entry(String file, int sampleRateHz, Transcript transcript) {}

  /**
   * Writes passages.
   *
   * @param passages all there are
   * @param sampleRateHz of the passages
   * @param done told how many are written so far; may throw to end the work
   * @throws IOException where a file cannot be written
   */
  public void write(List<Passage> passages, int sampleRateHz, IntConsumer done) throws IOException {
    Files.createDirectories(path);
    List<String> lines = new ArrayList<>();
    for (Passage passage : passages) {
      String file = file(lines.size(), passage.transcript());
      Files.write(path.resolve(file), MonoWav.bytes(passage.samples(), sampleRateHz));
      ObjectNode json = PassageJson.of(passage.transcript());
      json.put("file", file).put("sampleRateHz", sampleRateHz);
      lines.add(json.toString());
      done.accept(lines.size());
    }
    Files.write(path.resolve(LIST), lines);
  }

  private static String file(int number, Transcript passage) {
    String name =
        (passage.condition() + "-" + passage.person() + "-" + passage.name())
            .replaceAll("(?i)\\.wav", "")
            .replaceAll("[^A-Za-z0-9.-]+", "_");
    return String.format(Locale.ROOT, "%05d-%s.wav", number, name);
  }

  /**
   * What another recognizer heard in the passages that are in this folder.
   *
   * @param lines see above
   * @throws IllegalArgumentException where a passage has no answer or two, or quoting a line that
   *     is no answer
   * @throws IOException where the list of passages cannot be read
   */
  public StreamSheet answers(List<String> lines) throws IOException {
    Map<String, Entry> entries = entries();
    String model = null;
    Map<String, Hearing> hearings = new HashMap<>();
    for (String line : lines) {
      JsonNode json = PassageJson.object(line);
      try {
        if (json.has("model")) {
          model = json.get("model").asText();
          continue;
        }
        String file = PassageJson.required(json, "file").asText();
        Entry entry = entries.get(file);
        if (entry == null) {
          throw new IllegalArgumentException("there is no passage '" + file + "' in " + path);
        }
        Hearing hearing = new Hearing(entry.transcript, PassageJson.detections(json, "heard"));
        if (hearings.put(file, hearing) != null) {
          throw new IllegalArgumentException(file + " is answered twice");
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("'" + line + "': " + e.getMessage(), e);
      }
    }
    if (model == null) {
      throw new IllegalArgumentException("no line names the model");
    }
    List<Hearing> inOrder = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (!hearings.containsKey(entry.file)) {
        throw new IllegalArgumentException("there is no answer to " + entry.file);
      }
      inOrder.add(hearings.get(entry.file));
    }
    int sampleRateHz = entries.values().iterator().next().sampleRateHz;
    return new StreamSheet(List.of(new StreamSheet.Part(model, 0, sampleRateHz, "", inOrder)));
  }

  private Map<String, Entry> entries() throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (String line : Files.readAllLines(path.resolve(LIST))) {
      JsonNode json = PassageJson.object(line);
      Entry entry =
          new Entry(
              PassageJson.required(json, "file").asText(),
              PassageJson.required(json, "sampleRateHz").asInt(),
              PassageJson.transcript(json));
      entries.put(entry.file, entry);
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException(path.resolve(LIST) + " lists no passages");
    }
    return entries;
  }
}
