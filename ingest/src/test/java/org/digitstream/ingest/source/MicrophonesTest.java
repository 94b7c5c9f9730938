package org.digitstream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MicrophonesTest {
  private static final List<String> NAMES =
      List.of("default [default]", "PCH [hw:0]", "USB [hw:1]");

  @Test
  void aNameOrAPartThatOnlyOneHasIsEnough() throws MicrophoneException {
    assertThat(Microphones.choose(NAMES, "PCH [hw:0]")).isEqualTo(1);
    assertThat(Microphones.choose(NAMES, "usb")).isEqualTo(2);
    assertThat(Microphones.choose(List.of("mic 2", "mic"), "mic")).isEqualTo(1);
  }

  @Test
  void anUnknownOrAmbiguousNameListsTheNames() {
    assertThatThrownBy(() -> Microphones.choose(NAMES, "webcam"))
        .isInstanceOf(MicrophoneException.class)
        .hasMessageContaining("no microphone is named 'webcam'")
        .hasMessageContaining("'USB [hw:1]'");
    assertThatThrownBy(() -> Microphones.choose(NAMES, "hw:"))
        .hasMessageContaining("more than one")
        .hasMessageContaining("'PCH [hw:0]'");
  }

  @Test
  void noMicrophoneAtAllSaysWhatToDo() {
    assertThatThrownBy(() -> Microphones.choose(List.of(), "any"))
        .isInstanceOf(MicrophoneException.class)
        .hasMessageContaining("plug one in");
  }

  @Test
  void theRateOfTheStreamIsPreferredOnlyWhereTheDeviceNamesIt() {
    assertThat(Microphones.ratesToTry(List.of(8000, 16_000, 48_000), 16_000))
        .containsExactly(16_000, 48_000, 8000);
    assertThat(Microphones.ratesToTry(List.of(22_050, 44_100), 16_000))
        .containsExactly(44_100, 22_050);
    assertThat(Microphones.ratesToTry(List.of(), 16_000))
        .containsExactly(48_000, 44_100, 32_000, 16_000);
  }

  @Test
  void levelsAreInDecibelsOfFullScale() {
    assertThat(SoundLevel.of(new short[] {-32768, -32768})).isEqualTo(new SoundLevel(0, 0));
    assertThat(SoundLevel.of(new short[0]).digitalSilence()).isTrue();
    assertThat(SoundLevel.of(new short[] {0, 1}).digitalSilence()).isFalse();
  }
}
