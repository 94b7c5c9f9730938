package org.digitstream.training.study;

import java.nio.file.Path;

/** The report. */
public final class StudyReport {
  private StudyReport() {}

  /** Writes. */
  public static Path write(StudyFolder folder) {
    return folder.file("report.html");
  }
}
