package org.digitstream.standalone.command;

import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.study.PictureSettings;
import org.digitstream.training.study.RecordingSelection;
import org.digitstream.training.study.Study;
import org.digitstream.training.study.StudyFolder;
import org.digitstream.training.study.StudySettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code digitstream train spectrograms}. */
@Command(
    name = "spectrograms",
    description = "Step 1 of the study: recordings become spectrogram pictures.",
    footer = {
      "  digitstream train spectrograms --corpus voices/ -o study/",
      "  digitstream train spectrograms --corpus fsdd/ -o study/ --padding silence --bands 40"
    })
final class TrainSpectrogramsCommand extends DigitstreamCommand {
  private final Preflight preflight;

  @Mixin private StudyPictureOptions pictures;
  @Mixin private StudyFolderOptions output;

  TrainSpectrogramsCommand(Surroundings surroundings, Preflight preflight) {
    super(surroundings);
    this.preflight = preflight;
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    PictureSettings settings = pictures.settings(this);
    RecordingSelection selection = pictures.selection(this);
    StudyFolder folder = output.open(preflight, TrainStudyCommand.PICTURES_BYTES);
    try (StudyConsole console = new StudyConsole(surroundings)) {
      new Study(folder, StudySettings.STUDY, console, System::nanoTime)
          .spectrograms(pictures.corpora(), settings, selection);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
    return SUCCEEDED;
  }
}
