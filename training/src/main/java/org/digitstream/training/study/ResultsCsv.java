package org.digitstream.training.study;

import java.util.List;
import java.util.Locale;
import org.digitstream.training.study.StudyResults.Net;

/** Every epoch of every classifier, one a line, for whoever wants to draw it otherwise. */
final class ResultsCsv {
  private static final String HEAD =
      "split,seed,layers,start,epoch,training_loss,training_accuracy,test_loss,test_accuracy,"
          + "test_speakers\n";

  private ResultsCsv() {}

  static String of(StudyResults results) {
    StringBuilder csv = new StringBuilder(HEAD);
    for (SplitKind kind : results.kinds()) {
      for (Net net : StudyResults.NETS) {
        results
            .classifiers(kind, net)
            .forEach((seed, kept) -> append(csv, kind, net, seed, kept.result()));
      }
    }
    return csv.toString();
  }

  private static void append(
      StringBuilder csv, SplitKind kind, Net net, long seed, ClassifierResult result) {
    List<String> speakers = result.testSpeakers();
    // With speakers apart their names matter, otherwise nearly all are in the test part.
    String who =
        kind == SplitKind.SPEAKER ? String.join(" ", speakers) : Integer.toString(speakers.size());
    for (ClassifierEpoch epoch : result.epochs()) {
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
  }
}
