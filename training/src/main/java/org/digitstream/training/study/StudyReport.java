package org.digitstream.training.study;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.digitstream.training.storage.WholeFile;

/**
 * The last step: everything that is in a study's folder, as {@code report.html}, {@code report.md},
 * {@code results.csv} and the pictures in {@code report/}.
 */
public final class StudyReport {
  private static final String LINES =
      ": mean over the seeds with standard deviation, of the test part; dashed, of the training part";

  private final StudyFolder folder;
  private final StudyResults results;
  private final ReportTables tables;
  private final ReportPictures pictures;
  private final ReportDocument document;

  private StudyReport(StudyFolder folder) {
    this.folder = folder;
    this.results = StudyResults.read(folder);
    this.tables = new ReportTables(results);
    this.pictures = new ReportPictures(folder, results);
    this.document =
        new ReportDocument(
            "The study on "
                + String.join(", ", results.pictures().result().corpora())
                + ": pictures of spoken digits");
  }

  /**
   * Writes the report.
   *
   * @return the HTML file
   * @throws StudyException where there is nothing to report yet, or it cannot be written
   */
  public static Path write(StudyFolder folder) {
    return new StudyReport(folder).write();
  }

  private Path write() {
    Path html = folder.file("report.html");
    try {
      corpus();
      accuracies();
      curves();
      start();
      autoencoders();
      speed();
      WholeFile.write(folder.file("report.md"), bytes(document.markdown()));
      WholeFile.write(folder.file("results.csv"), bytes(ResultsCsv.of(results)));
      WholeFile.write(html, bytes(document.html()));
      return html;
    } catch (IOException e) {
      throw new StudyException("cannot write the report: " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void picture(String name, BufferedImage image, String caption) throws IOException {
    WholeFile.write(folder.file("report/" + name), Png.bytes(image));
    document.picture("report/" + name, caption);
  }

  private void corpus() throws IOException {
    PicturesResult made = results.pictures().result();
    document.paragraph(
        String.format(
            Locale.ROOT,
            "%d recordings of ten digits by %d speakers. Left out: %s. Could not be used: %d.",
            made.labels().size(),
            made.labels().stream().map(PictureSet.Label::person).distinct().count(),
            made.leftOut().isEmpty() ? "none" : RecordingSelection.describe(made.leftOut()),
            made.unreadable().size()));
    document.table(tables.settings());
    picture(
        "examples.png", pictures.examples(), "One recording of each digit, as the networks see it");
  }

  private void accuracies() {
    document.heading("Accuracy on the test part after epoch " + results.epochs());
    document.table(tables.accuracies());
    document.paragraph(
        "Mean and standard deviation over the seeds, in brackets the least, the most and the number"
            + " of seeds. Another seed is another split, other first weights and another order; with"
            + " speakers apart, other speakers are tested on. Pretrained on own inputs: the"
            + " autoencoders of later layers gave back what went into their layer, as in the study;"
            + " on the picture: they gave back the picture.");
  }

  private void curves() throws IOException {
    document.heading("From epoch to epoch");
    for (SplitKind kind : results.kinds()) {
      picture(
          "layers-" + kind.id() + ".png",
          pictures.curves(kind, StudyResults.NETS.subList(0, 2)),
          "Two against three layers, " + kind.description() + LINES);
      if (results.hasPretrained(kind)) {
        picture(
            "pretraining-" + kind.id() + ".png",
            pictures.curves(kind, StudyResults.NETS.subList(1, StudyResults.NETS.size())),
            "Three layers with and without pretraining, " + kind.description() + LINES);
      }
    }
  }

  private void start() {
    document.heading("The first epochs: is the start faster with pretraining?");
    document.table(tables.firstEpochs());
    document.heading("Seed by seed");
    document.paragraph(
        "By how much the first one's accuracy on the test part is above the second one's: mean and"
            + " standard deviation over the seeds, and in how many seeds it is.");
    document.table(tables.differences());
  }

  private void autoencoders() throws IOException {
    SplitKind kind = results.kinds().get(0);
    if (results.codecs(kind, StudyResults.CODECS.get(0)).isEmpty()) {
      return;
    }
    document.heading("Autoencoders, layer by layer");
    document.paragraph(
        "Mean squared error per value on the test part of the "
            + kind.description()
            + " split, after the last epoch; pictures have values from 0 to 1. The study measured the"
            + " loss of later layers on their own input and called that faulty: what the earlier"
            + " decoders make of it is left to itself.");
    document.table(tables.autoencoders(kind));
    picture("autoencoder-losses.png", pictures.losses(kind), "Mean squared error on the test part");
    for (int stage = 1; stage <= 3; stage++) {
      Optional<BufferedImage> shown = pictures.reconstructions(kind, stage);
      if (shown.isPresent()) {
        picture(
            "autoencoder-" + stage + ".png",
            shown.get(),
            "Layer "
                + stage
                + ": inputs over outputs"
                + (stage == 1
                    ? ""
                    : "; what each was trained to give back stands above its pictures"));
      }
    }
  }

  private void speed() {
    document.heading("Speed");
    List<Double> speeds = results.classifierSpeeds().stream().sorted().toList();
    document.paragraph(
        String.format(
            Locale.ROOT,
            "Classifiers were trained on %.0f samples per second and thread (median; slowest %.0f,"
                + " fastest %.0f), while whatever else ran on the machine. 'digitstream train"
                + " classify' tells the speed of one training.",
            speeds.get(speeds.size() / 2),
            speeds.get(0),
            speeds.get(speeds.size() - 1)));
  }
}
