package org.digitstream.standalone.command;

import java.util.Locale;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.study.ClassifierEpoch;
import org.digitstream.training.study.ClassifierResult;
import org.digitstream.training.study.Start;
import org.digitstream.training.study.Study;
import org.digitstream.training.study.StudySettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code digitstream train classify}. */
@Command(
    name = "classify",
    description =
        "Steps 3 and 5 of the study: trains a classifier, from random numbers or from the encoders"
            + " that 'train autoencode' learned, and tells how fast.",
    footer = {
      "  digitstream train classify -o study/ --layers 2",
      "  digitstream train classify -o study/ --layers 3 --start hidden --split speaker --seed 2"
    })
final class TrainClassifyCommand extends DigitstreamCommand {
  @Mixin private StudyFolderOptions output;
  @Mixin private StudySplitOptions parts;

  @Option(
      names = "--layers",
      defaultValue = "3",
      description = "Convolutions (default: ${DEFAULT-VALUE}).")
  private int layers;

  @Option(
      names = "--start",
      paramLabel = "random|hidden|picture",
      defaultValue = "random",
      description =
          "What they are at first: random numbers, or encoders of autoencoders that gave back their"
              + " own layer's input (hidden, the study's) or the picture (default:"
              + " ${DEFAULT-VALUE}).")
  private Start start;

  @Mixin private StudyNetworkOptions networks;

  TrainClassifyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) {
    StudySettings settings = networks.settings(this);
    try (StudyConsole console = new StudyConsole(surroundings)) {
      Study study = new Study(output.open(), settings, console, System::nanoTime);
      console.expect(
          (long) settings.epochs() * study.split(parts.kind(), parts.seed()).training().length);
      ClassifierResult result = study.classify(parts.kind(), parts.seed(), layers, start);
      console.say("epoch  training: loss  accuracy   test: loss  accuracy");
      for (ClassifierEpoch epoch : result.epochs()) {
        console.say(
            String.format(
                Locale.ROOT,
                "%5d  %14.4f  %8.4f  %11.4f  %8.4f",
                epoch.epoch(),
                epoch.trainingLoss(),
                epoch.trainingAccuracy(),
                epoch.testLoss(),
                epoch.testAccuracy()));
      }
      console.say(
          String.format(
              Locale.ROOT,
              "%d parameters; trained on %.0f samples/s",
              result.parameters(),
              result.samplesPerSecond()));
    }
    return SUCCEEDED;
  }
}
