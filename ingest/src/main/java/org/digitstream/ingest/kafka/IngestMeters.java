package org.digitstream.ingest.kafka;

import java.util.HashMap;
import java.util.Map;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;
import org.digitstream.runtime.metrics.Meters;

/** Counts the audio that leaves, and what is missing in it. */
final class IngestMeters {
  private final Meters meters;
  private final Map<String, Long> nextSamples = new HashMap<>();

  IngestMeters(Meters meters) {
    this.meters = fromZero(meters);
  }

  /** Shows all that is counted here, at 0. */
  static Meters fromZero(Meters meters) {
    return meters.fromZero(Meters.AUDIO, Meters.CHUNKS, Meters.GAPS, Meters.GAP, Meters.STREAMS);
  }

  void count(AudioChunk chunk) {
    meters.chunk(chunk.samples().length, chunk.sampleRateHz());
    long expected = nextSamples.getOrDefault(chunk.streamId(), 0L);
    if (chunk.gap() != GapReason.NONE) {
      long missing = Math.max(0, chunk.firstSample() - expected);
      meters.gap(chunk.gap(), (double) missing / chunk.sampleRateHz());
    }
    if (chunk.end()) {
      nextSamples.remove(chunk.streamId());
      meters.streamEnded();
    } else {
      nextSamples.put(chunk.streamId(), chunk.nextSample());
    }
  }
}
