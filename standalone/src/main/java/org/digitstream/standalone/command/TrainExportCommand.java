package org.digitstream.standalone.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.study.ModelExport;
import org.digitstream.training.study.Start;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code digitstream train export}. */
@Command(
    name = "export",
    description =
        "Makes a model file of a classifier of the study, which the stream takes with --model: it"
            + " finds words by their level and classifies one picture for each.",
    footer = {
      "  digitstream train export -o study/ --layers 2 --model study.zip",
      "  digitstream replay recordings/ --model study.zip"
    })
final class TrainExportCommand extends DigitstreamCommand {
  private static final long MODEL_BYTES = 1_000_000;

  private final Preflight preflight;

  @Mixin private StudyFolderOptions output;

  @Option(
      names = "--model",
      paramLabel = "FILE.zip",
      required = true,
      description = "Where the model goes.")
  private Path model;

  @Option(
      names = "--name",
      defaultValue = "study",
      description = "What the model is called (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--layers",
      defaultValue = "3",
      description = "Convolutions of the classifier (default: ${DEFAULT-VALUE}).")
  private int layers;

  @Option(
      names = "--start",
      paramLabel = "random|hidden|picture",
      defaultValue = "random",
      description = "What they were at first (default: ${DEFAULT-VALUE}).")
  private Start start;

  @Option(
      names = "--threshold",
      defaultValue = "0.5",
      description = "Least probability of a digit that is reported (default: ${DEFAULT-VALUE}).")
  private float threshold;

  @Mixin private StudySplitOptions parts;
  @Mixin private StudyNetworkOptions networks;

  TrainExportCommand(Surroundings surroundings, Preflight preflight) {
    super(surroundings);
    this.preflight = preflight;
  }

  @Override
  int run(Surroundings surroundings) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw wrongUsage("--threshold " + threshold + " is not within 0..1");
    }
    preflight.requireFile(model, MODEL_BYTES);
    ModelBundle bundle =
        new ModelExport(output.open(), networks.settings(this), Clock.systemUTC())
            .export(parts.kind(), parts.seed(), layers, start, name, threshold);
    try {
      bundle.write(model);
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + model + ": " + e.getMessage(), e);
    }
    surroundings.out().printf("%s: model %s%n", model, bundle.modelId());
    return SUCCEEDED;
  }
}
