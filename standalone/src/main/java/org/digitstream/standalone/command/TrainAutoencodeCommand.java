package org.digitstream.standalone.command;

import java.util.List;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.study.Start;
import org.digitstream.training.study.Study;
import org.digitstream.training.study.StudySettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code digitstream train autoencode}. */
@Command(
    name = "autoencode",
    description =
        "Step 4 of the study: trains an autoencoder for each layer, the layers before it fixed.",
    footer = {
      "  digitstream train autoencode -o study/",
      "  digitstream train autoencode -o study/ --objective picture --split speaker --seed 2"
    })
final class TrainAutoencodeCommand extends DigitstreamCommand {
  @Mixin private StudyFolderOptions output;
  @Mixin private StudySplitOptions parts;

  /** What to give back. */
  enum Objective {
    HIDDEN,
    PICTURE,
    BOTH
  }

  @Option(
      names = "--objective",
      paramLabel = "hidden|picture|both",
      defaultValue = "both",
      description =
          "What later layers give back: their own input (hidden, the study's, which it calls"
              + " faulty) or the picture, through the earlier decoders (default: ${DEFAULT-VALUE}).")
  private Objective objective;

  @Mixin private StudyNetworkOptions networks;

  TrainAutoencodeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) {
    StudySettings settings = networks.settings(this);
    List<Start> starts =
        switch (objective) {
          case HIDDEN -> List.of(Start.HIDDEN);
          case PICTURE -> List.of(Start.PICTURE);
          case BOTH -> List.of(Start.HIDDEN, Start.PICTURE);
        };
    int layers = settings.channels().size();
    try (StudyConsole console = new StudyConsole(surroundings)) {
      Study study = new Study(output.open(), settings, console, System::nanoTime);
      console.expect(
          (long) settings.autoencoderEpochs()
              * study.split(parts.kind(), parts.seed()).training().length
              * (1 + (long) starts.size() * (layers - 1)));
      for (Start start : starts) {
        for (int stage = 1; stage <= layers; stage++) {
          if (stage > 1 || start == starts.get(0)) {
            study.autoencode(parts.kind(), parts.seed(), stage, start);
          }
        }
      }
    }
    return SUCCEEDED;
  }
}
