package org.digitstream.standalone.command;

import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.study.Split;
import org.digitstream.training.study.Study;
import org.digitstream.training.study.StudySettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code digitstream train split}. */
@Command(
    name = "split",
    description = "Step 2 of the study: parts the pictures into a training and a test part.",
    footer = {
      "  digitstream train split -o study/",
      "  digitstream train split -o study/ --split speaker --seed 2"
    })
final class TrainSplitCommand extends DigitstreamCommand {
  @Mixin private StudyFolderOptions output;
  @Mixin private StudySplitOptions parts;

  TrainSplitCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) {
    try (StudyConsole console = new StudyConsole(surroundings)) {
      Split split =
          new Study(output.open(), StudySettings.STUDY, console, System::nanoTime)
              .split(parts.kind(), parts.seed());
      console.say(
          split.training().length
              + " pictures to train on, "
              + split.test().length
              + " to test on ("
              + parts.kind().description()
              + ")");
    }
    return SUCCEEDED;
  }
}
