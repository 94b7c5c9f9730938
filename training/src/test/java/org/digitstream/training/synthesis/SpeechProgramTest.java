package org.digitstream.training.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class SpeechProgramTest {
  @TempDir Path scratch;

  @Test
  void whatItPrintsIsReturnedHoweverMuch() throws Exception {
    String script = "i=0; while [ $i -lt 9000 ]; do echo 0123456789; i=$((i+1)); done";
    assertThat(shell(10_000).run(List.of("-c", script))).hasSize(99_000);
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void aFailureIsToldWithWhatItSaid() {
    assertThatThrownBy(() -> shell(10_000).run(List.of("-c", "echo no such voice >&2; exit 3")))
        .isInstanceOf(SynthesisException.class)
        .hasMessageContaining("exit code 3: no such voice");
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void whatDoesNotEndIsEnded() {
    assertThatThrownBy(() -> shell(50).run(List.of("-c", "exec sleep 60")))
        .isInstanceOf(SynthesisException.class)
        .hasMessageContaining("did not end");
  }

  @Test
  void whatIsNotThereIsNamed() {
    Path missing = scratch.resolve("flute");
    SpeechProgram program = new SpeechProgram(missing, scratch, Duration.ofSeconds(1));
    assertThatThrownBy(() -> program.run(List.of()))
        .isInstanceOf(SynthesisException.class)
        .hasMessageContaining("flute cannot be started");
  }

  @Test
  void onlyInstalledSynthesizersAreFound() throws Exception {
    assertThat(SynthesizersAtHand.find("", scratch).missing())
        .containsExactly("flite", "espeak-ng");
    Path flite =
        Files.writeString(scratch.resolve("flite"), "#!/bin/sh\necho Voices available: slt\n");
    assertThat(flite.toFile().setExecutable(true)).isTrue();
    SynthesizersAtHand one = SynthesizersAtHand.find("/nowhere:" + scratch, scratch);
    assertThat(one.missing()).containsExactly("espeak-ng");
    assertThat(one.voices(5)).extracting(SyntheticVoice::name).containsExactly("flite-slt");
  }

  private SpeechProgram shell(int timeoutMillis) {
    return new SpeechProgram(Path.of("/bin/sh"), scratch, Duration.ofMillis(timeoutMillis));
  }
}
