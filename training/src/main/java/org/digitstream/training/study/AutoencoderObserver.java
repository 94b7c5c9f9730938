package org.digitstream.training.study;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.digitstream.training.pretraining.Autoencoder;
import org.digitstream.training.pretraining.EpochLoss;
import org.digitstream.training.pretraining.PretrainingProgress;

/** Watches the training of one autoencoder: losses, speed, and what it gives back meanwhile. */
final class AutoencoderObserver implements PretrainingProgress {
  private final float[][] test;
  private final float[][] examples;
  private final List<Integer> shownEpochs;
  private final int epochs;
  private final StudyProgress progress;
  private final LongSupplier nanoTime;
  private final List<EpochLoss> losses = new ArrayList<>();
  private final List<PictureGrid.Row> rows = new ArrayList<>();
  private double pictureLoss;
  private long firstNanos;
  private long lastNanos;
  private long nanos;
  private long timed;
  private boolean inEpoch;

  /**
   * An observer.
   *
   * @param test pictures to measure on at the end
   * @param examples pictures to show
   * @param settings when to show them; after the last epoch in any case
   */
  AutoencoderObserver(
      float[][] test,
      float[][] examples,
      StudySettings settings,
      StudyProgress progress,
      LongSupplier nanoTime) {
    this.test = test;
    this.examples = examples;
    this.shownEpochs = settings.shownEpochs();
    this.epochs = settings.autoencoderEpochs();
    this.progress = progress;
    this.nanoTime = nanoTime;
    rows.add(new PictureGrid.Row("input", examples));
  }

  @Override
  public void trained(int pictures) {
    lastNanos = nanoTime.getAsLong();
    if (inEpoch) {
      timed += pictures;
    } else {
      // The first update of an epoch only starts the clock: what lies before it is measuring.
      firstNanos = lastNanos;
      inEpoch = true;
    }
    progress.trained(pictures);
  }

  @Override
  public void epoch(EpochLoss loss, Autoencoder autoencoder) {
    nanos += lastNanos - firstNanos;
    inEpoch = false;
    losses.add(loss);
    if (shownEpochs.contains(loss.epoch()) || loss.epoch() == epochs) {
      rows.add(new PictureGrid.Row("epoch " + loss.epoch(), autoencoder.reconstruct(examples)));
    }
    if (loss.epoch() == epochs) {
      pictureLoss = meanSquaredError(test, autoencoder.reconstruct(test));
    }
  }

  AutoencoderResult result(int trainingPictures) {
    return new AutoencoderResult(
        trainingPictures, 1e9 * timed / Math.max(1, nanos), pictureLoss, List.copyOf(losses));
  }

  /** Inputs over outputs. */
  BufferedImage grid(int bands, int frames) {
    return PictureGrid.draw(rows, bands, frames);
  }

  private static double meanSquaredError(float[][] wanted, float[][] given) {
    double sum = 0;
    long count = 0;
    for (int i = 0; i < wanted.length; i++) {
      for (int j = 0; j < wanted[i].length; j++) {
        double difference = wanted[i][j] - given[i][j];
        sum += difference * difference;
      }
      count += wanted[i].length;
    }
    return sum / count;
  }
}
