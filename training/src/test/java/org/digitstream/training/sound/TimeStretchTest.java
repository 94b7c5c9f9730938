package org.digitstream.training.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.digitstream.training.Speech;
import org.junit.jupiter.api.Test;

class TimeStretchTest {
  private static final int RATE = Speech.RATE;

  @Property(tries = 20)
  void theLengthIsMultipliedByTheFactor(
      @ForAll @IntRange(min = 1, max = 4000) int length,
      @ForAll @DoubleRange(min = 0.25, max = 4) double factor) {
    assertThat(TimeStretch.stretch(new short[length], RATE, factor))
        .hasSize((int) Math.round(length * factor));
  }

  @Test
  void aFactorOfOneChangesNothing() {
    short[] word = Speech.word(3, 200, 20, 1);
    assertThat(TimeStretch.stretch(word, RATE, 1)).isEqualTo(word);
  }

  @Test
  void thePitchStaysAndTheLevelStays() {
    short[] tone = tone(137, RATE);
    short[] slow = TimeStretch.stretch(tone, RATE, 4 / 3.0);
    assertThat(upwardCrossings(slow) / 1.333).isCloseTo(upwardCrossings(tone), within(2.0));
    assertThat(rms(slow)).isCloseTo(rms(tone), within(0.05 * rms(tone)));
  }

  @Test
  void aFactorOutOfBoundsIsQuoted() {
    assertThatThrownBy(() -> TimeStretch.stretch(new short[10], RATE, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5.0");
  }

  private static short[] tone(double hz, int length) {
    short[] samples = new short[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (short) (8000 * Math.sin(2 * Math.PI * hz * i / RATE));
    }
    return samples;
  }

  private static int upwardCrossings(short[] samples) {
    int crossings = 0;
    for (int i = 1; i < samples.length; i++) {
      if (samples[i - 1] < 0 && samples[i] >= 0) {
        crossings++;
      }
    }
    return crossings;
  }

  private static double rms(short[] samples) {
    double sum = 0;
    for (short sample : samples) {
      sum += (double) sample * sample;
    }
    return Math.sqrt(sum / samples.length);
  }
}
