package org.digitstream.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.digitstream.inference.model.BundledModel;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.Provenance;
import org.digitstream.standalone.Program;
import org.digitstream.standalone.ToneModel;
import org.digitstream.standalone.ToneRecording;
import org.digitstream.training.corpus.Fold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  @TempDir Path folder;

  @Test
  void aModelIsTrainedAndRecordingsThatItDidNotHearAreRecognized() throws IOException {
    Path corpus = corpus(10);
    Path model = folder.resolve("models/tones.zip");

    Program train =
        Program.run(
            "train",
            corpus.toString(),
            "-o",
            model.toString(),
            "--strips",
            "320",
            "--width",
            "0.1",
            "--name",
            "tones",
            "--seed",
            "3");

    assertThat(train.err()).doesNotContain("left out");
    assertThat(train.exitCode()).isZero();
    assertThat(train.out()).contains("40 recordings by 2 people", "model tones-");
    assertThat(train.out()).contains("Recordings that were not trained on:");
    ModelBundle bundle = ModelBundle.read(model);
    assertThat(bundle.provenance().seed()).isEqualTo(3);
    assertThat(bundle.provenance().recipe()).containsEntry("strips", "320");
    // george's two takes of each digit belong to the test split.
    assertThat(bundle.provenance().corpora().get(0).recordings()).isEqualTo(20);
  }

  @Test
  void tooFewStripsAreRefused() throws IOException {
    Program train = Program.run("train", corpus(10).toString(), "-o", output(), "--strips", "10");
    assertThat(train.exitCode()).isEqualTo(2);
    assertThat(train.err()).contains("10 strips are too few");
  }

  @Test
  void nobodyCanBeHeldOutWhoIsNotThere() throws IOException {
    Program train =
        Program.run("train", corpus(10).toString(), "-o", output(), "--hold-out", "fsdd/nobody");
    assertThat(train.exitCode()).isEqualTo(2);
    assertThat(train.err()).contains("fsdd/nobody");
  }

  @Test
  void thePeopleOfAFoldAreLeftOut() throws IOException {
    Path model = folder.resolve("model.zip");
    Program train =
        Program.run(
            "train",
            // A corpus is known by the name of its folder.
            Files.move(corpus(10), folder.resolve("fsdd")).toString(),
            "-o",
            model.toString(),
            "--strips",
            "320",
            "--width",
            "0.1",
            "--fold",
            "george");
    assertThat(train.exitCode()).as(train.err()).isZero();
    assertThat(ModelBundle.read(model).provenance().heldOut()).contains("fsdd/george");
  }

  @Test
  void theNoiseOfAFoldIsLeftOutAndNamed() throws IOException {
    Path corpora = Files.createDirectories(folder.resolve("corpora"));
    Files.move(corpus(10), corpora.resolve("fsdd"));
    Files.createDirectories(corpora.resolve("noise"));
    String left = Fold.named("george").noises().iterator().next();
    ToneRecording.write(corpora.resolve("noise").resolve(left), "3");
    ToneRecording.write(corpora.resolve("noise/hum.wav"), "3");
    List<Integer> heard = new ArrayList<>();
    for (List<String> fold : List.of(List.<String>of(), List.of("--fold", "george"))) {
      Path model = folder.resolve(fold.size() + ".zip");
      List<String> line =
          new ArrayList<>(List.of("train", corpora.toString(), "-o", model.toString()));
      line.addAll(List.of("--strips", "320", "--width", "0.1"));
      line.addAll(fold);
      Program train = Program.run(line.toArray(String[]::new));
      assertThat(train.exitCode()).as(train.err()).isZero();
      Provenance story = ModelBundle.read(model).provenance();
      assertThat(story.heldOut().contains("noise: " + left)).isEqualTo(!fold.isEmpty());
      heard.add(story.corpora().get(story.corpora().size() - 1).recordings());
    }
    assertThat(heard).containsExactly(2, 1);
  }

  @Test
  void aFoldThatIsNoneIsAnsweredWithTheNamesAndOneWithoutPeopleHereIsRefused() throws IOException {
    Program none = Program.run("train", corpus(10).toString(), "-o", output(), "--fold", "frodo");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("frodo").contains("george, jackson");
    Program nobody =
        Program.run("train", corpus(10).toString(), "-o", output(), "--fold", "accents");
    assertThat(nobody.exitCode()).isEqualTo(2);
    assertThat(nobody.err()).contains("nobody whom fold accents leaves out");
  }

  @Test
  void aJudgeIsTaughtToANetworkThatIsThere() throws IOException {
    Path tones = folder.resolve("tones.zip");
    ToneModel.strings().write(tones);
    Program train = judging(corpus(10).toString(), tones, "--strips", "320");

    assertThat(train.exitCode()).as(train.err()).isZero();
    ModelBundle judged = ModelBundle.read(Path.of(output()));
    assertThat(judged.judge()).isPresent();
    assertThat(judged.weights()).startsWith(ToneModel.strings().weights());
    assertThat(judged.provenance().recipe()).containsEntry("judgeScenes", "200");
    Program replay = Program.run("evaluate", "--model", output(), corpus(10).toString());
    // The model knows these two tones alone.
    assertThat(replay.out())
        .contains(
            "           3   .   .   .   4   .", "           7   .   .   .   .   .   .   .   4");
  }

  @Test
  void aNetworkThatHearsHardlyAWordSaysSoAndGoesOnWithoutAJudge() throws IOException {
    List<String> line =
        new ArrayList<>(List.of("train", corpus(10).toString(), "-o", output(), "--width", "0.1"));
    line.addAll(List.of("--network", "strings", "--strips", "320", "--optimizer", "muon"));
    Program train = Program.run(line.toArray(String[]::new));
    assertThat(train.exitCode()).isNotZero();
    assertThat(train.err()).contains("too few to teach a judge", "or use --no-judge");

    line.add("--no-judge");
    Program again = Program.run(line.toArray(String[]::new));
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("going on from");
    ModelBundle model = ModelBundle.read(Path.of(output()));
    assertThat(model.judge()).isEmpty();
    assertThat(model.provenance().recipe()).containsEntry("filterStep", "0.05");
  }

  @Test
  void whatHasNothingToDoWithAJudgeIsRefused() throws IOException {
    String corpus = corpus(10).toString();
    for (String[] options :
        new String[][] {
          {"--no-judge"},
          {"--from", "x.zip"},
          {"--network", "strings", "--from", "x.zip", "--no-judge"}
        }) {
      List<String> line = new ArrayList<>(List.of("train", corpus, "-o", output()));
      line.addAll(List.of(options));
      Program train = Program.run(line.toArray(String[]::new));
      assertThat(train.exitCode()).isEqualTo(2);
      assertThat(train.err()).containsAnyOf("is for --network strings", "leaves nothing to do");
    }
    Program missing = judging(corpus, folder.resolve("nowhere.zip"));
    assertThat(missing.exitCode()).isNotZero();
    assertThat(missing.err()).contains("nowhere.zip: there is no such model file");
    Path pictures = folder.resolve("pictures.zip");
    BundledModel.WORDS.load().write(pictures);
    Program words = judging(corpus, pictures);
    assertThat(words.exitCode()).isEqualTo(2);
    assertThat(words.err()).contains("--from: digits-wideband", "does not tell the parts of words");
    Path tones = folder.resolve("tones.zip");
    ToneModel.strings().write(tones);
    Program narrow = judging(corpus, tones, "--feature-spec", "narrowband");
    assertThat(narrow.exitCode()).isNotZero();
    assertThat(narrow.err()).contains("Use --feature-spec wideband");
  }

  private Program judging(String corpus, Path model, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of("train", corpus, "--network", "strings", "--from", model.toString()));
    line.addAll(List.of("-o", output()));
    line.addAll(List.of(more));
    return Program.run(line.toArray(String[]::new));
  }

  private String output() {
    return folder.resolve("model.zip").toString();
  }

  /** Two people who say the digits below a number twice each. */
  private Path corpus(int digits) throws IOException {
    Path corpus = folder.resolve("corpus");
    for (int digit = 0; digit < digits; digit++) {
      for (int take = 0; take < 2; take++) {
        for (String speaker : new String[] {"george", "anna"}) {
          Files.createDirectories(corpus);
          ToneRecording.write(
              corpus.resolve(digit + "_" + speaker + "_" + take + ".wav"), Integer.toString(digit));
        }
      }
    }
    return corpus;
  }
}
