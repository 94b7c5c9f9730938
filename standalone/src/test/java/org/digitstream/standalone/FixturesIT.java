package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundled recordings, in all their voices and formats, with the models that ship. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FixturesIT {
  private static final Path RECORDINGS = Path.of("src/main/resources/recordings");
  private static final Path TRANSCRIPTS = RECORDINGS.resolve("transcripts.tsv");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"words", "strings"})
  void areAllHeardRightAndTheSameToTheBitWhateverTheSpeed(String model) throws Exception {
    List<String> lines = Files.readAllLines(TRANSCRIPTS);
    int digits = lines.stream().mapToInt(line -> line.length() - line.indexOf('\t') - 1).sum();

    Program fast = replay(model, "max");
    Program slow = replay(model, "realtime");

    assertThat(fast.exitCode()).as(fast.toString()).isZero();
    assertThat(slow.exitCode()).as(slow.toString()).isZero();
    assertThat(fast.complaints()).isEmpty();
    JsonNode report = new ObjectMapper().readTree(folder.resolve("max.json").toFile());
    for (JsonNode file : report.get("perFile")) {
      assertThat(file.get("recognized").asText())
          .as(file.get("file").asText())
          .isEqualTo(file.get("expected").asText());
    }
    assertThat(report.get("files").asInt()).isEqualTo(lines.size());
    assertThat(report.get("digits").asInt()).isEqualTo(digits);
    assertThat(report.get("correct").asInt()).isEqualTo(digits);
    assertThat(report.get("digitErrorRate").asDouble()).isZero();
    assertThat(Files.readAllLines(folder.resolve("max.jsonl")))
        .hasSize(digits)
        .isEqualTo(Files.readAllLines(folder.resolve("realtime.jsonl")));
  }

  private Program replay(String model, String speed) {
    return Program.run(
        "replay",
        RECORDINGS.toString(),
        "--model",
        model,
        "--speed",
        speed,
        "--transcripts",
        TRANSCRIPTS.toString(),
        "--report",
        folder.resolve(speed + ".json").toString(),
        "--events",
        folder.resolve(speed + ".jsonl").toString());
  }
}
