package org.digitstream.standalone.command;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.streams.StreamsFailedException;
import org.digitstream.standalone.pipeline.Pipeline;
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

  @Mixin private ModelOption model;

  ModelBundle model() {
    return model.load();
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
    try {
      if (!cluster.isGiven()) {
        return Pipeline.embedded(0, bundle, posteriors, listener);
      }
      KafkaConnection connection = cluster.reachable(command);
      return Pipeline.at(
          connection, withServices ? Optional.of(bundle) : Optional.empty(), posteriors, listener);
    } catch (TimeoutException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }
}
