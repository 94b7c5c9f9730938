package org.digitstream.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.digitstream.training.Speech;
import org.junit.jupiter.api.Test;

class WordEndpointsTest {
  private static final int RATE = Speech.RATE;
  private static final int FRAME = RATE / 100;

  @Test
  void theWordIsFoundBetweenSilences() {
    WordEndpoints word = WordEndpoints.find(Speech.word(4, 400, 300, 1), RATE);
    assertThat(word.startSample()).isCloseTo(RATE * 300 / 1000, within(FRAME));
    assertThat(word.endSample()).isCloseTo(RATE * 700 / 1000, within(FRAME));
  }

  @Test
  void aStopClosureDoesNotEndTheWord() {
    short[] samples = Speech.word(4, 400, 300, 1);
    for (int i = RATE * 450 / 1000; i < RATE * 550 / 1000; i++) {
      samples[i] = 0;
    }
    WordEndpoints word = WordEndpoints.find(samples, RATE);
    assertThat(word.endSample()).isCloseTo(RATE * 700 / 1000, within(FRAME));
  }

  @Test
  void aClickFarAwayIsNotTheWord() {
    short[] samples = Speech.word(4, 400, 500, 1);
    samples[RATE / 10] = 3000;
    WordEndpoints word = WordEndpoints.find(samples, RATE);
    assertThat(word.startSample()).isCloseTo(RATE / 2, within(FRAME));
  }

  @Test
  void aRecordingThatIsAllWordIsAllWord() {
    short[] samples = Speech.word(4, 400, 0, 1);
    assertThat(WordEndpoints.find(samples, RATE)).isEqualTo(new WordEndpoints(0, samples.length));
  }

  @Test
  void digitalSilenceAndTheShortestRecordingBreakNothing() {
    assertThat(WordEndpoints.find(new short[RATE], RATE).endSample()).isLessThanOrEqualTo(RATE);
    assertThat(WordEndpoints.find(new short[1], RATE)).isEqualTo(new WordEndpoints(0, 1));
  }
}
