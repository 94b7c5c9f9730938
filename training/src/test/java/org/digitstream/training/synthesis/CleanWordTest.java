package org.digitstream.training.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.digitstream.training.Speech;
import org.junit.jupiter.api.Test;

class CleanWordTest {
  private static final int RATE = Speech.RATE;

  @Test
  void aWordKeepsThirtyMillisecondsAroundItAndPeaksAtMinusThreeDecibels() throws Exception {
    short[] word = CleanWord.of(Speech.word(5, 400, 700, 1), RATE, 1);
    assertThat(word).hasSize((400 + 2 * 30) * RATE / 1000);
    assertThat(IntStream.range(0, word.length).map(i -> Math.abs(word[i])).max())
        .hasValue((int) Math.round(32768 * Math.pow(10, -0.15)));
  }

  @Test
  void theBreathOfARecordedVoiceIsCutOff() throws Exception {
    short[] samples = Speech.word(5, 400, 700, 1);
    for (int i = 0; i < samples.length; i++) {
      samples[i] += (short) (i * 7919 % 81 - 40);
    }
    assertThat(CleanWord.of(samples, RATE, 1)).hasSize((400 + 2 * 30) * RATE / 1000);
  }

  @Test
  void aWordThatFillsItsRecordingGetsSilenceAroundIt() throws Exception {
    short[] word = CleanWord.of(Speech.word(5, 400, 0, 1), RATE, 1);
    assertThat(word).hasSize((400 + 2 * 30) * RATE / 1000);
    assertThat(word).startsWith(new short[30 * RATE / 1000]);
  }

  @Test
  void silenceAndClicksAreNoWords() {
    assertThatThrownBy(() -> CleanWord.of(new short[RATE], RATE, 1))
        .isInstanceOf(SynthesisException.class)
        .hasMessageContaining("silent");
    assertThatThrownBy(() -> CleanWord.of(new short[0], RATE, 1)).hasMessageContaining("silent");
    assertThatThrownBy(() -> CleanWord.of(Speech.word(5, 30, 300, 1), RATE, 1))
        .hasMessageContaining("30 ms");
  }
}
