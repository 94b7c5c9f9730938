package org.digitstream.training.study;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** All networks of a study, for several seeds and splits. */
public final class WholeStudy {
  private static final int MOST_LAYERS = 3;

  private final Study study;
  private final StudySettings settings;
  private final List<Start> pretrained;

  /**
   * A whole study.
   *
   * @param pretrained the encoders that classifiers start from, one kind after the other
   * @throws StudyException where the settings have fewer than three layers
   */
  public WholeStudy(Study study, StudySettings settings, List<Start> pretrained) {
    if (settings.channels().size() < MOST_LAYERS) {
      throw new StudyException(
          "the study compares two with three layers, and --channels has only "
              + settings.channels().size());
    }
    this.study = study;
    this.settings = settings;
    this.pretrained = List.copyOf(pretrained);
  }

  /** How many pictures will be trained on, each as often as it is. */
  public long work(List<SplitKind> kinds, List<Long> seeds) {
    // Two and three layers, and three from each kind of encoders.
    long classifiers = 2 + pretrained.size();
    // One for the first layer, and for each kind one for the second and one for the third.
    long autoencoders = pretrained.isEmpty() ? 0 : 1 + (MOST_LAYERS - 1) * (long) pretrained.size();
    long epochs = classifiers * settings.epochs() + autoencoders * settings.autoencoderEpochs();
    long work = 0;
    for (SplitKind kind : kinds) {
      for (long seed : seeds) {
        work += epochs * study.split(kind, seed).training().length;
      }
    }
    return work;
  }

  /**
   * Trains everything that is not trained yet.
   *
   * @param executor each split and seed is one task of it
   * @throws InterruptedException where the thread is interrupted
   * @throws RuntimeException that a task threw, or the progress
   */
  public void run(List<SplitKind> kinds, List<Long> seeds, ExecutorService executor)
      throws InterruptedException {
    List<Future<?>> tasks = new ArrayList<>();
    for (long seed : seeds) {
      for (SplitKind kind : kinds) {
        tasks.add(executor.submit(() -> train(kind, seed)));
      }
    }
    try {
      for (Future<?> task : tasks) {
        task.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException expected) {
        throw expected;
      }
      throw new IllegalStateException("a step of the study failed", e.getCause());
    } finally {
      tasks.forEach(task -> task.cancel(true));
    }
  }

  private void train(SplitKind kind, long seed) {
    study.classify(kind, seed, MOST_LAYERS - 1, Start.RANDOM);
    study.classify(kind, seed, MOST_LAYERS, Start.RANDOM);
    for (Start start : pretrained) {
      for (int stage = 1; stage <= MOST_LAYERS; stage++) {
        if (stage > 1 || start == pretrained.get(0)) {
          study.autoencode(kind, seed, stage, start);
        }
      }
      study.classify(kind, seed, MOST_LAYERS, start);
    }
  }
}
