package org.digitstream.inference.spotting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.digitstream.inference.model.Calibration;
import org.digitstream.inference.model.PeakSettings;
import org.junit.jupiter.api.Test;

class PeakSpotterTest {
  private static final PeakSettings SETTINGS = new PeakSettings(3, 0.1f, 0.5f, 2, 0.5f, 0.3f, 5);
  private static final int CLASSES = 11;

  private PeakSpotter spotter = new PeakSpotter(SETTINGS, Calibration.NONE);
  private final List<SpottedWord> words = new ArrayList<>();
  private long next;

  private void say(int digit, float probability, int outputs) {
    float[] output = new float[CLASSES];
    Arrays.fill(output, 0.001f);
    output[digit] = probability;
    for (int i = 0; i < outputs; i++) {
      spotter.accept(next++, output, 0).forEach(words::add);
    }
  }

  private void silence(int outputs) {
    say(10, 0.99f, outputs);
  }

  @Test
  void aPeakIsReportedOnceWithoutWaitingForItsEnd() {
    silence(10);
    say(7, 0.9f, 12);
    silence(10);

    assertThat(words).hasSize(1);
    assertThat(words.get(0).digit()).isEqualTo(7);
    assertThat(words.get(0).lastOutput()).isEqualTo(11);
    assertThat(words.get(0).decidedOutput()).isEqualTo(14);
    assertThat(words.get(0).probabilities()[7]).isEqualTo(0.9f, within(1e-5f));
  }

  @Test
  void aLowPeakIsReportedWhenItHasFallen() {
    silence(3);
    say(4, 0.4f, 4);
    assertThat(words).isEmpty();
    silence(3);

    assertThat(words).extracting(SpottedWord::digit).containsExactly(4);
  }

  @Test
  void belowTheThresholdNothingIsReported() {
    silence(3);
    say(4, 0.25f, 4);
    silence(6);

    assertThat(words).isEmpty();
  }

  @Test
  void theSameDigitTwiceIsReportedTwiceWhereItsProbabilityFallsInBetween() {
    silence(3);
    say(5, 0.9f, 4);
    silence(4);
    say(5, 0.9f, 4);
    silence(4);

    assertThat(words).extracting(SpottedWord::digit).containsExactly(5, 5);
  }

  @Test
  void theMostLikelyDigitOfThePeakIsTheWord() {
    silence(3);
    say(6, 0.5f, 1);
    say(8, 0.8f, 3);
    silence(4);

    assertThat(words).extracting(SpottedWord::digit).containsExactly(8);
  }

  @Test
  void whatHasBegunIsReportedAtTheEnd() {
    silence(3);
    say(2, 0.9f, 2);

    assertThat(words).isEmpty();
    assertThat(spotter.finish(next - 1)).map(SpottedWord::digit).contains(2);
    assertThat(spotter.finish(next - 1)).isEmpty();
  }

  @Property
  void itGoesOnFromItsState(@ForAll @IntRange(min = 0, max = 59) int cut, @ForAll long seed) {
    java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
    float[][] outputs = new float[60][CLASSES];
    for (float[] output : outputs) {
      output[random.nextInt(CLASSES)] = random.nextFloat();
    }
    List<String> whole = new ArrayList<>();
    List<String> resumed = new ArrayList<>();
    PeakSpotter one = new PeakSpotter(SETTINGS, Calibration.NONE);
    PeakSpotter other = new PeakSpotter(SETTINGS, Calibration.NONE);
    for (int i = 0; i < outputs.length; i++) {
      if (i == cut) {
        byte[] state = other.state();
        assertThat(state).hasSize(other.stateBytes());
        other = new PeakSpotter(SETTINGS, Calibration.NONE);
        other.restore(ByteBuffer.wrap(state));
      }
      one.accept(i, outputs[i], 0).forEach(word -> whole.add(describe(word)));
      other.accept(i, outputs[i], 0).forEach(word -> resumed.add(describe(word)));
    }
    assertThat(resumed).isEqualTo(whole);
  }

  private static String describe(SpottedWord word) {
    return word.digit()
        + "@"
        + word.firstOutput()
        + "/"
        + word.decidedOutput()
        + Arrays.toString(word.probabilities());
  }
}
