package org.digitstream.inference.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.Objects;

/**
 * What is done to a frame before the network sees it: {@code (clip(value) - mean[band]) /
 * standardDeviation[band]}, where clipping raises to the floor and lowers to the ceiling. Two
 * things are done, if so wanted, over the frames that the network sees at once, and nothing outside
 * these frames takes part. Before, what is too far below the loudest value is raised, so that noise
 * below the speech looks the same as silence. After, from each band is taken its mean, so that
 * microphones and rooms sound alike (cepstral mean subtraction: Atal, "Effectiveness of linear
 * prediction characteristics of the speech wave for automatic speaker identification and
 * verification", 1974).
 *
 * @param floor values below it are raised to it, so that digital silence and the faintest hiss look
 *     alike
 * @param ceiling values above it are lowered to it; null where there is none
 * @param windowMean true where the mean of the window is taken away; null where it is not, as in
 *     the first model files
 * @param windowRange values this far or further below the greatest one of the window, in the unit
 *     of the features, are raised to there; null for none
 * @param runningFrames the window of each frame is the frame itself and those before it, so many
 *     together, 1 to 1000, and what the network sees of a frame does not depend on later ones; null
 *     where the window is all that the network sees at once
 * @param mean one per band
 * @param standardDeviation one per band, greater than 0
 */
public record Normalization(
    float floor,
    @JsonInclude(JsonInclude.Include.NON_NULL) Float ceiling,
    @JsonInclude(JsonInclude.Include.NON_NULL) Boolean windowMean,
    @JsonInclude(JsonInclude.Include.NON_NULL) Float windowRange,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer runningFrames,
    float[] mean,
    float[] standardDeviation) {
  private static final int MAX_RUNNING_FRAMES = 1000;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException where lengths differ, or a value is not finite or not positive
   */
  public Normalization {
    Bounds.requirePresent("mean", mean);
    Bounds.requirePresent("standardDeviation", standardDeviation);
    if (mean.length != standardDeviation.length) {
      throw new IllegalArgumentException(
          mean.length + " means do not match " + standardDeviation.length + " standard deviations");
    }
    windowMean = Boolean.TRUE.equals(windowMean) ? windowMean : null;
    if (!Float.isFinite(floor)) {
      throw new IllegalArgumentException("floor is " + floor);
    }
    if (ceiling != null && (!Float.isFinite(ceiling) || ceiling <= floor)) {
      throw new IllegalArgumentException(
          "ceiling " + ceiling + " is not greater than the floor " + floor);
    }
    if (windowRange != null && !(windowRange > 0 && Float.isFinite(windowRange))) {
      throw new IllegalArgumentException("window range " + windowRange + " is not above 0");
    }
    if (runningFrames != null) {
      Bounds.requireWithin("runningFrames", runningFrames, MAX_RUNNING_FRAMES);
    }
    for (int band = 0; band < mean.length; band++) {
      if (!Float.isFinite(mean[band])
          || !(standardDeviation[band] > 0)
          || !Float.isFinite(standardDeviation[band])) {
        throw new IllegalArgumentException(
            "band "
                + band
                + ": mean "
                + mean[band]
                + ", standard deviation "
                + standardDeviation[band]);
      }
    }
  }

  /** Without a ceiling. */
  public Normalization(float floor, float[] mean, float[] standardDeviation) {
    this(floor, null, null, null, mean, standardDeviation);
  }

  /** Of single frames only. */
  public Normalization(float floor, Float ceiling, float[] mean, float[] standardDeviation) {
    this(floor, ceiling, null, null, mean, standardDeviation);
  }

  /** Over all that the network sees at once. */
  public Normalization(
      float floor,
      Float ceiling,
      Boolean windowMean,
      Float windowRange,
      float[] mean,
      float[] standardDeviation) {
    this(floor, ceiling, windowMean, windowRange, null, mean, standardDeviation);
  }

  /** Frames that are needed before the first one that the network is to see. */
  public int framesBefore() {
    return runningFrames == null ? 0 : runningFrames - 1;
  }

  /** Whether what the network sees of a frame does not depend on later ones. */
  public boolean dependsOnEarlierFramesOnly() {
    return runningFrames != null || (windowMean == null && windowRange == null);
  }

  /**
   * What the network sees of some frames.
   *
   * @param frames {@code frames[frame * bands + band]}, the {@link #framesBefore} first; not
   *     changed
   * @return {@code picture[band * frames + frame]} without those before
   */
  public float[] picture(float[] frames) {
    if (runningFrames != null) {
      return runningPicture(frames);
    }
    int bands = mean.length;
    int count = frames.length / bands;
    float[] picture = new float[frames.length];
    float least = least(frames);
    for (int band = 0; band < bands; band++) {
      int row = band * count;
      double sum = 0;
      for (int frame = 0; frame < count; frame++) {
        float value = apply(Math.max(frames[frame * bands + band], least), band);
        picture[row + frame] = value;
        sum += value;
      }
      if (windowMean != null) {
        float windowsMean = (float) (sum / count);
        for (int frame = 0; frame < count; frame++) {
          picture[row + frame] -= windowsMean;
        }
      }
    }
    return picture;
  }

  private float[] runningPicture(float[] frames) {
    int bands = mean.length;
    int count = frames.length / bands - framesBefore();
    float[] picture = new float[count * bands];
    RunningNormalizer normalizer = frameByFrame();
    for (int frame = 0; frame < framesBefore(); frame++) {
      normalizer.before(frames, frame * bands);
    }
    for (int frame = 0; frame < count; frame++) {
      normalizer.next(frames, (framesBefore() + frame) * bands, picture, frame, count);
    }
    return picture;
  }

  /**
   * The same frame by frame, to the same bits.
   *
   * @throws IllegalStateException where what the network sees of a frame depends on later ones
   */
  public RunningNormalizer frameByFrame() {
    if (!dependsOnEarlierFramesOnly()) {
      throw new IllegalStateException("what the network sees of a frame depends on later ones");
    }
    return new RunningNormalizer(this);
  }

  private float least(float[] frames) {
    if (windowRange == null) {
      return Float.NEGATIVE_INFINITY;
    }
    float greatest = Float.NEGATIVE_INFINITY;
    for (float value : frames) {
      greatest = Math.max(greatest, value);
    }
    return greatest - windowRange;
  }

  /**
   * From floor and ceiling to 0 and 1, the same in every band: {@code (clip(value) - floor) /
   * (ceiling - floor)}. The pictures of the study are {@code grey(64, -45, 45)}.
   */
  public static Normalization grey(int bands, float floor, float ceiling) {
    float[] mean = new float[bands];
    float[] range = new float[bands];
    Arrays.fill(mean, floor);
    Arrays.fill(range, ceiling - floor);
    return new Normalization(floor, ceiling, mean, range);
  }

  /** A value raised to the floor and lowered to the ceiling. */
  public float clip(float value) {
    float raised = Math.max(value, floor);
    return ceiling == null ? raised : Math.min(raised, ceiling);
  }

  /** The network's input for a value of a band. */
  public float apply(float value, int band) {
    return (clip(value) - mean[band]) / standardDeviation[band];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalization that
        && floor == that.floor
        && Objects.equals(ceiling, that.ceiling)
        && Objects.equals(windowMean, that.windowMean)
        && Objects.equals(windowRange, that.windowRange)
        && Objects.equals(runningFrames, that.runningFrames)
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(standardDeviation, that.standardDeviation);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        floor,
        ceiling,
        windowMean,
        windowRange,
        runningFrames,
        Arrays.hashCode(mean),
        Arrays.hashCode(standardDeviation));
  }

  @Override
  public String toString() {
    return "Normalization[floor="
        + floor
        + ", ceiling="
        + ceiling
        + ", windowMean="
        + windowMean
        + ", windowRange="
        + windowRange
        + ", runningFrames="
        + runningFrames
        + ", mean="
        + Arrays.toString(mean)
        + ", standardDeviation="
        + Arrays.toString(standardDeviation)
        + "]";
  }
}
