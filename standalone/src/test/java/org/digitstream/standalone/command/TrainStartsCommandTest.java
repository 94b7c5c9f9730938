package org.digitstream.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.standalone.Program;
import org.digitstream.standalone.ToneRecording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainStartsCommandTest {
  @TempDir Path folder;

  private Program starts(String... options) {
    List<String> arguments = new ArrayList<>(List.of("train", "starts"));
    arguments.add(folder.resolve("fsdd").toString());
    arguments.addAll(List.of("-o", folder.resolve("out").toString(), "--folds", "george"));
    arguments.addAll(List.of("--strips", "24", "--width", "0.1", "--pictures", "20"));
    arguments.addAll(List.of("--digits", "4", "--seeds", "1"));
    arguments.addAll(List.of(options));
    return Program.run(arguments.toArray(String[]::new));
  }

  private void writeCorpus() throws IOException {
    Files.createDirectories(folder.resolve("fsdd"));
    for (int digit = 0; digit < 10; digit++) {
      for (String speaker : List.of("george", "anna")) {
        ToneRecording.write(
            folder.resolve("fsdd/" + digit + "_" + speaker + "_7.wav"), Integer.toString(digit));
      }
    }
  }

  @Test
  void aTableAPlotAndTheirNumbersAreWrittenAndFinishedTrainingsAreKept() throws IOException {
    writeCorpus();
    Program first = starts("--takes", "1");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("george-takes-1-seed-1-random: ", "george-takes-1-seed-1-denoising: ");
    String table = Files.readString(folder.resolve("out/starts.md"));
    assertThat(table)
        .contains("3 of 3 trainings", "| 1 | 10 | autoencoder |", "--strips 24 --width 0.1");
    assertThat(folder.resolve("out/starts.json")).content().contains("\"fold\" : \"george\"");
    assertThat(folder.resolve("out/starts.png")).isNotEmptyFile();

    Program again = starts("--takes", "1");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).doesNotContain("right,");
    assertThat(folder.resolve("out/starts.md")).hasContent(table);
  }

  @Test
  void aModelCanStartFromAnAutoencoderAndSaysSo() throws IOException {
    writeCorpus();
    Path model = folder.resolve("model.zip");
    Program train =
        Program.run(
            "train",
            folder.resolve("fsdd").toString(),
            "-o",
            model.toString(),
            "--strips",
            "24",
            "--width",
            "0.1",
            "--start",
            "denoising");
    assertThat(train.exitCode()).as(train.err()).isZero();
    assertThat(ModelBundle.read(model).provenance().recipe())
        .containsEntry("start", "denoising")
        .containsEntry("startMaskedShare", "0.3");
  }

  @Test
  void whatIsWrongInTheCommandLineIsSaid() {
    assertWrong("neither a number from 1 nor 'all'", "--takes", "0");
    assertWrong("there is no fold 'frodo'", "--folds", "frodo");
    assertWrong("is more than 10000", "--strips", "10001");
    assertWrong("too few", "--strips", "3");
    assertWrong("--threads 0", "--threads", "0");
    Program temporal =
        Program.run(
            "train", "corpus", "-o", "m.zip", "--network", "temporal", "--start", "autoencoder");
    assertThat(temporal.exitCode()).isEqualTo(2);
    assertThat(temporal.err()).contains("--start autoencoder is for --network pictures");
  }

  private void assertWrong(String message, String option, String value) {
    List<String> arguments = new ArrayList<>(List.of("train", "starts", "corpus", "-o", "out"));
    arguments.addAll(List.of(option, value));
    Program program = Program.run(arguments.toArray(String[]::new));
    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err()).contains(message);
  }
}
