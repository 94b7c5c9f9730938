package org.digitstream.features.dsp;

import be.tarsos.dsp.util.fft.FloatFFT;
import java.util.concurrent.TimeUnit;
import org.digitstream.benchmarks.Speech;
import org.digitstream.contract.FeatureSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One frame: the transform alone, the mel filters alone, and all of it (window, transform, power,
 * filters, logarithm).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {
  /** Preset of the features. */
  @Param({"wideband", "narrowband", "seed"})
  public String spec;

  private FrameAnalyzer analyzer;
  private MelFilterBank filters;
  private FloatFFT fft;
  private short[] samples;
  private float[] frame;
  private float[] buffer;
  private float[] spectrum;
  private float[] values;
  private int from;
  private int step;

  /** Makes what a frame needs. */
  @Setup
  public void prepare() {
    FeatureSpec features = FeatureSpec.preset(spec);
    analyzer = new FrameAnalyzer(features);
    filters = new MelFilterBank(features);
    fft = new FloatFFT(features.fftSamples());
    samples = Speech.samples(features.sampleRateHz());
    step = features.hopSamples();
    frame = new float[features.fftSamples()];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = samples[samples.length / 2 + i] / 32768f;
    }
    buffer = new float[features.fftSamples()];
    spectrum = new float[features.fftSamples() / 2 + 1];
    values = new float[features.bands()];
    for (int i = 0; i < spectrum.length; i++) {
      spectrum[i] = Math.abs(frame[i]);
    }
  }

  /** The transform, and a copy since it works in place. */
  @Benchmark
  public float[] fft() {
    System.arraycopy(frame, 0, buffer, 0, frame.length);
    fft.realForward(buffer);
    return buffer;
  }

  /** All filters on one spectrum. */
  @Benchmark
  public float[] mel() {
    for (int band = 0; band < values.length; band++) {
      values[band] = filters.apply(band, spectrum);
    }
    return values;
  }

  /** Everything, the next frame of a recording each time. */
  @Benchmark
  public float[] frame() {
    from = from + step + frame.length > samples.length ? 0 : from + step;
    analyzer.analyze(samples, from, 1, values, 0);
    return values;
  }
}
