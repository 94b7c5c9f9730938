package org.digitstream.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.standalone.Program;
import org.digitstream.standalone.ToneRecording;
import org.digitstream.standalone.process.Termination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who trains on bad corpora, or wants the model where it cannot go. */
class TrainInputTest {
  @TempDir Path folder;

  @Test
  void withoutCorpusOrOutputTheCommandLineIsWrong() throws IOException {
    assertThat(Program.run("train", "-o", output()).exitCode()).isEqualTo(2);
    Program aimless = Program.run("train", corpus(10).toString());
    assertThat(aimless.exitCode()).isEqualTo(2);
    assertThat(aimless.err()).contains("-o FILE.zip").contains("--help");
  }

  @Test
  void anEmptyCorpusSaysWhatWasExpected() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    requireFailure(train(empty), "empty", "7_jackson_32.wav");
  }

  @Test
  void aMissingCorpusIsNamed() {
    requireFailure(train(folder.resolve("nowhere")), "nowhere: there is no such folder");
  }

  @Test
  void aCorpusThatIsNeitherFolderNorArchiveIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("corpus.txt"), "7 7 7");
    requireFailure(train(text), text + ": this is neither a folder");
  }

  @Test
  void aDigitThatNobodySaysIsNamedBeforeTheTraining() throws IOException {
    requireFailure(train(corpus(9)), "digit 9");
  }

  @Test
  void whereAllFilesAreOfAWrongRateThatIsSaid() throws IOException {
    Path corpus = corpus(10);
    try (Stream<Path> files = Files.list(corpus)) {
      for (Path file : files.toList()) {
        setRate(file, 4_000);
      }
    }
    requireFailure(train(corpus), "Left out: 20 files", "4000 Hz is not within 8000..96000");
  }

  @Test
  void unreadableFilesAreNamedAndCountedAndTheTrainingGoesOn() throws IOException {
    Path corpus = corpus(10);
    Files.writeString(corpus.resolve("7_anna_8.wav"), "this is no sound");
    Files.createFile(corpus.resolve("7_anna_9.wav"));
    Path cut = corpus.resolve("8_anna_9.wav");
    byte[] whole = Files.readAllBytes(corpus.resolve("8_anna_1.wav"));
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    Files.write(corpus.resolve("eight.wav"), whole);
    setRate(Files.write(corpus.resolve("9_anna_9.wav"), whole), 200_000);

    Program train = train(corpus, "--strips", "320", "--width", "0.1");

    assertThat(train.exitCode()).isZero();
    assertThat(train.out()).contains("20 recordings by 1 people").contains("5 left out");
    assertThat(train.err().lines().filter(line -> line.startsWith("left out: ")))
        .hasSize(5)
        .anyMatch(line -> line.contains("7_anna_8.wav: not a WAV file"))
        .anyMatch(line -> line.contains("7_anna_9.wav: the file is empty"))
        .anyMatch(line -> line.contains("8_anna_9.wav") && line.contains("cut off"))
        .anyMatch(line -> line.contains("eight.wav: its name does not say"))
        .anyMatch(line -> line.contains("9_anna_9.wav") && line.contains("200000 Hz"));
    assertThat(ModelBundle.read(Path.of(output())).provenance().corpora().get(0).recordings())
        .isEqualTo(20);
  }

  @Test
  void aFileInPlaceOfTheOutputFolderIsToldBeforeTheTraining() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    requireRefusedOutput(file.resolve("model.zip"), "cannot write into " + file);
    requireRefusedOutput(file.resolve("deeper/model.zip"), "cannot write into " + file);
    assertThat(file).hasContent("in the way");
  }

  @Test
  void aFolderInPlaceOfTheOutputIsToldBeforeTheTraining() throws IOException {
    Path models = Files.createDirectory(folder.resolve("models"));
    requireRefusedOutput(models, models + ": it is a folder");
    assertThat(models).isEmptyDirectory();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDeviceAndAFolderThatTakesNothingAreToldBeforeTheTraining() throws IOException {
    requireRefusedOutput(Path.of("/dev/full"), "/dev/full: it is a device");
    requireRefusedOutput(Path.of("/proc/model.zip"), "cannot write into /proc");
  }

  @Test
  void aDiskWithTooLittleRoomIsToldBeforeTheTraining() throws IOException {
    Program train = trainWithFreeBytes(2_000_000);
    assertThat(train.exitCode()).isEqualTo(1);
    assertThat(train.err())
        .contains("cannot write into " + folder)
        .contains("2.0 MB are free")
        .doesNotContain("\tat ");
    assertThat(train.out()).isEmpty();
    assertThat(Path.of(output())).doesNotExist();
  }

  @Test
  void aDiskWithRoomForAModelIsEnough() throws IOException {
    // It fails for the digit that is missing, after the look at the disk.
    assertThat(trainWithFreeBytes(100_000_000).err()).contains("digit 9");
  }

  @Test
  void aModelThatExistsIsReplacedOnlyByAWholeOne() throws IOException {
    Path model = Files.writeString(Path.of(output()), "an old one");
    requireFailure(train(corpus(9)), "digit 9");
    assertThat(model).hasContent("an old one");

    corpus(10);
    assertThat(train(folder.resolve("corpus"), "--strips", "320", "--width", "0.1").exitCode())
        .isZero();
    assertThat(ModelBundle.read(model).provenance().seed()).isEqualTo(1);
  }

  private void requireFailure(Program train, String... messages) {
    assertThat(train.exitCode()).isEqualTo(1);
    assertThat(train.err()).contains(messages).doesNotContain("\tat ");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void requireRefusedOutput(Path output, String message) throws IOException {
    Program train = Program.run("train", corpus(10).toString(), "-o", output.toString());
    requireFailure(train, message);
    assertThat(train.out()).isEmpty();
  }

  private Program trainWithFreeBytes(long bytes) throws IOException {
    return Program.run(
        Map.of(),
        new Termination(),
        surroundings -> CommandTree.of(surroundings, new Preflight(any -> bytes)),
        "train",
        corpus(9).toString(),
        "-o",
        output());
  }

  private Program train(Path corpus, String... options) {
    String[] arguments =
        Stream.concat(Stream.of("train", corpus.toString(), "-o", output()), Stream.of(options))
            .toArray(String[]::new);
    return Program.run(arguments);
  }

  private String output() {
    return folder.resolve("model.zip").toString();
  }

  /** One person who says the digits below a number twice each. */
  private Path corpus(int digits) throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    for (int digit = 0; digit < digits; digit++) {
      for (int take = 0; take < 2; take++) {
        ToneRecording.write(
            corpus.resolve(digit + "_anna_" + take + ".wav"), Integer.toString(digit));
      }
    }
    return corpus;
  }

  private static void setRate(Path wav, int sampleRateHz) throws IOException {
    byte[] bytes = Files.readAllBytes(wav);
    java.nio.ByteBuffer.wrap(bytes)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .putInt(24, sampleRateHz);
    Files.write(wav, bytes);
  }
}
