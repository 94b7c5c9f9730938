package org.digitstream.standalone.command;

import org.digitstream.features.kafka.FeatureService;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.standalone.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code digitstream features}. */
@Command(
    name = "features",
    description =
        "Runs the service that turns audio-chunks into log-mel-frames, until it is stopped. Several"
            + " of it share the partitions.",
    footer = {
      "  digitstream features --bootstrap-servers kafka:9092",
      "  digitstream features --bootstrap-servers kafka:9093 --kafka-config tls.properties"
    })
final class FeaturesCommand extends DigitstreamCommand {
  private static final int OPERATIONS_PORT = 9402;

  @Mixin private StreamsOptionGroup options;

  FeaturesCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    options.run(
        this,
        FeatureService.METERS,
        FeatureService.APPLICATION_ID,
        OPERATIONS_PORT,
        surroundings,
        this::prepare);
    return SUCCEEDED;
  }

  private StreamsOptionGroup.Factory prepare() {
    ModelBundle model = options.model(this);
    return (connection, streams, registry) ->
        FeatureService.create(
            connection, streams, model.featureSpec(), FeatureService.DEFAULT_IDLE, registry);
  }
}
