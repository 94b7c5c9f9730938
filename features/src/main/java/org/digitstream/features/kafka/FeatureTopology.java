package org.digitstream.features.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.Topology;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.Topics;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.RecordTopology;

/**
 * {@code audio-chunks} to {@code log-mel-frames}.
 *
 * <p>The one store, {@value #STORE}, maps a stream id to the samples that its next frames need (at
 * most 2 KB), so that another process can go on where this one stopped.
 */
public final class FeatureTopology {
  /** The store's name. */
  public static final String STORE = "extractor-tails";

  private FeatureTopology() {}

  /**
   * The topology.
   *
   * @param spec what frames are computed with; chunks of another sample rate become dead letters
   * @param idle after how long without a record a stream is evicted
   * @param meters counts what goes through
   */
  public static Topology of(FeatureSpec spec, Duration idle, Meters meters) {
    return RecordTopology.of(
        Topics.AUDIO_CHUNKS,
        Topics.LOG_MEL_FRAMES,
        Map.of(),
        () -> new FeatureProcessor(spec, idle, meters),
        List.of(STORE));
  }
}
