package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audio in, digits out, through a real broker and all services in this process. */
class ReplayIT {
  @TempDir Path folder;
  private String model;
  private Path recordings;
  private Path transcripts;

  @BeforeEach
  void speak() throws IOException {
    model = folder.resolve("tones.zip").toString();
    ToneModel.bundle().write(Path.of(model));
    recordings = Files.createDirectory(folder.resolve("with spaces"));
    ToneRecording.write(recordings.resolve("string.wav"), "37733");
    ToneRecording.write(recordings.resolve("3_low_0.wav"), "3");
    ToneRecording.write(recordings.resolve("silence.wav"), "");
    transcripts = folder.resolve("transcripts.tsv");
    Files.writeString(
        transcripts, "string.wav\t37733\n3_low_0.wav\t3\nsilence.wav\t\nnotes.wav\t5\n");
  }

  @Test
  void digitsComeOutTheSameToTheBitWhateverTheSpeedAndTheGuarantee() throws IOException {
    Program fast = replay("max", "fast");
    Program slow = replay("realtime", "slow");
    Program once = replay("max", "once", "--processing-guarantee", "exactly-once");

    assertThat(fast.complaints()).isEmpty();
    assertThat(fast.exitCode()).isZero();
    assertThat(slow.exitCode()).isZero();
    assertThat(once.exitCode()).isZero();
    JsonNode fastReport = report("fast");
    assertThat(fastReport.get("files").asInt()).isEqualTo(3);
    assertThat(fastReport.get("digits").asInt()).isEqualTo(6);
    assertThat(fastReport.get("correct").asInt()).isEqualTo(6);
    assertThat(fastReport.get("insertions").asInt()).isZero();
    assertThat(fastReport.get("latencyMillis").isNull()).isTrue();
    assertThat(report("slow").get("latencyMillis").get("p50").asDouble()).isPositive();
    assertThat(Files.readAllLines(folder.resolve("slow.jsonl")))
        .hasSize(6)
        .isEqualTo(Files.readAllLines(folder.resolve("fast.jsonl")))
        .isEqualTo(Files.readAllLines(folder.resolve("once.jsonl")));
  }

  @Test
  void aModelOfSingleWordsBringsItsOwnFeatures() throws IOException {
    model = folder.resolve("single-tones.zip").toString();
    ToneModel.singleWords().write(Path.of(model));

    Program replay = replay("max", "single");

    assertThat(replay.complaints()).isEmpty();
    assertThat(replay.exitCode()).isZero();
    assertThat(report("single").get("correct").asInt()).isEqualTo(6);
    assertThat(report("single").get("insertions").asInt()).isZero();
    assertThat(Files.readAllLines(folder.resolve("single.jsonl")))
        .hasSize(6)
        .allMatch(line -> line.contains("single-tones-"));
  }

  @Test
  void unreadableFilesAreNamedAndDoNotStopTheRest() throws IOException {
    Path text = Files.writeString(recordings.resolve("notes.wav"), "this is a text");

    Program replay = replay("max", "some");

    assertThat(replay.exitCode()).isEqualTo(1);
    assertThat(replay.err()).contains("unreadable: " + text);
    assertThat(report("some").get("correct").asInt()).isEqualTo(6);
    assertThat(report("some").get("unreadable").get(0).get("file").asText())
        .isEqualTo(text.toString());
  }

  private Program replay(String speed, String name, String... more) {
    return Program.run(
        Stream.concat(
                Stream.of(
                    "replay",
                    recordings.toString(),
                    "--speed",
                    speed,
                    "--model",
                    model,
                    "--transcripts",
                    transcripts.toString(),
                    "--report",
                    folder.resolve(name + ".json").toString(),
                    "--events",
                    folder.resolve(name + ".jsonl").toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private JsonNode report(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name + ".json").toFile());
  }
}
