package org.digitstream.inference.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.digitstream.contract.Topics;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.StreamsOptions;
import org.digitstream.runtime.streams.StreamsService;

/** Makes the service that turns {@code log-mel-frames} into {@code digit-events}. */
public final class InferenceService {
  /** The application id: names the consumer group and the changelogs. */
  public static final String APPLICATION_ID = "digitstream-inference";

  /** How long a stream may be silent before it is given up, unless told otherwise. */
  public static final Duration DEFAULT_IDLE = Duration.ofMinutes(15);

  /** The label {@code service} of its meters. */
  public static final String METERS = "inference";

  private InferenceService() {}

  /**
   * A service that is not started yet.
   *
   * @param connection how to reach the brokers
   * @param options how to run, usually with {@link #APPLICATION_ID}
   * @param model the model
   * @param classifiers makes a classifier of that model for each partition; closed by the service
   * @param idle after how long without a record a stream is given up; longer than ingest may buffer
   * @param posteriors whether what the network gives out goes to {@code digit-posteriors}, for the
   *     live page
   * @param clock stamps the events
   * @param registry where meters are kept
   */
  public static StreamsService create(
      KafkaConnection connection,
      StreamsOptions options,
      ModelBundle model,
      Supplier<? extends WindowClassifier> classifiers,
      Duration idle,
      boolean posteriors,
      Clock clock,
      MeterRegistry registry) {
    Meters meters =
        new Meters(registry, METERS)
            .fromZero(
                Meters.FRAMES,
                Meters.GAPS,
                Meters.GAP,
                Meters.DUPLICATE,
                Meters.WINDOWS,
                Meters.INFERENCE,
                Meters.EVENTS,
                Meters.EVENT_LATENCY,
                Meters.STREAMS)
            .deadLettersFromZero(Topics.LOG_MEL_FRAMES);
    meters.model(model.modelId(), model.featureSpec().id());
    return new StreamsService(
        connection,
        options,
        InferenceTopology.of(model, classifiers, idle, posteriors, clock, System::nanoTime, meters),
        meters);
  }
}
