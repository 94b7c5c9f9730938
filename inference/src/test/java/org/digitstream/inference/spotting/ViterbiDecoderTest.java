package org.digitstream.inference.spotting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.digitstream.inference.model.Calibration;
import org.digitstream.inference.model.ViterbiSettings;
import org.digitstream.inference.model.WordEvidence;
import org.digitstream.inference.model.WordParts;
import org.junit.jupiter.api.Test;

class ViterbiDecoderTest {
  private static final int PATIENCE = 4;
  private static final ViterbiSettings SETTINGS =
      new ViterbiSettings(
          new float[WordParts.CLASSES],
          3,
          null,
          2,
          2,
          12,
          12,
          PATIENCE,
          new WordEvidence(0, 1, 0.1f, 0, 1, 20),
          0.3f);

  /** What a sure network says, output by output. */
  private static final class Speech {
    private final List<float[]> outputs = new ArrayList<>();

    Speech said(int wanted, int count) {
      for (int i = 0; i < count; i++) {
        float[] probabilities = new float[WordParts.CLASSES];
        Arrays.fill(probabilities, 0.2f / (WordParts.CLASSES - 1));
        probabilities[wanted] = 0.8f;
        outputs.add(probabilities);
      }
      return this;
    }

    Speech silence(int count) {
      return said(WordParts.SILENCE, count);
    }

    /** One word or another, the first a little likelier. */
    Speech either(int likelier, int other, int outputsOfPart) {
      for (int part = 0; part < WordParts.PARTS; part++) {
        for (int i = 0; i < outputsOfPart; i++) {
          float[] probabilities = new float[WordParts.CLASSES];
          Arrays.fill(probabilities, 0.1f / (WordParts.CLASSES - 2));
          probabilities[WordParts.classOf(likelier, part)] = 0.5f;
          probabilities[WordParts.classOf(other, part)] = 0.4f;
          outputs.add(probabilities);
        }
      }
      return this;
    }

    Speech word(int word, int outputsOfPart) {
      for (int part = 0; part < WordParts.PARTS; part++) {
        said(WordParts.classOf(word, part), outputsOfPart);
      }
      return this;
    }
  }

  private static List<SpottedWord> heard(ViterbiSettings settings, List<float[]> outputs) {
    ViterbiDecoder decoder = new ViterbiDecoder(settings, Calibration.NONE);
    List<SpottedWord> words = new ArrayList<>();
    for (int output = 0; output < outputs.size(); output++) {
      words.addAll(decoder.accept(output, outputs.get(output), 0));
    }
    words.addAll(decoder.finish(outputs.size() - 1));
    return words;
  }

  private static List<Integer> digits(Speech speech) {
    return heard(SETTINGS, speech.outputs).stream().map(SpottedWord::digit).toList();
  }

  @Test
  void wordsWithoutPausesAreOneEach() {
    Speech speech = new Speech().silence(10);
    IntStream.rangeClosed(1, 5).forEach(digit -> speech.word(digit, 4));
    assertThat(digits(speech.silence(20))).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void theSameWordTwiceWithoutPauseIsTwoDigits() {
    assertThat(digits(new Speech().silence(5).word(7, 5).word(7, 5).silence(20)))
        .containsExactly(7, 7);
  }

  @Test
  void ohIsZero() {
    assertThat(digits(new Speech().silence(5).word(WordParts.word(0, true), 4).silence(20)))
        .containsExactly(0);
  }

  @Test
  void whatMayBeOhOrFourIsFourUnlessADigitWasJustSaid() {
    ViterbiSettings rareFirst =
        new ViterbiSettings(
            new float[WordParts.CLASSES],
            3,
            new ViterbiSettings.LoneOh(4, 20),
            2,
            2,
            12,
            12,
            PATIENCE,
            new WordEvidence(0, 1, 0.1f, 0, 1, 20),
            0.3f);
    Speech speech =
        new Speech()
            .silence(5)
            .either(WordParts.OH, 4, 3)
            .silence(30)
            .word(7, 4)
            .either(WordParts.OH, 4, 3)
            .silence(19)
            .either(WordParts.OH, 4, 3)
            .silence(30)
            .either(WordParts.OH, 4, 3)
            .silence(20);

    assertThat(digits(speech)).containsExactly(0, 7, 0, 0, 0);
    assertThat(heard(rareFirst, speech.outputs))
        .extracting(SpottedWord::digit)
        .containsExactly(4, 7, 0, 0, 4);
  }

  @Test
  void aPieceOfAWordIsNone() {
    assertThat(digits(new Speech().silence(5).said(WordParts.classOf(3, 2), 3).silence(20)))
        .isEmpty();
  }

  @Test
  void otherWordsAndSilenceAreNoDigits() {
    assertThat(digits(new Speech().silence(20).said(WordParts.OTHER_WORD, 30).silence(20)))
        .isEmpty();
  }

  @Test
  void aWordThatTheStreamEndsWithIsFound() {
    assertThat(digits(new Speech().silence(9).word(4, 4))).containsExactly(4);
  }

  @Test
  void aWordSpansItsPartsAndIsToldInTime() {
    SpottedWord word =
        heard(SETTINGS, new Speech().silence(10).word(6, 4).silence(20).outputs).get(0);
    assertThat(word.firstOutput()).isEqualTo(10);
    assertThat(word.lastOutput()).isEqualTo(21);
    assertThat(word.decidedOutput()).isBetween(22L, 21L + PATIENCE);
    assertThat(word.probabilities()[6]).isGreaterThan(0.8f);
  }

  @Test
  void lessSureWordsAreDropped() {
    List<float[]> outputs = new Speech().silence(10).word(6, 4).silence(20).outputs;
    assertThat(heard(SETTINGS.withThreshold(0.95f), outputs)).isEmpty();
  }

  @Test
  void aWordIsSurerSoonAfterAnother() {
    List<SpottedWord> soon =
        heard(SETTINGS, new Speech().word(1, 4).silence(19).word(2, 4).silence(20).outputs);
    List<SpottedWord> later =
        heard(SETTINGS, new Speech().word(1, 4).silence(20).word(2, 4).silence(20).outputs);

    assertThat(soon).extracting(SpottedWord::digit).containsExactly(1, 2);
    assertThat(soon.get(0).probabilities()[1]).isEqualTo(later.get(0).probabilities()[1]);
    assertThat(soon.get(1).probabilities()[2]).isGreaterThan(later.get(1).probabilities()[2]);
    assertThat(later.get(1).probabilities()[2]).isEqualTo(later.get(0).probabilities()[1]);
  }

  @Test
  void aWordIsLikelierThanAnyOfTheOthersAndAllTogetherAreOneAtMost() {
    for (int seed = 0; seed < 20; seed++) {
      for (SpottedWord word : heard(SETTINGS.withThreshold(0), random(seed, 200))) {
        float sum = 0;
        for (float probability : word.probabilities()) {
          assertThat(probability).isBetween(0f, word.probabilities()[word.digit()]);
          sum += probability;
        }
        assertThat(sum).isLessThanOrEqualTo(1.00001f);
      }
    }
  }

  @Test
  void noDecisionWaitsLongerThanPatience() {
    for (int seed = 0; seed < 50; seed++) {
      for (SpottedWord word : heard(SETTINGS.withThreshold(0), random(seed, 200))) {
        assertThat(word.decidedOutput() - word.lastOutput()).isBetween(0L, (long) PATIENCE);
      }
    }
  }

  @Test
  void itGoesOnAnywhereFromItsStateToTheBit() {
    SplittableRandom random = new SplittableRandom(3);
    for (int seed = 0; seed < 50; seed++) {
      List<float[]> outputs = random(seed, 120);
      int cut = random.nextInt(1, outputs.size());
      ViterbiDecoder first = new ViterbiDecoder(SETTINGS, Calibration.NONE);
      ViterbiDecoder second = new ViterbiDecoder(SETTINGS, Calibration.NONE);
      List<SpottedWord> expected = new ArrayList<>();
      List<SpottedWord> resumed = new ArrayList<>();
      for (int output = 0; output < outputs.size(); output++) {
        List<SpottedWord> words = first.accept(output, outputs.get(output), 0);
        if (output >= cut) {
          expected.addAll(words);
          resumed.addAll(second.accept(output, outputs.get(output), 0));
        }
        if (output == cut - 1) {
          byte[] state = first.state();
          assertThat(state).hasSize(first.stateBytes());
          ByteBuffer buffer = ByteBuffer.wrap(state);
          second.restore(buffer);
          assertThat(buffer.hasRemaining()).isFalse();
          assertThat(second.state()).isEqualTo(state);
        }
      }
      expected.addAll(first.finish(outputs.size() - 1));
      resumed.addAll(second.finish(outputs.size() - 1));
      assertThat(resumed)
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyElementsOf(expected);
      assertThat(second.state()).isEqualTo(first.state());
    }
  }

  /** Words, or what is like words, from a network that is not sure. */
  private static List<float[]> random(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    Speech speech = new Speech();
    while (speech.outputs.size() < count) {
      speech.word(random.nextInt(WordParts.WORDS), random.nextInt(1, 5));
      if (random.nextBoolean()) {
        speech.said(WordParts.OTHER_WORD + random.nextInt(2), random.nextInt(8));
      }
    }
    for (float[] probabilities : speech.outputs) {
      float sum = 0;
      for (int c = 0; c < probabilities.length; c++) {
        probabilities[c] *= (float) Math.exp(random.nextDouble(-2, 2));
        sum += probabilities[c];
      }
      for (int c = 0; c < probabilities.length; c++) {
        probabilities[c] /= sum;
      }
    }
    return speech.outputs;
  }
}
