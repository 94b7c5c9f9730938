package org.digitstream.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.standalone.Program;
import org.digitstream.standalone.ToneModel;
import org.digitstream.standalone.ToneRecording;
import org.digitstream.training.corpus.Utterance;
import org.digitstream.training.evaluation.Answer;
import org.digitstream.training.evaluation.AnswerSheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link ToneModel} hears 3 and 7 only, so whoever says something else is heard wrong. */
class EvaluateCommandTest {
  @TempDir Path folder;
  private Path corpora;
  private Path model;

  @BeforeEach
  void corporaAndModel() throws IOException {
    model = folder.resolve("tones.zip");
    ToneModel.bundle().write(model);
    corpora = folder.resolve("corpora");
    // theo says what the model hears; of lucas' digits one is a 5 that sounds as a 7 does.
    word("fsdd", "3_theo_0.wav", "3");
    word("fsdd", "7_theo_9.wav", "7");
    word("fsdd", "3_lucas_0.wav", "3");
    word("fsdd", "5_lucas_9.wav", "7");
    word("wake-words", "jarvis_1.wav", "3");
    word("noise", "hum.wav", "37");
  }

  @Test
  void whatIsRightAndWrongIsCountedWrittenAndDrawn() throws IOException {
    Path output = folder.resolve("evaluation");
    Program evaluate = run(corpora.toString(), "-o", output.toString(), "--threads", "2");

    assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
    assertThat(evaluate.out())
        .contains("5 recordings")
        .containsPattern("fsdd +4 +75.0 % +75.0 % +2: 75.0 % +lucas 50.0 %")
        .containsPattern("official test of FSDD +2 +100.0 %")
        .containsPattern("wake-words +1 +100.0 %")
        .contains("97 % of the digits are not found at any threshold: even 0 finds 75.0 %");
    JsonNode json = new ObjectMapper().readTree(output.resolve("evaluation.json").toFile());
    assertThat(json.at("/digits/right").asInt()).isEqualTo(3);
    assertThat(json.at("/confusion/5/7").asInt()).isEqualTo(1);
    assertThat(json.at("/parts/0/model").asText()).isEqualTo(ToneModel.bundle().modelId());
    assertThat(Files.readAllLines(output.resolve("answers.jsonl"))).hasSize(6);
    for (String name : List.of("confusion.png", "reliability.png", "operating-curve.png")) {
      BufferedImage picture = ImageIO.read(output.resolve(name).toFile());
      assertThat(picture.getWidth()).as(name).isGreaterThan(500);
      assertThat(colours(picture)).as(name).isGreaterThan(20);
    }
    assertThat(output.resolve("noise.png")).doesNotExist();
  }

  /** Of two strings one is heard as it was said; of the other, a digit is another one. */
  @Test
  void stringsOtherWordsAndNoiseAreListenedToAsStreams() throws IOException {
    word("an4", "a.wav", "37");
    word("an4", "b.wav", "33");
    Files.writeString(
        corpora.resolve("an4/transcripts.jsonl"),
        """
        {"file": "a.wav", "speaker": "fash", "text": "THREE SEVEN", "digits": [{"digit": "3", "startSeconds": 0.3, "endSeconds": 0.6}, {"digit": "7", "startSeconds": 0.9, "endSeconds": 1.2}]}
        {"file": "b.wav", "speaker": "fjam", "text": "THREE NINE", "digits": [{"digit": "3", "startSeconds": 0.3, "endSeconds": 0.6}, {"digit": "9", "startSeconds": 0.9, "endSeconds": 1.2}]}
        """);
    Path output = folder.resolve("stream");
    Program evaluate = run(corpora.toString(), "--stream", "-o", output.toString());

    assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
    assertThat(evaluate.out())
        .containsPattern("own strings +2 +4 +25.0 % +1 +0 +0 +50.0 %")
        .contains("an4/fjam 50.0 %")
        .containsPattern("other words, wake-words +0.0 +1 +1 ")
        .containsPattern("noise +0.0 +0 +2 ")
        .doesNotContain("recognized");
    JsonNode json = new ObjectMapper().readTree(output.resolve("stream.json").toFile());
    assertThat(json.at("/conditions/0/digitErrorRate").asDouble()).isEqualTo(0.25);
    assertThat(json.at("/conditions/0/latencyMillis/p50").asDouble()).isPositive();
    Program split = run(corpora.toString(), "--stream", "--split", "test");
    assertThat(split.exitCode()).isEqualTo(2);
    assertThat(run(corpora.toString(), "--stream", "--strings", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void theNumberOfThreadsDoesNotMatter() throws IOException {
    Path one = folder.resolve("one");
    Path three = folder.resolve("three");
    String[] noise = {"--noise-levels", "20,0", "--noise-margin", "0.2"};
    assertThat(run(with(noise, corpora.toString(), "-o", one.toString(), "--threads", "1")).out())
        .contains("in noise", "20 dB", "0 dB");
    run(with(noise, corpora.toString(), "-o", three.toString(), "--threads", "3"));
    assertThat(Files.readString(three.resolve("answers.jsonl")))
        .isEqualTo(Files.readString(one.resolve("answers.jsonl")))
        .contains("\"noiseDb\":20.0");
    assertThat(three.resolve("noise.png")).exists();
  }

  @Test
  void onlyWhatIsAskedForIsEvaluated() {
    assertThat(run(corpora.toString(), "--only", "other-words").out())
        .contains("1 recordings")
        .doesNotContain("single digits");
    assertThat(run(corpora.toString(), "--split", "test").out()).contains("2 recordings");
    assertThat(run(corpora.toString(), "--split", "train").out()).contains("3 recordings");
    Program nothing = run(corpora.toString(), "--only", "sentences");
    assertThat(nothing.exitCode()).isEqualTo(1);
    assertThat(nothing.err()).contains("none of the 5 recordings");
  }

  @Test
  void aFoldIsItsPeopleAndFoldsAreMerged() throws IOException {
    Path theo = folder.resolve("theo");
    Path lucas = folder.resolve("lucas");
    Program first = run(corpora.toString(), "--fold", "theo", "-o", theo.toString());
    assertThat(first.out()).contains("2 recordings");
    assertThat(first.err()).contains("does not say that 1 of the 1 people were left out");
    run(corpora.toString(), "--fold", "lucas", "-o", lucas.toString());

    Path both = folder.resolve("both");
    Program merge =
        Program.run(
            "evaluate", "--merge", theo.toString(), lucas.toString(), "-o", both.toString());

    assertThat(merge.exitCode()).as(merge.err()).isZero();
    assertThat(merge.out())
        .containsPattern("fsdd +4 +75.0 % +75.0 % +2: 75.0 % +lucas 50.0 %")
        .contains("fsdd: lucas 50.0 %, theo 100.0 %");
    JsonNode json = new ObjectMapper().readTree(both.resolve("evaluation.json").toFile());
    assertThat(json.at("/parts/0/fold").asText()).isEqualTo("theo");
    assertThat(json.at("/parts/1/fold").asText()).isEqualTo("lucas");

    Program twice = Program.run("evaluate", "--merge", theo.toString(), both.toString());
    assertThat(twice.exitCode()).isEqualTo(1);
    assertThat(twice.err()).contains("3_theo_0.wav is answered twice");
  }

  @Test
  void aFoldWithoutPeopleHereAndAFoldThatIsNoneSayWhatThereIs() {
    Program nobody = run(corpora.toString(), "--fold", "accents");
    assertThat(nobody.exitCode()).isEqualTo(1);
    assertThat(nobody.err()).contains("fold accents").contains("audiomnist, indian-english");
    Program none = run(corpora.toString(), "--fold", "frodo");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("frodo").contains("george, jackson");
  }

  @Test
  void aCalibrationIsFittedAndPutIntoTheModel() throws IOException {
    Path answers = Files.write(folder.resolve("answers.jsonl"), underconfident());
    Path calibrated = folder.resolve("calibrated.zip");
    String[] fit = {"--merge", answers.toString(), "--calibrate", calibrated.toString()};

    Program first = run(fit);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).containsPattern("before 0.300, after 0.00\\d; 0.00\\d on people");
    ModelBundle result = ModelBundle.read(calibrated);
    // As sure as 60 % is right in nine of ten.
    assertThat(result.calibration().apply(0.6f)).isBetween(0.85f, 0.95f);
    assertThat(result.spotter().threshold())
        .isEqualTo(result.calibration().apply(ToneModel.bundle().spotter().threshold()));

    run(with(fit, "--threshold", "0.7"));
    assertThat(ModelBundle.read(calibrated).spotter().threshold()).isEqualTo(0.7f);

    Program again =
        Program.run(
            "evaluate",
            "--merge",
            answers.toString(),
            "--model",
            calibrated.toString(),
            "--calibrate",
            folder.resolve("again.zip").toString());
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("without a calibration");
  }

  /** Of ten people who are right in seven of ten at 0.4 and nine of ten at 0.6. */
  private static List<String> underconfident() {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      boolean sure = i % 2 == 0;
      answers.add(
          new Answer(
              "fsdd",
              "person" + i / 40,
              i + ".wav",
              Utterance.Kind.ISOLATED_DIGIT,
              false,
              Answer.CLEAN,
              "7",
              "7",
              i / 2 % 10 < (sure ? 9 : 7) ? 7 : 3,
              sure ? 0.6f : 0.4f));
    }
    return new AnswerSheet(List.of(new AnswerSheet.Part("m-1", 0.5, false, "", answers)))
        .lines()
        .toList();
  }

  @Test
  void optionsThatCannotBeAreRefused() {
    assertThat(run(corpora.toString(), "--threads", "0").err()).contains("--threads 0");
    assertThat(run(corpora.toString(), "--split", "dev").err()).contains("'dev'");
    assertThat(run(corpora.toString(), "--noise-margin", "-1").err()).contains("-1.0");
    assertThat(run(corpora.toString(), "--threshold", "0.5").err()).contains("--calibrate");
    assertThat(run("--merge", corpora.toString(), "--fold", "theo").err()).contains("--merge");
    Program noNoise =
        run(corpora.resolve("fsdd").toString(), "--noise-levels", "10", "--only", "digits");
    assertThat(noNoise.exitCode()).isEqualTo(1);
    assertThat(noNoise.err()).contains("no folder named 'noise'");
    Program noAnswers = Program.run("evaluate", "--merge", corpora.toString());
    assertThat(noAnswers.exitCode()).isEqualTo(1);
    assertThat(noAnswers.err()).contains("answers.jsonl").contains("evaluate -o");
  }

  @Test
  void anOutputThatCannotBeWrittenIsToldBeforeTheWork() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    Program evaluate = run(corpora.toString(), "-o", file.resolve("out").toString());
    assertThat(evaluate.exitCode()).isEqualTo(1);
    assertThat(evaluate.err()).contains("cannot write into " + file);
    assertThat(evaluate.out()).isEmpty();
  }

  private Program run(String... arguments) {
    return Program.run(with(new String[] {"evaluate", "--model", model.toString()}, arguments));
  }

  private static String[] with(String[] first, String... then) {
    return Stream.of(first, then).flatMap(Stream::of).toArray(String[]::new);
  }

  private void word(String corpus, String name, String sounds) throws IOException {
    Files.createDirectories(corpora.resolve(corpus));
    ToneRecording.write(corpora.resolve(corpus).resolve(name), sounds);
  }

  private static long colours(BufferedImage picture) {
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    return Arrays.stream(pixels).distinct().count();
  }
}
