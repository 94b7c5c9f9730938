package org.digitstream.standalone.command;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.StreamsFailedException;
import org.digitstream.standalone.pipeline.Pipeline;
import org.digitstream.standalone.pipeline.ServiceSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the broker and the services are: in this process, or elsewhere. */
final class PipelineOptions {
  @Mixin private ClusterOptions cluster;

  @Option(
      names = "--with-services",
      description =
          "With --bootstrap-servers: run features and inference in this process, too. Without it,"
              + " they have to run elsewhere. Without --bootstrap-servers, the broker and the"
              + " services all run in this process.")
  private boolean withServices;

  @Option(
      names = "--processing-guarantee",
      paramLabel = "GUARANTEE",
      description =
          "at-least-once or exactly-once: what a crash of the services in this process may do to the"
              + " output (default: at-least-once, as a crash here ends all that could tell the"
              + " difference; to see what exactly-once costs).")
  private String guarantee;

  @Mixin private ModelOption model;

  ModelBundle model() {
    return model.load();
  }

  /** Before anything is started for it. */
  void requireUsable(DigitstreamCommand command) {
    settings(command);
  }

  /** Where the broker is, in words. */
  String where() {
    return cluster.where();
  }

  /**
   * Opens the road.
   *
   * @param posteriors whether what the network gives out in this process shall be seen, too
   */
  Pipeline open(
      DigitstreamCommand command,
      ModelBundle bundle,
      boolean posteriors,
      EventReader.Listener listener)
      throws StreamsFailedException,
          BrokerUnreachableException,
          InterruptedException,
          IOException,
          CommandFailure {
    ServiceSettings settings = settings(command);
    try {
      if (!cluster.isGiven()) {
        return Pipeline.embedded(
            0, bundle, settings, posteriors, Meters.prometheusRegistry(), listener);
      }
      KafkaConnection connection = cluster.reachable(command);
      return Pipeline.at(
          connection,
          withServices ? Optional.of(bundle) : Optional.empty(),
          settings,
          posteriors,
          listener);
    } catch (TimeoutException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }

  private ServiceSettings settings(DigitstreamCommand command) {
    if (guarantee == null) {
      return ServiceSettings.DEFAULT;
    }
    if (cluster.isGiven() && !withServices) {
      throw command.wrongUsage(
          "--processing-guarantee is of services in this process, but they run elsewhere; give it to"
              + " features and inference there, or add --with-services");
    }
    return new ServiceSettings(
        StreamsOptionGroup.guarantee(command, guarantee),
        ServiceSettings.DEFAULT.partitions(),
        ServiceSettings.DEFAULT.threads());
  }
}
