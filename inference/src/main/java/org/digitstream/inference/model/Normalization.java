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
    float[] loudest = new float[count + framesBefore()];
    for (int frame = 0; frame < loudest.length; frame++) {
      loudest[frame] = greatest(frames, frame * bands, bands);
    }
    float highest = ceiling == null ? Float.POSITIVE_INFINITY : ceiling;
    float[] picture = new float[count * bands];
    RunningSums sums = windowMean == null ? null : new RunningSums(frames, bands, highest);
    for (int frame = 0; frame < count; frame++) {
      int last = frame + framesBefore();
      float lowest =
          windowRange == null
              ? floor
              : Math.max(floor, greatest(loudest, frame, runningFrames) - windowRange);
      if (sums != null) {
        sums.moveTo(frame, lowest);
      }
      for (int band = 0; band < bands; band++) {
        float value = Math.min(Math.max(frames[last * bands + band], lowest), highest);
        float taken = sums == null ? mean[band] : sums.mean(band);
        picture[band * count + frame] = (value - taken) / standardDeviation[band];
      }
    }
    return picture;
  }

  /**
   * The mean of each band over a window that moves frame by frame. It is summed in whole numbers of
   * 2^-16, since these give the same sum whichever way the window came. Values beyond what any
   * audio has can overflow; then, too, the sum does not depend on the way.
   */
  private final class RunningSums {
    private static final float ONE = 1 << 16;

    /** Not yet raised to the lowest, which is as good after rounding as before. */
    private final int[] values;

    private final int bands;
    private final int[] sums;
    private float lowest = Float.NaN;

    RunningSums(float[] frames, int bands, float highest) {
      this.values = new int[frames.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (int) (Math.min(frames[i], highest) * ONE);
      }
      this.bands = bands;
      this.sums = new int[bands];
    }

    void moveTo(int firstFrame, float newLowest) {
      int least = (int) (newLowest * ONE);
      if (newLowest == lowest) {
        int gone = (firstFrame - 1) * bands;
        int come = (firstFrame + runningFrames - 1) * bands;
        for (int band = 0; band < bands; band++) {
          sums[band] += Math.max(values[come + band], least) - Math.max(values[gone + band], least);
        }
        return;
      }
      lowest = newLowest;
      Arrays.fill(sums, 0);
      for (int frame = firstFrame; frame < firstFrame + runningFrames; frame++) {
        int from = frame * bands;
        for (int band = 0; band < bands; band++) {
          sums[band] += Math.max(values[from + band], least);
        }
      }
    }

    float mean(int band) {
      return (float) (sums[band] / (ONE * (double) runningFrames));
    }
  }

  private static float greatest(float[] values, int from, int count) {
    float greatest = values[from];
    for (int i = from + 1; i < from + count; i++) {
      greatest = Math.max(greatest, values[i]);
    }
    return greatest;
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
