package org.digitstream.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serde;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.serde.RecordSerdes;
import org.digitstream.features.dsp.LogMelExtractor;
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

/** A record of each topic to bytes and back, of 100 ms of wideband audio. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SerdeBenchmark {
  private static final String STREAM = "8b0f3a0e-52e7-4c7e-9d1f-0b7f0a3c6d55";
  private static final String SOURCE = "microphone";
  private static final FeatureSpec SPEC = FeatureSpec.WIDEBAND;
  private static final int CHUNK_SAMPLES = SPEC.sampleRateHz() / 10;

  /** The topic. */
  @Param({"audio-chunks", "log-mel-frames", "digit-events", "digit-posteriors"})
  public String topic;

  private Format<?> format;

  /** A serde and a record of its. */
  private record Format<T>(Serde<T> serde, String topic, T record, byte[] bytes) {
    static <T> Format<T> of(String topic, Serde<T> serde, T record) {
      return new Format<>(serde, topic, record, serde.serializer().serialize(topic, record));
    }

    byte[] encoded() {
      return serde.serializer().serialize(topic, record);
    }

    T decoded() {
      return serde.deserializer().deserialize(topic, bytes);
    }
  }

  /** Makes the record. */
  @Setup
  public void prepare() {
    short[] samples = Speech.samples(SPEC.sampleRateHz());
    short[] chunk = Arrays.copyOfRange(samples, CHUNK_SAMPLES, 2 * CHUNK_SAMPLES);
    format =
        switch (topic) {
          case "audio-chunks" ->
              Format.of(
                  topic,
                  RecordSerdes.audioChunks(),
                  new AudioChunk(
                      STREAM,
                      SOURCE,
                      CHUNK_SAMPLES,
                      SPEC.sampleRateHz(),
                      chunk,
                      1_700_000_000_000_000L,
                      GapReason.NONE,
                      false));
          case "log-mel-frames" -> Format.of(topic, RecordSerdes.logMelFrames(), frames(samples));
          case "digit-events" ->
              Format.of(
                  topic,
                  RecordSerdes.streamEvents(),
                  new DigitEvent(
                      STREAM,
                      SOURCE,
                      12,
                      7,
                      160_000,
                      168_000,
                      SPEC.sampleRateHz(),
                      0.987f,
                      List.of(
                          new DigitEvent.RunnerUp(1, 0.006f),
                          new DigitEvent.RunnerUp(9, 0.003f),
                          new DigitEvent.RunnerUp(4, 0.001f)),
                      "digits-wideband+java"));
          case "digit-posteriors" ->
              Format.of(
                  topic,
                  RecordSerdes.digitPosteriors(),
                  new DigitPosteriors(
                      STREAM, SOURCE, "digits-wideband+java", 100, 4, 11, probabilities()));
          default -> throw new IllegalArgumentException("there is no topic '" + topic + "'");
        };
  }

  private static LogMelFrames frames(short[] samples) {
    int frames = 10;
    float[] values = LogMelExtractor.extract(SPEC, samples);
    return new LogMelFrames(
        STREAM,
        SOURCE,
        SPEC.id(),
        0,
        SPEC.bands(),
        Arrays.copyOf(values, frames * SPEC.bands()),
        1_700_000_000_000_000L,
        false,
        2L * CHUNK_SAMPLES);
  }

  private static float[] probabilities() {
    float[] probabilities = new float[11];
    Arrays.fill(probabilities, 1 / 11f);
    return probabilities;
  }

  /** To bytes. */
  @Benchmark
  public Object encode() {
    return format.encoded();
  }

  /** From bytes. */
  @Benchmark
  public Object decode() {
    return format.decoded();
  }
}
