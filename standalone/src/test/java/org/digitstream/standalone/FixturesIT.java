package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.digitstream.inference.model.BundledModel;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.inference.spotting.Detection;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.training.evaluation.OfflineRecognizer;
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
  void areAllHeardRightAndTheSameToTheBitWhateverTheSpeedWithKafkaOrWithout(String model)
      throws Exception {
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
    assertThat(throughKafka(folder.resolve("max.jsonl"))).isEqualTo(withoutKafka(model, lines));
  }

  /** As {@code evaluate} hears them. */
  private static List<Heard> withoutKafka(String name, List<String> lines) throws Exception {
    ModelBundle model = BundledModel.named(name).orElseThrow().load();
    List<Heard> heard = new ArrayList<>();
    try (KernelClassifier classifier = KernelClassifier.load(model)) {
      OfflineRecognizer recognizer = new OfflineRecognizer(model, classifier);
      for (String line : lines) {
        Path file = RECORDINGS.resolve(line.substring(0, line.indexOf('\t')));
        short[] samples = WavReader.readMono(file, model.featureSpec().sampleRateHz());
        for (Detection digit : recognizer.recognize(samples)) {
          heard.add(
              new Heard(
                  file.getFileName().toString(),
                  digit.digit(),
                  digit.startSample(),
                  digit.endSample(),
                  Float.floatToIntBits(digit.confidence())));
        }
      }
    }
    return heard.stream().sorted(Heard.ORDER).toList();
  }

  private static List<Heard> throughKafka(Path events) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Heard> heard = new ArrayList<>();
    for (String line : Files.readAllLines(events)) {
      JsonNode event = json.readTree(line);
      heard.add(
          new Heard(
              Path.of(event.get("file").asText()).getFileName().toString(),
              event.get("digit").asInt(),
              event.get("startSample").asLong(),
              event.get("endSample").asLong(),
              Float.floatToIntBits((float) event.get("confidence").asDouble())));
    }
    return heard.stream().sorted(Heard.ORDER).toList();
  }

  private record Heard(
      String file, int digit, long startSample, long endSample, int confidenceBits) {
    private static final Comparator<Heard> ORDER =
        Comparator.comparing(Heard::file).thenComparing(Heard::startSample);
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
