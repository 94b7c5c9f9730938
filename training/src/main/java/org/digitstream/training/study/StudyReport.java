package org.digitstream.training.study;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.digitstream.training.study.StudyResults.Codec;
import org.digitstream.training.study.StudyResults.Net;

/**
 * The last step: everything that is in a study's folder, as {@code report.html}, {@code report.md},
 * {@code results.csv} and the pictures in {@code report/}.
 */
public final class StudyReport {
  private static final Map<Net, String> STUDY_FIGURES =
      Map.of(
          new Net(2, Start.RANDOM),
          "about 0.95",
          new Net(3, Start.RANDOM),
          "0.935",
          new Net(3, Start.HIDDEN),
          "0.90");
  private static final int FIRST_EPOCHS = 3;
  private static final String LINES =
      ": mean over the seeds with standard deviation, of the test part; dashed, of the training part";

  private final StudyFolder folder;
  private final StudyResults results;
  private final ReportPictures pictures;
  private final ReportDocument document;

  private StudyReport(StudyFolder folder) {
    this.folder = folder;
    this.results = StudyResults.read(folder);
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
      settings();
      accuracies();
      curves();
      start();
      differences();
      autoencoders();
      speed();
      folder.replace(folder.file("report.md"), bytes(document.markdown()));
      folder.replace(folder.file("results.csv"), bytes(csv()));
      folder.replace(html, bytes(document.html()));
      return html;
    } catch (IOException e) {
      throw new StudyException("cannot write the report: " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void settings() throws IOException {
    PicturesResult made = results.pictures().result();
    long people = made.labels().stream().map(PictureSet.Label::person).distinct().count();
    document.paragraph(
        String.format(
            Locale.ROOT,
            "%d recordings of ten digits by %d speakers. Left out: %s. Could not be used: %d.",
            made.labels().size(),
            people,
            made.leftOut().isEmpty() ? "none" : RecordingSelection.describe(made.leftOut()),
            made.unreadable().size()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("pictures", "setting"));
    results.pictures().settings().forEach((name, value) -> rows.add(List.of(name, value)));
    document.table(rows);
    picture(
        "examples.png", pictures.examples(), "One recording of each digit, as the networks see it");
  }

  private void picture(String name, BufferedImage image, String caption) throws IOException {
    folder.replace(folder.file("report/" + name), Png.bytes(image));
    document.picture("report/" + name, caption);
  }

  private void accuracies() {
    int last = results.epochs();
    document.heading("Accuracy on the test part after epoch " + last);
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("classifier"));
    results.kinds().forEach(kind -> head.add(kind.description()));
    head.add("the study (random)");
    rows.add(head);
    for (Net net : StudyResults.NETS) {
      List<String> row = new ArrayList<>(List.of(net.description()));
      for (SplitKind kind : results.kinds()) {
        row.add(
            results
                .spread(kind, net, last, ClassifierEpoch::testAccuracy)
                .map(StudyReport::withRange)
                .orElse("not run"));
      }
      row.add(STUDY_FIGURES.getOrDefault(net, "not tried"));
      rows.add(row);
    }
    document.table(rows);
    document.paragraph(
        "Mean and standard deviation over the seeds, in brackets the least, the most and the number"
            + " of seeds. Another seed is another split, other first weights and another order; with"
            + " speakers apart, other speakers are tested on. Pretrained on own inputs: the"
            + " autoencoders of later layers gave back what went into their layer, as in the study;"
            + " on the picture: they gave back the picture.");
  }

  private static String withRange(Spread spread) {
    return spread.count() < 2
        ? spread.text(3)
        : String.format(
            Locale.ROOT,
            "%s (%.3f to %.3f, %d seeds)",
            spread.text(3),
            spread.least(),
            spread.most(),
            spread.count());
  }

  private void curves() throws IOException {
    document.heading("From epoch to epoch");
    for (SplitKind kind : results.kinds()) {
      picture(
          "layers-" + kind.id() + ".png",
          pictures.curves(kind, StudyResults.NETS.subList(0, 2)),
          "Two against three layers, " + kind.description() + LINES);
      if (results.spread(kind, StudyResults.NETS.get(2), 0, e -> 0).isPresent()) {
        picture(
            "pretraining-" + kind.id() + ".png",
            pictures.curves(kind, StudyResults.NETS.subList(1, StudyResults.NETS.size())),
            "Three layers with and without pretraining, " + kind.description() + LINES);
      }
    }
  }

  private void start() {
    document.heading("The first epochs: is the start faster with pretraining?");
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("split", "classifier"));
    for (int epoch = 1; epoch <= Math.min(FIRST_EPOCHS, results.epochs()); epoch++) {
      head.add("after epoch " + epoch);
    }
    rows.add(head);
    for (SplitKind kind : results.kinds()) {
      for (Net net : StudyResults.NETS) {
        List<String> row = new ArrayList<>(List.of(kind.description(), net.description()));
        for (int epoch = 1; epoch <= Math.min(FIRST_EPOCHS, results.epochs()); epoch++) {
          row.add(
              results
                  .spread(kind, net, epoch, ClassifierEpoch::testAccuracy)
                  .map(spread -> spread.text(3))
                  .orElse("not run"));
        }
        rows.add(row);
      }
    }
    document.table(rows);
  }

  private void differences() {
    Net two = StudyResults.NETS.get(0);
    Net three = StudyResults.NETS.get(1);
    List<Integer> epochs = List.of(1, FIRST_EPOCHS, results.epochs());
    document.heading("Seed by seed");
    document.paragraph(
        "By how much the first one's accuracy on the test part is above the second one's: mean and"
            + " standard deviation over the seeds, and in how many seeds it is.");
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("split", "the first", "the second"));
    epochs.stream()
        .distinct()
        .filter(epoch -> epoch <= results.epochs())
        .forEach(epoch -> head.add("after epoch " + epoch));
    rows.add(head);
    for (SplitKind kind : results.kinds()) {
      for (Net net : StudyResults.NETS) {
        if (!net.equals(three)) {
          Net first = net.equals(two) ? three : net;
          Net second = net.equals(two) ? two : three;
          List<String> row =
              new ArrayList<>(
                  List.of(kind.description(), first.description(), second.description()));
          epochs.stream()
              .distinct()
              .filter(epoch -> epoch <= results.epochs())
              .forEach(
                  epoch -> row.add(difference(results.differences(kind, first, second, epoch))));
          rows.add(row);
        }
      }
    }
    document.table(rows);
  }

  private static String difference(double[] differences) {
    if (differences.length == 0) {
      return "not run";
    }
    Spread spread = Spread.of(differences);
    return String.format(
        Locale.ROOT,
        "%+.3f ± %.3f (%d of %d)",
        spread.mean(),
        spread.deviation(),
        Arrays.stream(differences).filter(difference -> difference > 0).count(),
        differences.length);
  }

  private void autoencoders() throws IOException {
    SplitKind kind = results.kinds().get(0);
    if (results.spread(kind, StudyResults.CODECS.get(0), r -> 0).isEmpty()) {
      return;
    }
    document.heading("Autoencoders, layer by layer");
    document.paragraph(
        "Mean squared error per value on the test part of the "
            + kind.description()
            + " split, after the last epoch; pictures have values from 0 to 1. The study measured the"
            + " loss of later layers on their own input and called that faulty: what the earlier"
            + " decoders make of it is left to itself.");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("autoencoder", "what it was trained for", "the picture, through all layers"));
    for (Codec codec : StudyResults.CODECS) {
      Optional<Spread> own = results.spread(kind, codec, result -> result.last().test());
      Optional<Spread> picture = results.spread(kind, codec, AutoencoderResult::pictureLoss);
      rows.add(
          List.of(
              codec.description(),
              own.map(spread -> spread.text(5)).orElse("not run"),
              picture.map(spread -> spread.text(5)).orElse("not run")));
    }
    document.table(rows);
    picture("autoencoder-losses.png", pictures.losses(kind), "Loss of the picture's autoencoders");
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
                    : "; left the layer's own input is given back, right the picture"));
      }
    }
  }

  private void speed() {
    document.heading("Speed");
    List<Double> speeds = results.classifierSpeeds().stream().sorted().toList();
    document.paragraph(
        String.format(
            Locale.ROOT,
            "Classifiers were trained on %.0f samples per second and thread (median; fastest %.0f),"
                + " while whatever else ran here. 'digitstream train classify' tells the speed of one"
                + " training.",
            speeds.get(speeds.size() / 2),
            speeds.get(speeds.size() - 1)));
  }

  private String csv() {
    StringBuilder csv =
        new StringBuilder(
            "split,seed,layers,start,epoch,training_loss,training_accuracy,test_loss,"
                + "test_accuracy,test_speakers\n");
    for (SplitKind kind : results.kinds()) {
      for (Net net : StudyResults.NETS) {
        results
            .classifiers(kind, net)
            .forEach(
                (seed, kept) -> {
                  List<String> speakers = kept.result().testSpeakers();
                  String who =
                      kind == SplitKind.SPEAKER
                          ? speakers.stream().collect(Collectors.joining(" "))
                          : Integer.toString(speakers.size());
                  for (ClassifierEpoch epoch : kept.result().epochs()) {
                    csv.append(
                        String.format(
                            Locale.ROOT,
                            "%s,%d,%d,%s,%d,%.5f,%.5f,%.5f,%.5f,%s%n",
                            kind.id(),
                            seed,
                            net.layers(),
                            net.start().id(),
                            epoch.epoch(),
                            epoch.trainingLoss(),
                            epoch.trainingAccuracy(),
                            epoch.testLoss(),
                            epoch.testAccuracy(),
                            who));
                  }
                });
      }
    }
    return csv.toString();
  }
}
