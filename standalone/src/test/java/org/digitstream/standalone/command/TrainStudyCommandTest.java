package org.digitstream.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.standalone.Program;
import org.digitstream.standalone.ToneRecording;
import org.digitstream.standalone.process.Termination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainStudyCommandTest {
  private static final String[] SMALL_PICTURES = {
    "--bands", "16", "--frames", "16", "--fft", "512", "--shift", "512"
  };
  private static final String[] SMALL_NETWORKS = {
    "--channels", "4,4,4", "--kernel", "3", "--epochs", "1", "--autoencoder-epochs", "1"
  };

  @TempDir Path folder;

  @Test
  void theStudyIsRunWithOneCommandAndReportedAndNotDoneTwice() throws IOException {
    String[] arguments =
        line(
            "study",
            new String[] {"--corpus", corpus(10), "--seeds", "2"},
            SMALL_PICTURES,
            SMALL_NETWORKS);
    Program first = Program.run(arguments);
    assertThat(first.complaints()).isEmpty();
    assertThat(first.exitCode()).isZero();
    assertThat(first.out())
        .contains("40 pictures of 2 speakers")
        .contains("seed 2, speakers apart: 3 layers, pretrained, the picture: accuracy")
        .contains("report.html: the report");
    assertThat(Files.readString(folder.resolve("study/report.md")))
        .contains("2 layers, random start")
        .contains("2 seeds");

    Program second = Program.run(arguments);
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).doesNotContain("accuracy").contains("there already");
  }

  @Test
  void eachStepIsACommandOfItsOwn() throws IOException {
    run(
        "spectrograms",
        new String[] {"--corpus", corpus(10), "--padding", "silence"},
        SMALL_PICTURES);
    assertThat(run("split").out()).contains("36 pictures to train on, 4 to test on (random)");
    assertThat(run("autoencode", new String[] {"--objective", "hidden"}, SMALL_NETWORKS).out())
        .contains("autoencoder 3, its own input: loss");
    assertThat(run("classify", new String[] {"--start", "hidden"}, SMALL_NETWORKS).out())
        .contains("epoch  training: loss")
        .contains("samples/s");
    run("report");
    assertThat(folder.resolve("study/report.html")).isNotEmptyFile();
    Path model = folder.resolve("study.zip");
    run(
        "export",
        new String[] {"--start", "hidden", "--model", model.toString(), "--name", "mini"},
        SMALL_NETWORKS);
    assertThat(ModelBundle.read(model).modelId()).startsWith("mini-");
  }

  @Test
  void anEmptyCorpusSaysWhatWasExpected() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Program program = Program.run(line("study", new String[] {"--corpus", empty.toString()}));
    assertThat(program.exitCode()).isEqualTo(1);
    assertThat(program.err()).contains("empty").contains("7_jackson_32.wav");
  }

  @Test
  void aMissingDigitIsNamed() throws IOException {
    Program program = Program.run(line("spectrograms", new String[] {"--corpus", corpus(8)}));
    assertThat(program.exitCode()).isEqualTo(1);
    assertThat(program.err()).contains("digit 8, 9");
  }

  @Test
  void unreadableRecordingsAmongGoodOnesAreNamedAndCounted() throws IOException {
    String corpus = corpus(10);
    Files.writeString(folder.resolve("corpus/4_anna_7.wav"), "no sound");
    Program program =
        Program.run(line("spectrograms", new String[] {"--corpus", corpus}, SMALL_PICTURES));
    assertThat(program.exitCode()).isZero();
    assertThat(program.err()).contains("left out: ").contains("4_anna_7.wav");
    assertThat(program.out()).contains("40 pictures").contains("could not be used: 1");
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldBeforeTheCorpusIsRead() throws IOException {
    Path file = Files.writeString(folder.resolve("study"), "in the way");
    Program program = Program.run(line("study", new String[] {"--corpus", corpus(10)}));
    assertThat(program.exitCode()).isEqualTo(1);
    assertThat(program.err()).contains("cannot write into " + file);
    assertThat(program.out()).isEmpty();
  }

  @Test
  void aFullDiskIsToldBeforeTheCorpusIsRead() throws IOException {
    Program program =
        Program.run(
            Map.of(),
            new Termination(),
            surroundings -> CommandTree.of(surroundings, new Preflight(any -> 1_000)),
            line("study", new String[] {"--corpus", corpus(10)}));
    assertThat(program.exitCode()).isEqualTo(1);
    assertThat(program.err()).contains("cannot write into").contains("are free");
    assertThat(program.out()).isEmpty();
  }

  @Test
  void picturesThatAreTooSmallForTheNetworkAreRefused() throws IOException {
    run("spectrograms", new String[] {"--corpus", corpus(10)}, SMALL_PICTURES);
    Program program = Program.run(line("classify"));
    assertThat(program.exitCode()).isEqualTo(1);
    assertThat(program.err()).contains("a network of 3 layers does not fit the pictures");
  }

  @Test
  void settingsOutOfTheirBoundsAreWrongUsage() {
    assertWrong("bands 0", "study", "--corpus", "x", "--bands", "0");
    assertWrong("learning rate -1.0", "study", "--corpus", "x", "--learning-rate", "-1");
    assertWrong("above 300 and below 260", "study", "--corpus", "x", "--slowest", "300");
    assertWrong("--seeds 0", "study", "--corpus", "x", "--seeds", "0");
  }

  private void assertWrong(String message, String step, String... arguments) {
    Program program = Program.run(line(step, arguments));
    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err()).contains(message);
  }

  @Test
  void anEndThatIsAskedForSaysHowToGoOn() throws IOException {
    Termination termination = new Termination();
    termination.request();
    Program program =
        Program.run(termination, line("study", new String[] {"--corpus", corpus(10)}));
    assertThat(program.exitCode()).isEqualTo(1);
    assertThat(program.err()).contains("the same command goes on");
  }

  private Program run(String step, String[]... arguments) {
    Program program = Program.run(line(step, arguments));
    assertThat(program.complaints()).isEmpty();
    assertThat(program.exitCode()).isZero();
    return program;
  }

  private String[] line(String step, String[]... arguments) {
    List<String> line =
        new ArrayList<>(List.of("train", step, "-o", folder.resolve("study").toString()));
    for (String[] some : arguments) {
      line.addAll(Arrays.asList(some));
    }
    return line.toArray(String[]::new);
  }

  /** Two people who say the digits below a number twice each. */
  private String corpus(int digits) throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    for (int digit = 0; digit < digits; digit++) {
      for (int take = 0; take < 2; take++) {
        for (String speaker : new String[] {"george", "anna"}) {
          ToneRecording.write(
              corpus.resolve(digit + "_" + speaker + "_" + take + ".wav"), Integer.toString(digit));
        }
      }
    }
    return corpus.toString();
  }
}
