package org.digitstream.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.standalone.Program;
import org.digitstream.standalone.ToneModel;
import org.digitstream.standalone.ToneRecording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a person sees who calls the program in a right or a wrong way, as far as no broker is
 * needed.
 */
class CommandLineTest {
  @TempDir Path folder;

  @Test
  void helpListsTheCommandsAndSucceeds() {
    Program help = Program.run("--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .contains(
            "demo",
            "live",
            "replay",
            "ingest",
            "features",
            "inference",
            "train",
            "events",
            "explain",
            "spectrogram",
            "doctor",
            "topics",
            "dead-letters",
            "streams",
            "broker",
            "serve",
            "page",
            "capacity");
    assertThat(help.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "live",
        "replay",
        "ingest",
        "features",
        "inference",
        "train",
        "events",
        "explain",
        "spectrogram",
        "doctor",
        "topics",
        "dead-letters",
        "streams",
        "broker",
        "serve",
        "page",
        "capacity"
      })
  void everyCommandHasHelpWithExamples(String command) {
    Program help = Program.run(command, "--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .contains("Usage: digitstream " + command)
        .contains("Examples:")
        .contains("  digitstream " + command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--colour | Unknown option: '--colour'",
        "spectogram x.wav | Unmatched arguments",
        "replay | Missing required parameter",
        "replay --speed fast x.wav | 'fast' is no speed",
        "replay --speed 0 x.wav | a speed of 0.0",
        "replay --bootstrap-servers nowhere x.wav | 'nowhere'",
        "replay --processing-guarantee twice x.wav | 'twice' is not exactly-once",
        "live --processing-guarantee exactly-once --bootstrap-servers a:9 | run elsewhere",
        "ingest | either --microphone or the paths",
        "ingest --microphone --audio-retention 5 | '5' is not a length of time",
        "features --processing-guarantee twice | 'twice' is not exactly-once",
        "features --feature-spec midband | no feature specification is named 'midband'",
        "inference --threads 0 | --threads 0 is not within 1..64",
        "broker --port 70000 | --port 70000 is not within 0..65535",
        "page --port 70000 | --port 70000 is not within 0..65535",
        "page --bootstrap-servers nowhere | 'nowhere'",
        "serve --port 70000 | --port 70000 is not within 0..65535",
        "serve --broker-port 70000 | --broker-port 70000 is not within 0..65535",
        "serve --utterance-pause long | 'long' is not a length of time",
        "page --utterance-pause 0s | --utterance-pause 0ms is not within 1ms..10m",
        "replay --utterance-pause 1h x.wav | --utterance-pause 3600000ms is not within 1ms..10m",
        "live --utterance-pause 0ms | --utterance-pause 0ms is not within 1ms..10m",
        "events --utterance-pause 0ms | --utterance-pause 0ms is not within 1ms..10m",
        "demo --utterance-pause 0ms | --utterance-pause 0ms is not within 1ms..10m",
        "demo --web 70000 | --web 70000 is not within 0..65535",
        "live --web 70000 | --web 70000 is not within 0..65535",
        "replay --web 70000 x.wav | --web 70000 is not within 0..65535",
        "streams | say what to do",
        "streams delete | Missing required parameter: 'ID'",
        "dead-letters | say what to do",
        "dead-letters list --topic posteriors | --topic posteriors is none of audio-chunks",
        "dead-letters list --reason bad | --reason bad is none of malformed, no-value",
        "dead-letters list --newest -1 | --newest -1 is negative",
        "dead-letters replay | say which letters: --topic, --reason, --offset, or --all",
        "dead-letters replay --all --offset 1 | contradict each other",
        "dead-letters replay --offset 1 | --offset needs one --topic",
        "dead-letters replay --all --most-replays 0 | --most-replays 0 is less than 1",
        "capacity --chunk-millis 5 | --chunk-millis 5 is not within 10..1000",
        "capacity --to 5 | --to 5 is not within 10..20000",
        "capacity --processing-guarantee twice | 'twice' is not exactly-once",
        "capacity --plot x.jpg | name it something.png",
        "events --idle-seconds 0 | --idle-seconds 0 is less than 1",
        "spectrogram x.wav | Missing required option: '--output=FILE.png'",
        "spectrogram x.wav -o x.jpg | name it something.png",
      })
  void aWrongCommandLineYieldsOneMessageAndExitCode2(String line, String message)
      throws IOException {
    String[] words =
        line.replace("x.wav", ToneRecording.write(folder.resolve("x.wav"), "3").toString())
            .split(" ");
    Program wrong = Program.run(withModel(words));

    assertThat(wrong.err()).contains(message).contains("--help").doesNotContain("\tat ");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.out()).isEmpty();
  }

  /** With the tone model where the command takes one. */
  private String[] withModel(String... words) throws IOException {
    if (!java.util.Set.of("replay", "ingest", "features", "inference", "page").contains(words[0])
        || words.length == 1) {
      return words;
    }
    String[] all = java.util.Arrays.copyOf(words, words.length + 1);
    all[words.length] = "--model=" + model();
    return all;
  }

  private Path model() throws IOException {
    Path file = folder.resolve("tones.zip");
    ToneModel.bundle().write(file);
    return file;
  }

  @Test
  void theMistypedCommandIsGuessed() {
    assertThat(Program.run("spectogram").err()).contains("digitstream spectrogram");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "features"})
  void aModelWithAnotherFeatureSpecIsRefusedNamingBoth(String service) throws IOException {
    String recording = ToneRecording.write(folder.resolve("x.wav"), "3").toString();
    Program refused =
        service.equals("ingest")
            ? Program.run(
                service, recording, "--feature-spec", "narrowband", "--model", model().toString())
            : Program.run(service, "--feature-spec", "narrowband", "--model", model().toString());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains(FeatureSpec.WIDEBAND.id(), FeatureSpec.NARROWBAND.id())
        .doesNotContain("\tat ");
  }

  @Test
  void aModelThatIsNoneIsNamed() throws IOException {
    Path notes = Files.writeString(folder.resolve("notes.zip"), "not a model");

    Program refused = Program.run("features", "--model", notes.toString());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains(notes.toString()).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"page", "serve"})
  void transcriptsThatAreNoneAreNamedBeforeAnythingIsStarted(String command) throws IOException {
    Path notes = Files.writeString(folder.resolve("notes.tsv"), "3.wav\tthree\n3.wav\tthree\n");

    Program refused = Program.run(command, "--transcripts", notes.toString());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .startsWith("digitstream: " + notes + ", line 2")
        .doesNotContain("\tat ", "starting");
  }

  @Test
  void aTextFileNamedWavIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.wav"), "this is a text, and a long one");

    Program refused =
        Program.run("spectrogram", text.toString(), "-o", folder.resolve("x.png").toString());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).startsWith("digitstream: " + text).doesNotContain("\tat ");
  }

  @Test
  void aModelOfNoSuchNameIsRefusedWithTheNamesThereAre() {
    Program refused = Program.run("features", "--model", "sentences");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("sentences: there is neither such a model file nor a model of that name")
        .contains("words and strings");
  }

  @Test
  void theStackTraceIsShownOnRequestOnly() {
    String missing = folder.resolve("missing.wav").toString();
    String picture = folder.resolve("x.png").toString();

    assertThat(Program.run("spectrogram", missing, "-o", picture).err()).doesNotContain("\tat ");
    assertThat(Program.run("spectrogram", missing, "-o", picture, "--stacktrace").err())
        .contains("\tat ");
  }

  @Test
  void aSpectrogramIsAPicture() throws IOException {
    Path recording = ToneRecording.write(folder.resolve("37.wav"), "37");
    Path picture = folder.resolve("37.png");

    Program drawn = Program.run("spectrogram", recording.toString(), "-o", picture.toString());

    assertThat(drawn.err()).isEmpty();
    assertThat(drawn.exitCode()).isZero();
    assertThat(javax.imageio.ImageIO.read(picture.toFile()).getHeight()).isGreaterThan(300);
  }
}
