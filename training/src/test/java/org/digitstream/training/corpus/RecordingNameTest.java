package org.digitstream.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RecordingNameTest {
  @Test
  void labelSpeakerAndTakeAreRead() {
    assertThat(RecordingName.parse(Path.of("fsdd/7_jackson_32.wav")))
        .contains(new RecordingName("7", "jackson", 32));
    assertThat(RecordingName.parse(Path.of("0_Agnes_60.wav")))
        .contains(new RecordingName("0", "Agnes", 60));
    assertThat(RecordingName.parse(Path.of("2_iitg1_14-1.wav")))
        .contains(new RecordingName("2", "iitg1", 14));
    assertThat(RecordingName.parse(Path.of("view-glass_116.WAV")))
        .contains(new RecordingName("view-glass", "view-glass", 116));
    assertThat(RecordingName.parse(Path.of("7_3.wav")))
        .contains(new RecordingName("7", "unknown", 3));
    assertThat(RecordingName.parse(Path.of("5_en-us+m1_160.wav")))
        .contains(new RecordingName("5", "en-us+m1", 160));
  }

  @Test
  void theFolderIsTheLabelInSpeechCommands() {
    RecordingName name = RecordingName.parse(Path.of("corpus/seven/004ae714_nohash_2.wav")).get();
    assertThat(name).isEqualTo(new RecordingName("seven", "004ae714", 2));
    assertThat(name.digit()).hasValue(7);
  }

  @Test
  void wordsThatAreNoDigitsHaveNone() {
    assertThat(RecordingName.parse(Path.of("heaven_kal_160.wav")).get().digit()).isEmpty();
    assertThat(RecordingName.parse(Path.of("12_kal_160.wav")).get().digit()).isEmpty();
  }

  @Test
  void otherNamesSayNothing() {
    assertThat(RecordingName.parse(Path.of("recording.wav"))).isEmpty();
    assertThat(RecordingName.parse(Path.of("7_jackson_32.txt"))).isEmpty();
    assertThat(RecordingName.parse(Path.of("7_jackson_99999999999.wav"))).isEmpty();
  }
}
