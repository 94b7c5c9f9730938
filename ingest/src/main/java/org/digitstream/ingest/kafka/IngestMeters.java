package org.digitstream.ingest.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;

/**
 * Counts the audio that leaves, by the names that all services use: {@code
 * digitstream_audio_seconds_total}, {@code digitstream_chunks_total}, {@code
 * digitstream_gaps_total} and {@code digitstream_gap_seconds_total}.
 */
final class IngestMeters {
  private static final String SERVICE = "ingest";

  private final MeterRegistry registry;
  private final Counter audioSeconds;
  private final Counter chunks;
  private final Map<String, Long> nextSamples = new HashMap<>();

  IngestMeters(MeterRegistry registry, String sourceKind) {
    this.registry = registry;
    this.audioSeconds =
        Counter.builder("digitstream.audio")
            .baseUnit("seconds")
            .description("audio taken in")
            .tag("service", SERVICE)
            .tag("source", sourceKind)
            .register(registry);
    this.chunks =
        Counter.builder("digitstream.chunks")
            .description("audio chunks taken in")
            .tag("service", SERVICE)
            .register(registry);
  }

  void count(AudioChunk chunk) {
    chunks.increment();
    audioSeconds.increment((double) chunk.samples().length / chunk.sampleRateHz());
    long expected = nextSamples.getOrDefault(chunk.streamId(), 0L);
    if (chunk.gap() != GapReason.NONE) {
      counter("digitstream.gaps", null, chunk.gap()).increment();
      counter("digitstream.gap", "seconds", chunk.gap())
          .increment((double) Math.max(0, chunk.firstSample() - expected) / chunk.sampleRateHz());
    }
    if (chunk.end()) {
      nextSamples.remove(chunk.streamId());
    } else {
      nextSamples.put(chunk.streamId(), chunk.nextSample());
    }
  }

  private Counter counter(String name, String unit, GapReason reason) {
    return Counter.builder(name)
        .baseUnit(unit)
        .tag("service", SERVICE)
        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }
}
