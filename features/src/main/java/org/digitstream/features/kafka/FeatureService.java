package org.digitstream.features.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.Topics;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.StreamsOptions;
import org.digitstream.runtime.streams.StreamsService;

/** Makes the service that turns {@code audio-chunks} into {@code log-mel-frames}. */
public final class FeatureService {
  /** The application id: names the consumer group and the changelog. */
  public static final String APPLICATION_ID = "digitstream-features";

  /** How long a stream may be silent before it is given up, unless told otherwise. */
  public static final Duration DEFAULT_IDLE = Duration.ofMinutes(15);

  /** The label {@code service} of its meters. */
  public static final String METERS = "features";

  private FeatureService() {}

  /**
   * A service that is not started yet.
   *
   * @param connection how to reach the brokers
   * @param options how to run, usually with {@link #APPLICATION_ID}
   * @param spec what frames are computed with
   * @param idle after how long without a record a stream is given up; longer than ingest may buffer
   * @param registry where meters are kept
   */
  public static StreamsService create(
      KafkaConnection connection,
      StreamsOptions options,
      FeatureSpec spec,
      Duration idle,
      MeterRegistry registry) {
    Meters meters =
        new Meters(registry, METERS)
            .fromZero(
                Meters.AUDIO,
                Meters.CHUNKS,
                Meters.GAPS,
                Meters.GAP,
                Meters.DUPLICATE,
                Meters.FRAMES,
                Meters.STREAMS)
            .deadLettersFromZero(Topics.AUDIO_CHUNKS);
    return new StreamsService(connection, options, FeatureTopology.of(spec, idle, meters), meters);
  }
}
