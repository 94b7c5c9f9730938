package org.digitstream.standalone.command;

import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.study.StudyReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code digitstream train report}. */
@Command(
    name = "report",
    description =
        "The last step of the study: writes a report of what is in the folder, with pictures, as HTML"
            + " and Markdown.",
    footer = "  digitstream train report -o study/")
final class TrainReportCommand extends DigitstreamCommand {
  @Mixin private StudyFolderOptions output;

  TrainReportCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) {
    surroundings.out().println(StudyReport.write(output.open()) + ": the report");
    return SUCCEEDED;
  }
}
