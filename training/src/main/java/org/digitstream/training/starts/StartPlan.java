package org.digitstream.training.starts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.digitstream.training.corpus.Fold;
import org.digitstream.training.pretraining.StartMethod;
import org.digitstream.training.pretraining.StartPretraining;

/**
 * What is to be compared.
 *
 * @param folds whose people are left out, at least one
 * @param takes limits of recordings of each digit and person; {@link
 *     org.digitstream.training.corpus.TakeLimit#ALL} for none
 * @param seeds how many, counted from 1
 * @param digitsPerCorpus most digits of each corpus that the people left out are tried with
 * @param pretraining how long the autoencoders are trained
 */
public record StartPlan(
    List<Fold> folds,
    List<Integer> takes,
    int seeds,
    int digitsPerCorpus,
    StartPretraining pretraining) {
  /**
   * Copies the lists, and checks that there is something to do.
   *
   * @throws IllegalArgumentException where there is not
   */
  public StartPlan {
    folds = List.copyOf(folds);
    takes = List.copyOf(takes);
    if (folds.isEmpty() || takes.isEmpty() || seeds < 1 || digitsPerCorpus < 1) {
      throw new IllegalArgumentException(
          String.format(
              "%d folds, %d numbers of takes, %d seeds and %d digits: each must be at least 1",
              folds.size(), takes.size(), seeds, digitsPerCorpus));
    }
  }

  /** What the trainings of one group share: all but their start. */
  record Group(Fold fold, int takes, long seed) {
    StartRun run(StartMethod method) {
      return new StartRun(fold.name(), takes, seed, method);
    }
  }

  /** Seed by seed, so that there is a whole table after the first. */
  List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    for (long seed : LongStream.rangeClosed(1, seeds).toArray()) {
      for (int most : takes) {
        for (Fold fold : folds) {
          groups.add(new Group(fold, most, seed));
        }
      }
    }
    return groups;
  }

  /** Number of trainings. */
  public int runs() {
    return groups().size() * StartMethod.values().length;
  }
}
