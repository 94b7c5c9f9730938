package org.digitstream.training.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.training.Speech;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassageFolderTest {
  private static final List<Passage> PASSAGES =
      List.of(
          new Passage(
              "strings, 10 dB",
              "a/x",
              "string-0",
              Speech.word(7, 400, 100, 1),
              List.of(new TimedDigit(7, 1_600, 8_000))),
          new Passage("noise", "-", "hum.wav", Speech.word(1, 500, 0, 2), List.of()));
  private static final String FIRST = "00000-strings_10_dB-a_x-string-0.wav";
  private static final String SECOND = "00001-noise---hum.wav";

  @TempDir Path path;
  private PassageFolder folder;

  @BeforeEach
  void written() throws IOException {
    folder = new PassageFolder(path.resolve("passages"));
    folder.write(PASSAGES, Speech.RATE, done -> {});
  }

  @Test
  void everyPassageIsASoundFileAndALineWithTheTruth() throws IOException {
    List<String> lines = Files.readAllLines(folder.path().resolve("passages.jsonl"));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .contains("\"condition\":\"strings, 10 dB\",\"person\":\"a/x\",\"passage\":\"string-0\"")
        .contains("\"said\":[{\"digit\":7,\"startSample\":1600,\"endSample\":8000}]")
        .contains("\"file\":\"" + FIRST + "\",\"sampleRateHz\":16000");
    try (WavReader wav = WavReader.open(folder.path().resolve(FIRST))) {
      assertThat(wav.format().sampleRateHz()).isEqualTo(Speech.RATE);
      assertThat(wav.format().channels()).isEqualTo(1);
    }
    assertThat(Files.size(folder.path().resolve(SECOND)))
        .isEqualTo(44 + 2L * PASSAGES.get(1).samples().length);
  }

  @Test
  void theAnswersOfOthersAreScoredByTheSameRules() throws IOException {
    StreamSheet sheet =
        folder.answers(
            List.of(
                "{\"model\": \"somebody\"}",
                answer(SECOND, "{\"digit\": 3, \"startSample\": 0, \"endSample\": 900}"),
                answer(FIRST, "{\"digit\": 7, \"startSample\": 1700, \"endSample\": 8100}")));
    List<StreamScore> scores = StreamScore.of(sheet.hearingsAtThreshold(), 0, sheet.sampleRateHz());
    assertThat(scores)
        .extracting(StreamScore::condition)
        .containsExactly("strings, 10 dB", "noise");
    assertThat(scores.get(0).digits().correct()).isEqualTo(1);
    assertThat(scores.get(0).digits().errors()).isZero();
    assertThat(scores.get(1).falseAlarms()).isEqualTo(1);
    assertThat(sheet.parts().get(0).model()).isEqualTo("somebody");
  }

  @Test
  void anAnswerThatIsMissingTwiceOrToSomethingElseIsNamed() {
    String model = "{\"model\": \"m\"}";
    assertThatThrownBy(() -> folder.answers(List.of(model, answer(FIRST, ""))))
        .hasMessageContaining("no answer to " + SECOND);
    assertThatThrownBy(() -> folder.answers(List.of(model, answer(FIRST, ""), answer(FIRST, ""))))
        .hasMessageContaining(FIRST + " is answered twice");
    assertThatThrownBy(() -> folder.answers(List.of(model, answer("other.wav", ""))))
        .hasMessageContaining("no passage 'other.wav'");
    assertThatThrownBy(() -> folder.answers(List.of(answer(FIRST, ""), answer(SECOND, ""))))
        .hasMessageContaining("no line names the model");
  }

  private static String answer(String file, String heard) {
    return "{\"file\": \"" + file + "\", \"heard\": [" + heard + "]}";
  }
}
