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
import org.digitstream.training.corpus.Fold;
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
        .containsPattern("own strings +2 +4 +25.0 % +0.0-50.0 +1 +0 +0 +50.0 % +0.0-100.0")
        .contains("bootstrap over strings, since there are fewer than 10 people: own strings (2)")
        .contains("an4/fjam 50.0 %")
        .containsPattern("other words, wake-words +0.0 +1 +1 .* 100.0 %")
        .containsPattern("other words, all +1 +100.0 %")
        .containsPattern("minutes of audio, 0.\\d+ CPU seconds")
        .containsPattern("noise +0.0 +0 +2 ")
        .doesNotContain("recognized");
    JsonNode json = new ObjectMapper().readTree(output.resolve("stream.json").toFile());
    assertThat(json.at("/conditions/0/digitErrorRate").asDouble()).isEqualTo(0.25);
    assertThat(json.at("/conditions/0/latencyMillis/p50").asDouble()).isPositive();
    BufferedImage picture = ImageIO.read(output.resolve("stream-curve.png").toFile());
    assertThat(colours(picture)).isGreaterThan(20);
    Program split = run(corpora.toString(), "--stream", "--split", "test");
    assertThat(split.exitCode()).isEqualTo(2);
    assertThat(run(corpora.toString(), "--stream", "--strings", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void whatFoldsHeardInStreamsIsMergedAndThresholdsAreChosenByTheOthers() throws IOException {
    strings();
    Files.move(
        corpora.resolve("noise/hum.wav"),
        corpora.resolve("noise/" + Fold.named("george").noises().iterator().next()));
    word("speech-commands/stop", "0137b3f4_nohash_0.wav", "");
    word("speech-commands/stop", "014f9f65_nohash_0.wav", "");
    List<String> folders = new ArrayList<>();
    for (Fold fold : List.of(Fold.named("george"), Fold.named("nicolas"))) {
      folders.add(folder.resolve(fold.name()).toString());
      Program one =
          run(
              corpora.toString(),
              "--stream",
              "--fold",
              fold.name(),
              "-o",
              folders.get(folders.size() - 1));
      assertThat(one.exitCode()).as(one.err()).isZero();
      assertThat(one.out()).contains("fold " + fold.name());
      // The noise is one that only george leaves out.
      assertThat(one.out().contains("noise  ")).isEqualTo(fold.name().equals("george"));
      assertThat(one.err())
          .contains(
              fold.name().equals("george")
                  ? "1 of the 1 recordings of noise were left out"
                  : "leaves out none of the 1 recordings of noise");
    }
    Path both = folder.resolve("both");
    Program merge =
        Program.run(
            "evaluate",
            "--stream",
            "--merge",
            folders.get(0),
            folders.get(1),
            "-o",
            both.toString());
    assertThat(merge.exitCode()).as(merge.err()).isZero();
    assertThat(merge.out()).containsPattern("own strings +2 +4 +25.0 %");
    assertThat(both.resolve("stream-curve.png")).exists();

    Program chosen =
        Program.run(
            "evaluate",
            "--stream",
            "--merge",
            "--choose-threshold",
            folders.get(0),
            folders.get(1));
    assertThat(chosen.exitCode()).as(chosen.err()).isZero();
    assertThat(chosen.out())
        .containsPattern("threshold \\d\\.\\d\\d for fold george: of the others");

    Program twice = Program.run("evaluate", "--stream", "--merge", folders.get(0), folders.get(0));
    assertThat(twice.exitCode()).isEqualTo(1);
    assertThat(twice.err()).contains("is heard twice");
    Program none = Program.run("evaluate", "--stream", "--merge", corpora.toString());
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("stream-answers.jsonl").contains("evaluate --stream -o");
  }

  @Test
  void passagesAreWrittenForOthersWhoseAnswersAreScoredTheSame() throws IOException {
    strings();
    Path passages = folder.resolve("passages");
    Path ours = folder.resolve("ours");
    Program listen =
        run(
            corpora.toString(),
            "--stream",
            "--passages",
            passages.toString(),
            "-o",
            ours.toString());
    assertThat(listen.exitCode()).as(listen.err()).isZero();
    List<String> lines = Files.readAllLines(passages.resolve("passages.jsonl"));
    ObjectMapper mapper = new ObjectMapper();
    List<String> answers = new ArrayList<>(List.of("{\"model\": \"ourselves\"}"));
    List<String> heard = Files.readAllLines(ours.resolve("stream-answers.jsonl"));
    for (int i = 0; i < lines.size(); i++) {
      JsonNode passage = mapper.readTree(lines.get(i));
      assertThat(passages.resolve(passage.get("file").asText())).exists();
      answers.add(
          "{\"file\": %s, \"heard\": %s}"
              .formatted(passage.get("file"), mapper.readTree(heard.get(i + 1)).get("heard")));
    }
    Path file = Files.write(folder.resolve("answers.jsonl"), answers);
    Program score =
        Program.run(
            "evaluate", "--stream", "--score", file.toString(), "--passages", passages.toString());
    assertThat(score.exitCode()).as(score.err()).isZero();
    assertThat(score.out()).contains("model ourselves, threshold 0.00");
    assertThat(score.out().lines().filter(line -> line.startsWith("own strings")).toList())
        .isEqualTo(listen.out().lines().filter(line -> line.startsWith("own strings")).toList());

    Files.write(file, answers.subList(0, 2));
    Program missing =
        Program.run(
            "evaluate", "--stream", "--score", file.toString(), "--passages", passages.toString());
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).contains("there is no answer to 00001-");
  }

  /** A three and a seven by fash, a three and a seven said to be a nine by fjam. */
  private void strings() throws IOException {
    word("an4", "a.wav", "37");
    word("an4", "b.wav", "37");
    Files.writeString(
        corpora.resolve("an4/transcripts.jsonl"),
        """
        {"file": "a.wav", "speaker": "fash", "text": "THREE SEVEN", "digits": [{"digit": "3", "startSeconds": 0.3, "endSeconds": 0.6}, {"digit": "7", "startSeconds": 0.9, "endSeconds": 1.2}]}
        {"file": "b.wav", "speaker": "fjam", "text": "THREE NINE", "digits": [{"digit": "3", "startSeconds": 0.3, "endSeconds": 0.6}, {"digit": "9", "startSeconds": 0.9, "endSeconds": 1.2}]}
        """);
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
    assertThat(run(corpora.toString(), "--choose-threshold").err()).contains("go with --stream");
    assertThat(run(corpora.toString(), "--stream", "--choose-threshold").err())
        .contains("--stream --merge");
    assertThat(run("--stream", "--score", "a.jsonl").err()).contains("goes with --passages");
    assertThat(run("--stream", "--score", "a.jsonl", "--passages", "p", "--fold", "theo").err())
        .contains("--score take answers that are there already");
    assertThat(run("--stream").err()).contains("say what to evaluate");
    assertThat(run("x", "--stream", "--merge", "--other-words-at-most", "101").err())
        .contains("101.0 is not within 0..100");
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
