package org.digitstream.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.util.Random;
import java.util.stream.IntStream;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.utterance.UtteranceGrouper;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.StreamHistory;
import org.digitstream.features.dsp.LogMelExtractor;
import org.junit.jupiter.api.Test;

/** The page's picture of the same sound, with the features of every specification. */
class PictureBrightnessTest {
  private static final int FRAMES = 50;

  /** Three decibels. */
  private static final double TOLERANCE = 9;

  @Test
  void theSameNoiseIsEquallyBright() {
    double wideband = brightness(FeatureSpec.WIDEBAND);
    assertThat(wideband).isBetween(100.0, 200.0);
    for (FeatureSpec spec : FeatureSpec.PRESETS) {
      assertThat(brightness(spec)).as(spec.name()).isCloseTo(wideband, within(TOLERANCE));
    }
  }

  /** Of noise that has the same power in each Hertz, whatever the rate. */
  private static double brightness(FeatureSpec spec) {
    Random random = new Random(1);
    double amplitude = 0.03 * Math.sqrt(spec.sampleRateHz() / 16_000.0);
    short[] noise = new short[spec.fftSamples() + FRAMES * spec.hopSamples()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (short) Math.round(32_768 * amplitude * random.nextGaussian());
    }
    LiveStreams streams = new LiveStreams(spec, UtteranceGrouper.DEFAULT_PAUSE, Clock.systemUTC());
    streams.accept(
        new LogMelFrames(
            "s",
            "noise",
            spec.id(),
            0,
            spec.bands(),
            LogMelExtractor.extract(spec, noise),
            0,
            false,
            noise.length));
    StreamHistory.Items items = streams.find("s").orElseThrow().frames(0, FRAMES).orElseThrow();
    return IntStream.range(0, items.bytes().length)
        .map(i -> items.bytes()[i] & 255)
        .average()
        .orElseThrow();
  }
}
