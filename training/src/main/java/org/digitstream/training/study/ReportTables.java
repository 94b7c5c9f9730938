package org.digitstream.training.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.digitstream.training.study.StudyResults.Codec;
import org.digitstream.training.study.StudyResults.Net;

/** The tables of the report; the first row of each is its head. */
final class ReportTables {
  private static final Net TWO_LAYERS = StudyResults.NETS.get(0);
  private static final Net THREE_LAYERS = StudyResults.NETS.get(1);
  private static final int FIRST_EPOCHS = 3;
  private static final String NOT_RUN = "not run";
  private static final Map<Net, String> STUDY_FIGURES =
      Map.of(
          TWO_LAYERS,
          "about 0.95",
          THREE_LAYERS,
          "0.935",
          new Net(3, Start.HIDDEN),
          "0.90",
          new Net(3, Start.PICTURE),
          "not tried");

  private final StudyResults results;

  ReportTables(StudyResults results) {
    this.results = results;
  }

  /** How the pictures were made. */
  List<List<String>> settings() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("pictures", "setting"));
    results.pictures().settings().forEach((name, value) -> rows.add(List.of(name, value)));
    return rows;
  }

  /** How good the classifiers are at the end. */
  List<List<String>> accuracies() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        Stream.of(
                Stream.of("classifier"),
                results.kinds().stream().map(SplitKind::description),
                Stream.of("the study (random)"))
            .flatMap(part -> part)
            .toList());
    for (Net net : StudyResults.NETS) {
      List<String> row = new ArrayList<>(List.of(net.description()));
      for (SplitKind kind : results.kinds()) {
        row.add(
            results
                .spread(kind, net, results.epochs(), ClassifierEpoch::testAccuracy)
                .map(ReportTables::withRange)
                .orElse(NOT_RUN));
      }
      row.add(STUDY_FIGURES.get(net));
      rows.add(row);
    }
    return rows;
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

  /** How good they are after each of the first epochs. */
  List<List<String>> firstEpochs() {
    List<Integer> epochs =
        IntStream.rangeClosed(1, Math.min(FIRST_EPOCHS, results.epochs())).boxed().toList();
    List<List<String>> rows = new ArrayList<>();
    rows.add(head(List.of("split", "classifier"), epochs));
    for (SplitKind kind : results.kinds()) {
      for (Net net : StudyResults.NETS) {
        List<String> row = new ArrayList<>(List.of(kind.description(), net.description()));
        for (int epoch : epochs) {
          row.add(
              results
                  .spread(kind, net, epoch, ClassifierEpoch::testAccuracy)
                  .map(spread -> spread.text(3))
                  .orElse(NOT_RUN));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** By how much three layers are above two, and pretrained ones above those that are not. */
  List<List<String>> differences() {
    List<Integer> epochs =
        Stream.of(1, FIRST_EPOCHS, results.epochs())
            .filter(epoch -> epoch <= results.epochs())
            .distinct()
            .toList();
    List<List<String>> rows = new ArrayList<>();
    rows.add(head(List.of("split", "the first", "the second"), epochs));
    for (SplitKind kind : results.kinds()) {
      rows.add(differences(kind, THREE_LAYERS, TWO_LAYERS, epochs));
      for (Net pretrained : StudyResults.NETS.subList(2, StudyResults.NETS.size())) {
        rows.add(differences(kind, pretrained, THREE_LAYERS, epochs));
      }
    }
    return rows;
  }

  private List<String> differences(SplitKind kind, Net first, Net second, List<Integer> epochs) {
    List<String> row =
        new ArrayList<>(List.of(kind.description(), first.description(), second.description()));
    for (int epoch : epochs) {
      double[] differences = results.differences(kind, first, second, epoch);
      row.add(differences.length == 0 ? NOT_RUN : difference(differences));
    }
    return row;
  }

  private static String difference(double[] differences) {
    Spread spread = Spread.of(differences);
    return String.format(
        Locale.ROOT,
        "%+.3f ± %.3f (%d of %d)",
        spread.mean(),
        spread.deviation(),
        Arrays.stream(differences).filter(difference -> difference > 0).count(),
        differences.length);
  }

  private static List<String> head(List<String> first, List<Integer> epochs) {
    return Stream.concat(first.stream(), epochs.stream().map(epoch -> "after epoch " + epoch))
        .toList();
  }

  /** How well the autoencoders give back what they should. */
  List<List<String>> autoencoders(SplitKind kind) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("autoencoder", "what it was trained for", "the picture, through all layers"));
    for (Codec codec : StudyResults.CODECS) {
      Optional<Spread> own = results.spread(kind, codec, result -> result.last().test());
      Optional<Spread> picture = results.spread(kind, codec, AutoencoderResult::pictureLoss);
      rows.add(
          List.of(
              codec.description(),
              own.map(spread -> spread.text(5)).orElse(NOT_RUN),
              picture.map(spread -> spread.text(5)).orElse(NOT_RUN)));
    }
    return rows;
  }
}
