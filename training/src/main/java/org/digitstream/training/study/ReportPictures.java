package org.digitstream.training.study;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.digitstream.training.pretraining.EpochLoss;
import org.digitstream.training.study.StudyFolder.Kept;
import org.digitstream.training.study.StudyResults.Codec;
import org.digitstream.training.study.StudyResults.Net;

/** The pictures of the report. */
final class ReportPictures {
  private final StudyFolder folder;
  private final StudyResults results;

  ReportPictures(StudyFolder folder, StudyResults results) {
    this.folder = folder;
    this.results = results;
  }

  /** The first recording of each digit. */
  BufferedImage examples() {
    PictureSet set = new PictureArchive(folder).pictures();
    float[][] examples = set.examples(IntStream.range(0, set.size()).toArray());
    return PictureGrid.draw(
        List.of(new PictureGrid.Row("0 to 9", examples)), set.bands(), set.frames());
  }

  /** Accuracy and loss of some classifiers, of the test part and, dashed, of the training part. */
  BufferedImage curves(SplitKind kind, List<Net> nets) {
    List<CurveChart.Curve> accuracies = new ArrayList<>();
    List<CurveChart.Curve> losses = new ArrayList<>();
    for (Net net : nets) {
      Color colour = CurveChart.COLOURS.get(StudyResults.NETS.indexOf(net));
      add(accuracies, kind, net, ClassifierEpoch::testAccuracy, colour, false);
      add(losses, kind, net, ClassifierEpoch::testLoss, colour, false);
    }
    for (Net net : nets) {
      Color colour = CurveChart.COLOURS.get(StudyResults.NETS.indexOf(net));
      add(accuracies, kind, net, ClassifierEpoch::trainingAccuracy, colour, true);
      add(losses, kind, net, ClassifierEpoch::trainingLoss, colour, true);
    }
    return CurveChart.sideBySide(
        List.of(
            CurveChart.draw("Accuracy", "share recognized", null, 1.0, accuracies),
            CurveChart.draw("Loss", "cross-entropy (nats)", 0.0, null, losses)),
        List.of());
  }

  private void add(
      List<CurveChart.Curve> curves,
      SplitKind kind,
      Net net,
      ToDoubleFunction<ClassifierEpoch> number,
      Color colour,
      boolean training) {
    // Before the first epoch everything is guessed, which would flatten the rest.
    int epochs = results.epochs();
    double[] means = new double[epochs];
    double[] deviations = new double[epochs];
    for (int epoch = 1; epoch <= epochs; epoch++) {
      Optional<Spread> spread = results.spread(kind, net, epoch, number);
      if (spread.isEmpty()) {
        return;
      }
      means[epoch - 1] = spread.get().mean();
      deviations[epoch - 1] = spread.get().deviation();
    }
    curves.add(
        new CurveChart.Curve(
            net.description() + (training ? " (training part)" : ""),
            1,
            means,
            deviations,
            colour,
            training));
  }

  /** Losses of all autoencoders, means over the seeds. */
  BufferedImage losses(SplitKind kind) {
    List<CurveChart.Curve> own = new ArrayList<>();
    List<CurveChart.Curve> picture = new ArrayList<>();
    for (Codec codec : StudyResults.CODECS) {
      List<List<EpochLoss>> seeds =
          results.codecs(kind, codec).values().stream()
              .map(Kept::result)
              .map(AutoencoderResult::epochs)
              .toList();
      if (seeds.isEmpty()) {
        continue;
      }
      int epochs = seeds.stream().mapToInt(List::size).min().orElse(0);
      double[] means = new double[epochs];
      for (int epoch = 0; epoch < epochs; epoch++) {
        int at = epoch;
        means[epoch] =
            seeds.stream().mapToDouble(losses -> losses.get(at).test()).average().orElse(0);
      }
      boolean givesPicture = codec.stage() == 1 || codec.start() == Start.PICTURE;
      (givesPicture ? picture : own)
          .add(
              new CurveChart.Curve(
                  "layer " + codec.stage(),
                  1,
                  means,
                  new double[epochs],
                  CurveChart.COLOURS.get(codec.stage() - 1),
                  false));
    }
    List<BufferedImage> charts = new ArrayList<>();
    charts.add(CurveChart.draw("Gives back the picture", "mean squared error", 0.0, null, picture));
    if (!own.isEmpty()) {
      charts.add(CurveChart.draw("Gives back its own input", "mean squared error", 0.0, null, own));
    }
    return CurveChart.sideBySide(charts, List.of());
  }

  /** What the autoencoders of a layer give back, of the first seed that has them. */
  Optional<BufferedImage> reconstructions(SplitKind kind, int stage) throws IOException {
    List<BufferedImage> shown = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    for (Codec codec : StudyResults.CODECS) {
      var seeds = results.codecs(kind, codec);
      if (codec.stage() != stage || seeds.isEmpty()) {
        continue;
      }
      Path file =
          folder.pictureFile(Step.autoencoder(kind, seeds.firstKey(), stage, codec.start()));
      if (Files.exists(file)) {
        shown.add(ImageIO.read(file.toFile()));
        titles.add(codec.description());
      }
    }
    return shown.isEmpty()
        ? Optional.empty()
        : Optional.of(CurveChart.sideBySide(shown, stage == 1 ? List.of() : titles));
  }
}
