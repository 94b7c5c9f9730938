package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.digitstream.ingest.source.VirtualMicrophone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code digitstream live} with a real {@code TargetDataLine}, fed by a PulseAudio null sink. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class LiveIT {
  private static final int DEVICE_RATE_HZ = 48_000;
  private static final String DIGITS = "37733";
  private static final int MOST_PLAYS = 10;
  private static final Pattern DIGIT_LINE = Pattern.compile("^ *\\d+:\\d\\d\\.\\d\\d  (\\d)  ");

  @TempDir private Path folder;
  private Path pulse;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void needsPulseAudio() throws IOException {
    VirtualMicrophone.assumeInstalled();
    pulse = Files.createDirectory(folder.resolve("pulse"));
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void whatIsPlayedIsPrintedAsDigitsAndCtrlCEndsItWithASummary() throws Exception {
    VirtualMicrophone microphone = microphone();
    ChildProgram live = listening(microphone);

    playUntilHeard(microphone, live);

    assertThat(live.interrupt()).as(live.toString()).isZero();
    String heard = heard(live);
    assertThat(live.out())
        .contains("recognized  " + heard)
        .anyMatch(line -> line.matches(heard.length() + " digits in +\\d+:\\d\\d\\.\\d\\d"));
    assertThat(live.err()).noneMatch(line -> line.startsWith("incomplete"));
  }

  @Test
  void aMicrophoneThatGivesOnlyZerosIsToldAndTheEndOfTheProcessStillHasASummary() throws Exception {
    ChildProgram live = listening(microphone());

    assertThat(live.await("(.*nothing but zeros for 10 s.*)"))
        .contains("switch it on")
        .contains("privacy settings")
        .contains("--list-microphones");

    assertThat(live.terminate()).as(live.toString()).isZero();
    assertThat(live.out()).anyMatch(line -> line.matches("0 digits in +\\d+:\\d\\d\\.\\d\\d"));
    assertThat(live.err().stream().filter(line -> line.contains("nothing but zeros"))).hasSize(1);
  }

  @Test
  void thePageBesideItAnswersAndShowsTheMicrophone() throws Exception {
    ChildProgram live =
        start(
            ChildProgram.startWithCtrlC(
                microphone().environment(), "live", "--model", model(), "--web", "0"));
    PageGuest guest = new PageGuest(live.await("page at (\\S+)"));
    live.await("(listening to )");

    WebIT.assertAnswers(guest);
    await("audio is counted")
        .atMost(ChildProgram.PATIENCE)
        .until(
            () ->
                Pattern.compile(
                        "digitstream_audio_seconds_total\\{service=\"features\"} (0\\.[1-9]|[1-9])")
                    .matcher(guest.get("metrics").body())
                    .find());

    assertThat(live.interrupt()).as(live.toString()).isZero();
  }

  @Test
  void theListNamesTheMicrophone() throws Exception {
    ChildProgram list =
        start(
            ChildProgram.startWithCtrlC(microphone().environment(), "live", "--list-microphones"));

    assertThat(list.exitCode()).as(list.toString()).isZero();
    assertThat(list.out()).anyMatch(line -> line.startsWith("default"));
    assertThat(list.err()).isEmpty();
  }

  @Test
  void anUnknownMicrophoneIsRefusedWithTheNamesOfThoseThatAreThere() throws Exception {
    ChildProgram refused =
        start(
            ChildProgram.startWithCtrlC(
                microphone().environment(),
                "live",
                "--model",
                model(),
                "--microphone",
                "nonsense"));

    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(1);
    assertThat(refused.err())
        .singleElement()
        .asString()
        .startsWith("digitstream: no microphone is named 'nonsense'; there are: '")
        .contains("default");
  }

  @Test
  void withoutAnyMicrophoneItSaysWhatToDo() throws Exception {
    Path nothing = Files.createFile(folder.resolve("empty.conf"));
    Map<String, String> environment =
        Map.of(
            "ALSA_CONFIG_PATH",
            nothing.toString(),
            "PULSE_SERVER",
            "unix:" + folder.resolve("nobody"));
    String model = model();
    for (List<String> arguments :
        List.of(
            List.of("live", "--model", model),
            List.of("live", "--model", model, "--microphone", "USB"),
            List.of("live", "--list-microphones"))) {
      ChildProgram refused =
          start(ChildProgram.startWithCtrlC(environment, arguments.toArray(new String[0])));

      assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(1);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err())
          .singleElement()
          .asString()
          .startsWith("digitstream: no microphone was found: plug one in and check the sound");
    }
  }

  private VirtualMicrophone microphone() throws IOException, InterruptedException {
    VirtualMicrophone microphone = VirtualMicrophone.start(pulse, DEVICE_RATE_HZ);
    open.add(microphone);
    return microphone;
  }

  private ChildProgram start(ChildProgram program) {
    open.add(0, program);
    return program;
  }

  private String model() throws IOException {
    Path model = folder.resolve("tones.zip");
    ToneModel.bundle().write(model);
    return model.toString();
  }

  private ChildProgram listening(VirtualMicrophone microphone) throws Exception {
    ChildProgram live =
        start(
            ChildProgram.startWithCtrlC(
                microphone.environment(), "live", "--model", model(), "--stacktrace"));
    live.await("(listening to )");
    return live;
  }

  /**
   * Plays the digits, once if the machine keeps up. Where the program tells that audio was lost
   * meanwhile, it cannot have heard them all, and they are played again.
   */
  private void playUntilHeard(VirtualMicrophone microphone, ChildProgram live) throws Exception {
    Path wav = ToneRecording.write(folder.resolve("played.wav"), DIGITS);
    for (int plays = 1; !heard(live).endsWith(DIGITS); plays++) {
      assertThat(plays).as(live.toString()).isLessThanOrEqualTo(MOST_PLAYS);
      long lostBefore = losses(live);
      assertThat(microphone.play(wav).waitFor()).isZero();
      await(live.toString())
          .atMost(ChildProgram.PATIENCE)
          .until(() -> heard(live).endsWith(DIGITS) || losses(live) > lostBefore);
    }
  }

  private static long losses(ChildProgram live) {
    return live.err().stream().filter(line -> line.startsWith("audio was lost")).count();
  }

  private static String heard(ChildProgram live) {
    StringBuilder digits = new StringBuilder();
    for (String line : live.out()) {
      Matcher matcher = DIGIT_LINE.matcher(line);
      if (matcher.find()) {
        digits.append(matcher.group(1));
      }
    }
    return digits.toString();
  }
}
