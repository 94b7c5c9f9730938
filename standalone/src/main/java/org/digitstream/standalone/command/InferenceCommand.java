package org.digitstream.standalone.command;

import java.time.Clock;
import org.digitstream.contract.StreamSampler;
import org.digitstream.inference.kafka.InferenceService;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.standalone.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code digitstream inference}. */
@Command(
    name = "inference",
    description =
        "Runs the service that turns log-mel-frames into digit-events, until it is stopped. Several"
            + " of it share the partitions.",
    footer = {
      "  digitstream inference --bootstrap-servers kafka:9092",
      "  digitstream inference --bootstrap-servers kafka:9092 --model my-model.zip"
    })
final class InferenceCommand extends DigitstreamCommand {
  private static final int OPERATIONS_PORT = 9403;

  @Mixin private StreamsOptionGroup options;

  @Option(
      names = "--posteriors",
      description =
          "Also send what the network gives out to digit-posteriors, which the live page shows: where"
              + " more than "
              + StreamSampler.MOST_IN_A_SECOND
              + " streams begin in a second, of one in "
              + StreamSampler.OF_MORE_ONE_IN
              + " of the further ones.")
  private boolean posteriors;

  InferenceCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    options.run(
        this,
        InferenceService.METERS,
        InferenceService.APPLICATION_ID,
        OPERATIONS_PORT,
        surroundings,
        this::prepare);
    return SUCCEEDED;
  }

  private StreamsOptionGroup.Factory prepare() {
    ModelBundle model = options.model(this);
    return (connection, streams, registry) ->
        InferenceService.create(
            connection,
            streams,
            model,
            () -> KernelClassifier.load(model),
            InferenceService.DEFAULT_IDLE,
            posteriors,
            Clock.systemUTC(),
            registry);
  }
}
