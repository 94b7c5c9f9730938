package org.digitstream.features.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.digitstream.contract.FeatureSpec;

/** The laws of streaming: what the frames are never depends on how the samples came. */
class LogMelExtractorPropertiesTest {
  private static final int[] PRIMES = {2, 3, 7, 61, 157, 163, 509, 521, 1021, 1031};

  @Property(tries = 60)
  void framesAreTheSameBitsForEveryWayOfCutting(
      @ForAll("specs") FeatureSpec spec,
      @ForAll("cuttings") Cutting cutting,
      @ForAll @IntRange(max = 6000) int length,
      @ForAll long seed) {
    short[] samples = noise(length, seed);

    Run run = new Run(spec);
    run.feedAll(samples, cutting.pieces(length));

    assertThat(run.values()).isEqualTo(LogMelExtractor.extract(spec, samples));
  }

  @Property(tries = 60)
  void resumingFromAStateChangesNoBit(
      @ForAll("specs") FeatureSpec spec,
      @ForAll("cuttings") Cutting cutting,
      @ForAll @IntRange(max = 4000) int length,
      @ForAll @IntRange(min = 2, max = 40) int piecesPerLife,
      @ForAll long seed) {
    short[] samples = noise(length, seed);

    Run run = new Run(spec);
    int done = 0;
    int count = 0;
    for (int piece : cutting.pieces(length)) {
      run.feed(done, Arrays.copyOfRange(samples, done, done + piece));
      done += piece;
      if (++count % piecesPerLife == 0) {
        run.crash();
      }
    }

    assertThat(run.values()).isEqualTo(LogMelExtractor.extract(spec, samples));
  }

  @Property(tries = 60)
  void repeatedAndLateSamplesAreDroppedAndCounted(
      @ForAll("specs") FeatureSpec spec,
      @ForAll("cuttings") Cutting cutting,
      @ForAll @IntRange(min = 1, max = 4000) int length,
      @ForAll long seed) {
    short[] samples = noise(length, seed);
    Random random = new Random(seed);

    Run run = new Run(spec);
    int done = 0;
    long repeated = 0;
    for (int piece : cutting.pieces(length)) {
      // From somewhere before what is new, as a producer that tries again would.
      int from = done - random.nextInt(Math.min(done, 700) + 1);
      run.feed(from, Arrays.copyOfRange(samples, from, done + piece));
      repeated += done - from;
      done += piece;
      int late = random.nextInt(done);
      int lateLength = random.nextInt(done - late + 1);
      run.feed(late, Arrays.copyOfRange(samples, late, late + lateLength));
      repeated += lateLength;
    }

    assertThat(run.values()).isEqualTo(LogMelExtractor.extract(spec, samples));
    assertThat(run.duplicateSamples).isEqualTo(repeated);
    assertThat(run.gapSamples).isZero();
  }

  @Property(tries = 60)
  void framesBesideAGapAreThoseOfTheWholeRecordingAndNoneReachesOverIt(
      @ForAll("specs") FeatureSpec spec,
      @ForAll("cuttings") Cutting cutting,
      @ForAll @IntRange(max = 3000) int before,
      @ForAll @IntRange(min = 1, max = 3000) int lost,
      @ForAll @IntRange(min = 1, max = 3000) int after,
      @ForAll long seed) {
    int length = before + lost + after;
    short[] samples = noise(length, seed);
    float[] whole = LogMelExtractor.extract(spec, samples);

    Run run = new Run(spec);
    run.feedAll(Arrays.copyOf(samples, before), cutting.pieces(before));
    int at = before + lost;
    for (int piece : cutting.pieces(after)) {
      run.feed(at, Arrays.copyOfRange(samples, at, at + piece));
      at += piece;
    }

    assertThat(run.gapSamples).isEqualTo(lost);
    Set<Long> expected = new TreeSet<>();
    for (long frame = 0; spec.firstSampleOfFrame(frame) + spec.fftSamples() <= length; frame++) {
      long first = spec.firstSampleOfFrame(frame);
      if (first + spec.fftSamples() <= before || first >= before + lost) {
        expected.add(frame);
      }
    }
    assertThat(run.frames).containsExactlyElementsOf(expected);
    for (int i = 0; i < run.frames.size(); i++) {
      int from = Math.toIntExact(run.frames.get(i)) * spec.bands();
      assertThat(run.frame(i)).isEqualTo(Arrays.copyOfRange(whole, from, from + spec.bands()));
    }
  }

  @Property(tries = 60)
  void theStateStaysShorterThanAFrame(
      @ForAll("specs") FeatureSpec spec,
      @ForAll("cuttings") Cutting cutting,
      @ForAll @IntRange(max = 4000) int length,
      @ForAll long seed) {
    short[] samples = noise(length, seed);
    LogMelExtractor extractor = new LogMelExtractor(spec);
    int done = 0;
    for (int piece : cutting.pieces(length)) {
      extractor.accept(done, Arrays.copyOfRange(samples, done, done + piece));
      done += piece;
      assertThat(extractor.state().tail().length).isLessThan(spec.fftSamples());
      assertThat(extractor.state().nextSample()).isEqualTo(done);
    }
  }

  @Provide
  Arbitrary<FeatureSpec> specs() {
    List<FeatureSpec> specs = new ArrayList<>(FeatureSpec.PRESETS);
    // The corners: a hop as long as the frame, and a window of odd length with a hop that divides
    // nothing.
    specs.add(variant("contiguous", 256, 256, 256));
    specs.add(variant("odd", 101, 128, 37));
    return Arbitraries.of(specs);
  }

  private static FeatureSpec variant(String name, int window, int fft, int hop) {
    FeatureSpec base = FeatureSpec.WIDEBAND;
    return new FeatureSpec(
        name,
        base.sampleRateHz(),
        window,
        fft,
        hop,
        base.window(),
        base.spectrum(),
        base.melScale(),
        base.melNormalization(),
        8,
        base.lowHz(),
        base.highHz(),
        base.logScale(),
        base.floor());
  }

  @Provide
  Arbitrary<Cutting> cuttings() {
    return Arbitraries.oneOf(
        Arbitraries.of(new Cutting("everything", 0, Integer.MAX_VALUE)),
        Arbitraries.of(new Cutting("single samples", 0, 1)),
        Arbitraries.of(Arrays.stream(PRIMES).mapToObj(p -> new Cutting("prime", 0, p)).toList()),
        Arbitraries.longs().map(seed -> new Cutting("random up to 1500", seed, -1500)),
        Arbitraries.longs().map(seed -> new Cutting("random up to 40", seed, -40)));
  }

  /** A way of cutting: pieces of {@code size}, or where that is negative random ones up to it. */
  record Cutting(String name, long seed, int size) {
    List<Integer> pieces(int length) {
      Random random = new Random(seed);
      List<Integer> pieces = new ArrayList<>();
      for (int left = length; left > 0; left -= pieces.get(pieces.size() - 1)) {
        pieces.add(Math.min(left, size > 0 ? size : 1 + random.nextInt(-size)));
      }
      return pieces;
    }
  }

  /** Loud, with stretches of digital silence and of full scale. */
  private static short[] noise(int length, long seed) {
    Random random = new Random(seed);
    short[] samples = new short[length];
    int kind = 0;
    for (int i = 0; i < length; i++) {
      if (i % 500 == 0) {
        kind = random.nextInt(4);
      }
      samples[i] =
          switch (kind) {
            case 0 -> 0;
            case 1 -> random.nextBoolean() ? Short.MAX_VALUE : Short.MIN_VALUE;
            case 2 -> (short) (random.nextInt(7) - 3);
            default -> (short) random.nextInt();
          };
    }
    return samples;
  }

  /** An extractor, and all that it has given so far. */
  private static final class Run {
    private final FeatureSpec spec;
    private final List<Long> frames = new ArrayList<>();
    private final List<float[]> values = new ArrayList<>();
    private LogMelExtractor extractor;
    private long duplicateSamples;
    private long gapSamples;

    Run(FeatureSpec spec) {
      this.spec = spec;
      extractor = new LogMelExtractor(spec);
    }

    void feed(long firstSample, short[] samples) {
      Extraction extraction = extractor.accept(firstSample, samples);
      int count = extraction.values().length / spec.bands();
      for (int i = 0; i < count; i++) {
        frames.add(extraction.firstFrame() + i);
        values.add(
            Arrays.copyOfRange(extraction.values(), i * spec.bands(), (i + 1) * spec.bands()));
      }
      assertThat(extractor.nextFrame()).isEqualTo(extraction.firstFrame() + count);
      duplicateSamples += extraction.duplicateSamples();
      gapSamples += extraction.gapSamples();
    }

    void feedAll(short[] samples, List<Integer> pieces) {
      int done = 0;
      for (int piece : pieces) {
        feed(done, Arrays.copyOfRange(samples, done, done + piece));
        done += piece;
      }
    }

    void crash() {
      extractor = new LogMelExtractors(spec).resume(extractor.state());
    }

    float[] frame(int i) {
      return values.get(i);
    }

    float[] values() {
      float[] all = new float[values.size() * spec.bands()];
      for (int i = 0; i < values.size(); i++) {
        assertThat(frames.get(i)).isEqualTo(i);
        System.arraycopy(values.get(i), 0, all, i * spec.bands(), spec.bands());
      }
      return all;
    }
  }
}
