package org.digitstream.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.StreamGeometry;
import org.digitstream.inference.model.WordParts;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.inference.spotting.Detection;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.standalone.Program;
import org.digitstream.standalone.ToneModel;
import org.digitstream.standalone.ToneRecording;
import org.digitstream.training.evaluation.OfflineRecognizer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {
  private static final int RATE = 16_000;

  @TempDir Path folder;
  private Path recording;
  private Path output;

  @BeforeEach
  void speak() {
    // 3 from 0.3 to 0.6 s, 7 from 0.9 to 1.2 s, 7 from 1.5 to 1.8 s.
    recording = ToneRecording.write(folder.resolve("377.wav"), "377");
    output = folder.resolve("why");
  }

  private Program explain(ModelBundle model, String at, String... more) throws IOException {
    Path file = folder.resolve("model.zip");
    model.write(file);
    List<String> words =
        new java.util.ArrayList<>(
            List.of("explain", recording.toString(), "--at", at, "-o", output.toString()));
    words.addAll(List.of("--model", file.toString()));
    words.addAll(List.of(more));
    return Program.run(words.toArray(new String[0]));
  }

  private List<String> csv() throws IOException {
    return Files.readAllLines(output.resolve("probabilities.csv"));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(output.resolve("explanation.json").toFile());
  }

  @Test
  void aDigitIsExplainedByPicturesNumbersAndAudio() throws IOException {
    Program told = explain(ToneModel.bundle(), "1.05", "--before", "0.5", "--after", "0.25");

    assertThat(told.err()).isEmpty();
    assertThat(told.exitCode()).isZero();
    assertThat(told.out().lines().toList())
        .hasSize(4)
        .satisfies(
            lines -> {
              assertThat(lines.get(0))
                  .startsWith("377.wav at 0:01.05 (shown: 0:00.55 to 0:01.30), model tones-");
              assertThat(lines.get(1))
                  .matches("heard there   7 \\(\\d+ %\\) at 0:00\\.\\d\\d to 0:01.\\d\\d;.*");
              assertThat(lines.get(2)).startsWith("around it     3 (");
              assertThat(lines.get(3)).startsWith("written to " + output + ": mel.png, ");
            });
    for (String picture : List.of("mel.png", "probabilities.png")) {
      assertThat(ImageIO.read(output.resolve(picture).toFile()).getWidth()).isGreaterThan(200);
    }
  }

  @Test
  void theWavHoldsExactlyTheSamplesOfThatPiece() throws IOException {
    explain(ToneModel.bundle(), "1.05", "--before", "0.5", "--after", "0.25");

    short[] all = ToneRecording.samples("377");
    assertThat(WavReader.readMono(output.resolve("audio.wav"), RATE))
        .isEqualTo(Arrays.copyOfRange(all, RATE * 55 / 100, RATE * 130 / 100));
    assertThat(json().path("fromSample").asInt()).isEqualTo(RATE * 55 / 100);
  }

  /** Each output computed by hand: the window that ends with its block, through the network. */
  @Test
  void theNumbersAreWhatTheNetworkGivesOut() throws IOException {
    ModelBundle model = ToneModel.bundle();
    explain(model, "1.05", "--before", "0.5", "--after", "0.25");

    List<String> lines = csv();
    StreamGeometry geometry = model.geometry();
    float[] frames = LogMelExtractor.extract(FeatureSpec.WIDEBAND, ToneRecording.samples("377"));
    int bands = FeatureSpec.WIDEBAND.bands();
    int classes = ModelBundle.LABELS.size();
    assertThat(lines.get(0)).isEqualTo("seconds,sample,frame," + String.join(",", model.labels()));
    // Every second frame of 10 ms for 0.75 s.
    assertThat(lines).hasSizeBetween(1 + 37, 1 + 38);
    try (KernelClassifier classifier = KernelClassifier.load(model)) {
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",");
        int frame = Integer.parseInt(cells[2]);
        int output = (frame + geometry.lookAheadFrames() + 1) / geometry.strideFrames() - 1;
        int block = output / geometry.outputsPerBlock();
        int end = (block + 1) * geometry.blockFrames();
        float[] answer =
            classifier.classify(
                Arrays.copyOfRange(frames, (end - geometry.windowFrames()) * bands, end * bands));
        int at = output % geometry.outputsPerBlock() * classes;
        assertThat(cells).hasSize(3 + classes);
        for (int label = 0; label < classes; label++) {
          assertThat(Float.parseFloat(cells[3 + label])).isEqualTo(answer[at + label]);
        }
        assertThat(Integer.parseInt(cells[1])).isEqualTo(frame * 160 + 256);
        assertThat(Double.parseDouble(cells[0])).isEqualTo((frame * 160 + 256) / 16_000.0);
      }
    }
  }

  @Test
  void whatIsHeardIsWhatTheStreamHearsToTheBit() throws IOException {
    ModelBundle model = ToneModel.bundle();
    explain(model, "1", "--before", "1", "--after", "2");

    List<Detection> digits;
    try (KernelClassifier classifier = KernelClassifier.load(model)) {
      digits = new OfflineRecognizer(model, classifier).recognize(ToneRecording.samples("377"));
    }
    JsonNode heard = json().path("heard");
    assertThat(heard).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(heard.get(i).path("digit").asInt()).isEqualTo(digits.get(i).digit());
      assertThat(heard.get(i).path("startSample").asLong()).isEqualTo(digits.get(i).startSample());
      assertThat(heard.get(i).path("endSample").asLong()).isEqualTo(digits.get(i).endSample());
      assertThat((float) heard.get(i).path("confidence").asDouble())
          .isEqualTo(digits.get(i).confidence());
    }
    assertThat(json().path("keptBack")).isEmpty();
  }

  @Test
  void whatTheThresholdKeptBackIsTold() throws IOException {
    ModelBundle model = ToneModel.bundle();

    Program told = explain(model.withSpotter(model.spotter().withThreshold(1)), "1.05");

    assertThat(told.out())
        .contains("heard there   nothing", "kept back     7 (", ": below the threshold of 100 %")
        .contains("kept back too 3 (")
        .doesNotContain("considered none");
    assertThat(json().path("heard")).isEmpty();
    assertThat(json().path("keptBack")).hasSize(3);
  }

  @Test
  void whereNothingWasConsideredTheLikeliestDigitIsTold() throws IOException {
    Program told = explain(ToneModel.bundle(), "0.05", "--after", "0.15");

    assertThat(told.out())
        .contains("heard there   nothing", "the network   gave at most ", "considered none");
    assertThat(json().path("fromSample").asInt()).isZero();
  }

  @Test
  void aModelOfStringsTellsThePartsOfWordsToo() throws IOException {
    Program told = explain(ToneModel.strings(), "1.05", "--before", "1", "--after", "2");

    assertThat(told.out()).contains("heard there   7 (", "around it     3 (");
    List<String> header = List.of(csv().get(0).split(","));
    assertThat(header.subList(3, 14)).isEqualTo(ModelBundle.LABELS);
    assertThat(header.subList(14, header.size())).isEqualTo(WordParts.LABELS);
    String[] cells = csv().get(1 + 52).split(",");
    float[] parts = new float[WordParts.CLASSES];
    IntStream.range(0, parts.length).forEach(i -> parts[i] = Float.parseFloat(cells[14 + i]));
    float[] digits = WordParts.digitProbabilities(parts, 0);
    assertThat(Arrays.stream(cells, 3, 14).map(Float::parseFloat).collect(Collectors.toList()))
        .isEqualTo(IntStream.range(0, digits.length).mapToObj(i -> digits[i]).toList());
  }

  @Test
  void aModelOfSingleWordsTellsWhereItWasAskedAndWhereNot() throws IOException {
    Program word = explain(ToneModel.singleWords(), "1.05");
    assertThat(word.out()).contains("heard there   7 (");
    assertThat(csv()).hasSizeBetween(2, 4);

    Program silence = explain(ToneModel.singleWords(), "2.7", "--before", "0.1");
    assertThat(silence.out())
        .contains("heard there   nothing", "was not asked: no word was found by its level");
    assertThat(csv()).hasSize(1);
  }

  @Test
  void aRecordingIsReadAtItsOwnRateAndAMomentMayBeWrittenInMinutes() throws IOException {
    Program told = explain(ToneModel.singleWords(), "0:01.05");

    assertThat(told.out()).startsWith("377.wav at 0:01.05");
    assertThat(json().path("sampleRateHz").asInt())
        .isEqualTo(FeatureSpec.SEED.sampleRateHz())
        .isNotEqualTo(RATE);
  }

  @Test
  void anEarlierPieceOfAudioIsReplaced() throws IOException {
    explain(ToneModel.bundle(), "1.05");
    explain(ToneModel.bundle(), "0.1", "--before", "0.1", "--after", "0.1");

    assertThat(WavReader.readMono(output.resolve("audio.wav"), RATE)).hasSize(RATE / 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1", "4", "1:00"})
  void aMomentAfterTheEndIsRefusedWithTheLength(String at) throws IOException {
    Program refused = explain(ToneModel.bundle(), at);

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .startsWith("digitstream: " + recording + " ends at 0:03.10: there is nothing at ")
        .doesNotContain("\tat ");
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void aFileThatIsNoWavIsNamed() throws IOException {
    recording = Files.writeString(folder.resolve("notes.wav"), "this is a text, and a long one");

    Program refused = explain(ToneModel.bundle(), "1");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).startsWith("digitstream: " + recording).doesNotContain("\tat ");
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldBeforeTheWork() throws IOException {
    output = Files.writeString(folder.resolve("file"), "x").resolve("why");

    Program refused = explain(ToneModel.bundle(), "1");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).startsWith("digitstream: cannot write into " + output);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explain --at 1 -o why | either a recording or a stream",
        "explain x.wav --stream-id s --at 1 -o why | either a recording or a stream",
        "explain x.wav -o why | Missing required option: '--at=SECONDS'",
        "explain x.wav --at 1 | Missing required option: '--output=FOLDER'",
        "explain x.wav --at -1 -o why | '-1' is not a number of seconds",
        "explain x.wav --at soon -o why | 'soon' is not a number of seconds such as 83.4 or 1:23.4",
        "explain x.wav --at 1 --before 61 -o why | --before 61.0 is not within 0..60.0",
        "explain x.wav --at 1 --after 99 -o why | --after 99.0 is not within 0..60.0",
        "explain x.wav --at 1 -o why --bootstrap-servers a:1 | a recording needs no broker",
      })
  void aWrongCommandLineYieldsOneMessageAndExitCode2(String line, String message) {
    Program wrong = Program.run(line.split(" "));

    assertThat(wrong.err()).contains(message).contains("--help").doesNotContain("\tat ");
    assertThat(wrong.exitCode()).isEqualTo(2);
  }
}
