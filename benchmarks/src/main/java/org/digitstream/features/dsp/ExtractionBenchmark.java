package org.digitstream.features.dsp;

import java.util.Arrays;
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
 * Features of a chunk as the stream takes it. Less the frames that it makes ({@link
 * FrameBenchmark#frame}), it is the framing: joining what was left over with what comes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExtractionBenchmark {
  /** Preset of the features. */
  @Param({"wideband", "narrowband"})
  public String spec;

  /** Audio in a chunk. */
  @Param({"20", "200"})
  public int chunkMillis;

  private LogMelExtractor extractor;
  private short[][] chunks;
  private int next;

  /** Cuts a recording. */
  @Setup
  public void prepare() {
    FeatureSpec features = FeatureSpec.preset(spec);
    short[] samples = Speech.samples(features.sampleRateHz());
    int length = features.sampleRateHz() * chunkMillis / 1000;
    chunks = new short[samples.length / length][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = Arrays.copyOfRange(samples, i * length, (i + 1) * length);
    }
    extractor = new LogMelExtractor(features);
  }

  /** The next chunk of a stream that never ends. */
  @Benchmark
  public Extraction chunk() {
    next = next + 1 == chunks.length ? 0 : next + 1;
    return extractor.accept(extractor.nextSample(), chunks[next]);
  }
}
