package org.digitstream.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.standalone.Program;
import org.digitstream.standalone.ToneRecording;
import org.digitstream.standalone.process.Termination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a synthesizer that says everything as the same tone. */
@DisabledOnOs(OS.WINDOWS)
class SynthesizeCommandTest {
  @TempDir Path folder;
  @TempDir Path programs;

  @Test
  void withoutASynthesizerItSaysWhatToInstall() {
    Program program = synthesize();
    assertThat(program.exitCode()).isEqualTo(1);
    assertThat(program.err()).contains("apt install espeak-ng flite");
    assertThat(folder.resolve("voices")).doesNotExist();
  }

  @Test
  void oneSynthesizerIsEnoughAndTheOtherIsNamed() throws IOException {
    installEspeak();

    Program program = synthesize("--slowest", "100", "--fastest", "140", "--oh", "--other-words");

    assertThat(program.err()).contains("flite is not installed", "only 2 voices");
    assertThat(program.out()).contains("recordings by 2 voices");
    assertThat(program.exitCode()).isZero();
    try (Stream<Path> files = Files.list(folder.resolve("voices"))) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .hasSize(2 * 3 * 10)
          .contains("0_en-us-Alicia_100.wav", "9_en-us-adam_140.wav");
    }
    assertThat(folder.resolve("voices/oh")).isNotEmptyDirectory();
    assertThat(folder.resolve("voices/other")).isNotEmptyDirectory();
    short[] word = WavReader.readMono(folder.resolve("voices/0_en-us-Alicia_100.wav"), 22_050);
    assertThat(word.length).isBetween(22_050 * 350 / 1000, 22_050 * 380 / 1000);
  }

  @Test
  void theSameCommandContinuesWhatWasInterrupted() throws IOException {
    installEspeak();
    synthesize("--slowest", "100", "--fastest", "100");
    Files.delete(folder.resolve("voices/7_en-us-adam_100.wav"));

    Program again = synthesize("--slowest", "100", "--fastest", "100");

    assertThat(again.out()).contains("20 recordings by 2 voices (1 made, 19 were there)");
  }

  @Test
  void anEndThatIsAskedForIsToldAndNothingHalfWrittenRemains() throws IOException {
    installEspeak();
    Termination termination = new Termination();
    termination.request();
    Program ended =
        Program.run(
            Map.of("PATH", programs.toString()),
            termination,
            CommandTree::of,
            "train",
            "synthesize",
            "-o",
            folder.resolve("voices").toString());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("the same command continues it");
  }

  @Test
  void aFullDiskIsToldBeforeTheWork() throws IOException {
    installEspeak();
    Program full =
        Program.run(
            Map.of("PATH", programs.toString()),
            new Termination(),
            surroundings -> CommandTree.of(surroundings, new Preflight(any -> 1_000)),
            "train",
            "synthesize",
            "-o",
            folder.resolve("voices").toString());
    assertThat(full.exitCode()).isEqualTo(1);
    assertThat(full.err()).contains("cannot write into").contains("are free");
    assertThat(folder.resolve("voices")).isEmptyDirectory();
  }

  @Test
  void aFileInPlaceOfTheFolderIsTold() throws IOException {
    installEspeak();
    Files.writeString(folder.resolve("voices"), "in the way");
    Program blocked = synthesize();
    assertThat(blocked.exitCode()).isEqualTo(1);
    assertThat(blocked.err()).contains("voices is a file, not a folder");
  }

  @Test
  void aSynthesizerThatFailsIsQuoted() throws IOException {
    script("espeak-ng", "echo no phoneme data; exit 1");
    Program broken = synthesize();
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.err()).contains("exit code 1: no phoneme data").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--voices=0 | --voices 0 is neither",
        "--slowest=10 | --slowest 10 --fastest 240",
        "--slowest=250 | --slowest 250 --fastest 240",
        "--step=0 | --step 0 is less than 1",
        "--rates-per-voice=11 | --rates-per-voice 11 is not within 1..10",
        "--strings=-1 | --strings -1 is not within 0..1000",
        "--sample-rate=4000 | --sample-rate 4000 is not within 8000..96000",
      })
  void aWrongCommandLineYieldsOneMessageAndExitCode2(String option, String message) {
    Program wrong = synthesize(option);
    assertThat(wrong.err()).contains(message).contains("digitstream train synthesize --help");
    assertThat(wrong.exitCode()).isEqualTo(2);
  }

  @Test
  void theHelpHasExamples() {
    Program help = Program.run("train", "synthesize", "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("Examples:", "  digitstream train synthesize -o voices");
  }

  private Program synthesize(String... options) {
    String[] arguments =
        Stream.concat(
                Stream.of("train", "synthesize", "-o", folder.resolve("voices").toString()),
                Stream.of(options))
            .toArray(String[]::new);
    return Program.run(Map.of("PATH", programs.toString()), arguments);
  }

  private void installEspeak() throws IOException {
    Path tone = ToneRecording.write(programs.resolve("tone.wav"), "3");
    script(
        "espeak-ng",
        """
        case "$1" in
          --voices=en) echo ' 2  en-us           --/M      English_(America)  gmw/en-US      (en 3)' ;;
          --voices=variant)
            echo ' 5  variant         --/M      Adam               !v/adam'
            echo ' 5  variant         --/F      Alicia             !v/Alicia' ;;
          *) while [ "$1" != -w ]; do shift; done; cp '%s' "$2" ;;
        esac
        """
            .formatted(tone));
  }

  private void script(String name, String body) throws IOException {
    Path script = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }
}
