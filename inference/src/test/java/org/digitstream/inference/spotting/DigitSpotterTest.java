package org.digitstream.inference.spotting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.digitstream.inference.model.Calibration;
import org.digitstream.inference.model.SpotterSettings;
import org.junit.jupiter.api.Test;

class DigitSpotterTest {
  private static final SpotterSettings SETTINGS = new SpotterSettings(0.5f, 0.4f, 2, 5, 60, 0.6f);
  private static final int CLASSES = 11;

  private final DigitSpotter spotter = new DigitSpotter(SETTINGS, Calibration.NONE);
  private final List<SpottedWord> words = new ArrayList<>();
  private long next;

  @Test
  void aWordIsReportedOnceWithItsSpan() {
    silence(10);
    say(7, 20);
    silence(10);

    assertThat(words).hasSize(1);
    assertThat(words.get(0).digit()).isEqualTo(7);
    assertThat(words.get(0).firstOutput()).isEqualTo(10);
    assertThat(words.get(0).lastOutput()).isEqualTo(29);
    assertThat(words.get(0).decidedOutput()).isEqualTo(31);
    assertThat(words.get(0).probabilities()[7]).isEqualTo(0.9f, within(1e-6f));
  }

  @Test
  void theConfidenceIsCalibratedAndTheThresholdIsAboutThat() {
    Calibration calibration = new Calibration(0.5f, 2, 0.3f);
    float calibrated = calibration.apply(0.9f);
    assertThat(heardOnce(calibration, calibrated - 1e-4f).probabilities()[7])
        .isEqualTo(calibrated, within(1e-5f));
    assertThat(heard(calibration, calibrated + 1e-4f)).isEmpty();
  }

  private static SpottedWord heardOnce(Calibration calibration, float threshold) {
    return heard(calibration, threshold).get(0);
  }

  private static List<SpottedWord> heard(Calibration calibration, float threshold) {
    DigitSpotter spotter = new DigitSpotter(SETTINGS.withThreshold(threshold), calibration);
    float[] seven = new float[CLASSES];
    Arrays.fill(seven, 0.01f);
    seven[7] = 0.9f;
    for (int output = 0; output < 20; output++) {
      assertThat(spotter.accept(output, seven, 0)).isEmpty();
    }
    return spotter.finish(20);
  }

  @Test
  void theSameDigitTwiceWithAPauseIsReportedTwice() {
    say(7, 15);
    silence(8);
    say(7, 15);
    silence(8);

    assertThat(words).extracting(SpottedWord::digit).containsExactly(7, 7);
  }

  @Test
  void everyDigitOfAStringIsReportedInOrder() {
    for (int digit : new int[] {5, 5, 5, 1, 2, 3, 4}) {
      say(digit, 12);
      silence(6);
    }

    assertThat(words).extracting(SpottedWord::digit).containsExactly(5, 5, 5, 1, 2, 3, 4);
  }

  @Test
  void aDoubtfulMomentInsideAWordDoesNotSplitIt() {
    say(6, 8);
    silence(1);
    say(6, 8);
    silence(5);

    assertThat(words).hasSize(1);
    assertThat(words.get(0).lastOutput()).isEqualTo(16);
  }

  @Test
  void silenceIsNoDigit() {
    silence(1000);
    assertThat(spotter.finish(999)).isEmpty();
    assertThat(words).isEmpty();
  }

  @Test
  void aClickIsTooShortToBeADigit() {
    say(3, 4);
    silence(10);

    assertThat(words).isEmpty();
  }

  @Test
  void whatIsHeardAsADigitForTooLongIsNone() {
    say(3, 61);
    silence(10);

    assertThat(words).isEmpty();
  }

  @Test
  void aWordThatIsNoDigitInParticularIsNone() {
    for (int i = 0; i < 20; i++) {
      float[] p = new float[CLASSES];
      p[1] = 0.45f;
      p[9] = 0.4f;
      p[10] = 0.15f;
      take(p);
    }
    silence(5);

    assertThat(words).isEmpty();
  }

  @Test
  void theMeanOverTheWordDecidesAndNotItsBeginning() {
    say(5, 4);
    say(4, 16);
    silence(5);

    assertThat(words).extracting(SpottedWord::digit).containsExactly(4);
  }

  @Test
  void theEndOfTheStreamEndsTheWord() {
    say(2, 10);

    assertThat(spotter.finish(next - 1)).map(SpottedWord::digit).contains(2);
    assertThat(spotter.finish(next - 1)).isEmpty();
  }

  @Test
  void aRestoredSpotterGoesOnAtAnyPlace() {
    float undisturbed = 0;
    for (int cut = 0; cut < 40; cut++) {
      DigitSpotter first = new DigitSpotter(SETTINGS, Calibration.NONE);
      DigitSpotter second = new DigitSpotter(SETTINGS, Calibration.NONE);
      List<SpottedWord> found = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        if (i == cut) {
          second.restore(ByteBuffer.wrap(first.state()));
        }
        float[] p = i >= 8 && i < 25 ? digit(8, 0.7f + i * 0.01f) : digit(10, 0.95f);
        (i < cut ? first : second).accept(i, p, 0).forEach(found::add);
      }
      assertThat(found).hasSize(1);
      assertThat(found.get(0).firstOutput()).isEqualTo(8);
      undisturbed = cut == 0 ? found.get(0).probabilities()[8] : undisturbed;
      assertThat(found.get(0).probabilities()[8]).isEqualTo(undisturbed);
    }
  }

  private void say(int digit, int outputs) {
    for (int i = 0; i < outputs; i++) {
      take(digit(digit, 0.9f));
    }
  }

  private void silence(int outputs) {
    for (int i = 0; i < outputs; i++) {
      take(digit(10, 0.95f));
    }
  }

  private void take(float[] probabilities) {
    spotter.accept(next++, probabilities, 0).forEach(words::add);
  }

  private static float[] digit(int wanted, float probability) {
    float[] p = new float[CLASSES];
    Arrays.fill(p, (1 - probability) / (CLASSES - 1));
    p[wanted] = probability;
    return p;
  }
}
