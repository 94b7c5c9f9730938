package org.digitstream.inference.spotting;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.digitstream.inference.model.Calibration;
import org.digitstream.inference.model.PeakSettings;

/**
 * Finds digits where the moving mean of one digit's probability has a peak; the height of the peak,
 * calibrated, is the confidence. A peak is one as soon as it is high and has not been passed for a
 * while, so that nobody waits for the probability to fall; no other one follows before it has.
 */
final class PeakSpotter implements WordSpotter {
  private static final Phase[] PHASES = Phase.values();

  private enum Phase {
    QUIET,
    RISING,
    /** The peak has been told of. */
    SPENT
  }

  private final PeakSettings settings;
  private final Calibration calibration;
  private final float[] recent;
  private Phase phase = Phase.QUIET;
  private long peakOutput;
  private float peak;
  private final float[] atPeak = new float[DIGITS];

  PeakSpotter(PeakSettings settings, Calibration calibration) {
    this.settings = settings;
    this.calibration = calibration;
    this.recent = new float[settings.smoothingOutputs() * DIGITS];
  }

  @Override
  public List<SpottedWord> accept(long output, float[] probabilities, int offset) {
    System.arraycopy(recent, DIGITS, recent, 0, recent.length - DIGITS);
    System.arraycopy(probabilities, offset, recent, recent.length - DIGITS, DIGITS);
    float[] means = means();
    float level = means[best(means)];
    switch (phase) {
      case QUIET -> {
        if (level >= settings.enterProbability()) {
          phase = Phase.RISING;
          climb(output, level, means);
        }
      }
      case RISING -> {
        boolean passed = output - peakOutput >= settings.patienceOutputs();
        if (level > peak) {
          climb(output, level, means);
        } else if (peak >= settings.sureProbability() && passed || level < settings.fall() * peak) {
          phase = level < settings.fall() * peak ? Phase.QUIET : Phase.SPENT;
          return word(output);
        }
      }
      case SPENT -> {
        if (level < settings.fall() * peak) {
          phase = Phase.QUIET;
        }
      }
    }
    return List.of();
  }

  @Override
  public List<SpottedWord> finish(long output) {
    boolean open = phase == Phase.RISING;
    phase = Phase.QUIET;
    Arrays.fill(recent, 0);
    return open ? word(output) : List.of();
  }

  private void climb(long output, float level, float[] means) {
    peakOutput = output;
    peak = level;
    System.arraycopy(means, 0, atPeak, 0, DIGITS);
  }

  private float[] means() {
    float[] means = new float[DIGITS];
    for (int i = 0; i < recent.length; i++) {
      means[i % DIGITS] += recent[i];
    }
    for (int digit = 0; digit < DIGITS; digit++) {
      // Rounding may carry a mean of ones past one.
      means[digit] = Math.min(1, means[digit] / settings.smoothingOutputs());
    }
    return means;
  }

  private static int best(float[] values) {
    int best = 0;
    for (int digit = 1; digit < DIGITS; digit++) {
      best = values[digit] > values[best] ? digit : best;
    }
    return best;
  }

  private List<SpottedWord> word(long decidedOutput) {
    int digit = best(atPeak);
    float[] calibrated = calibration.apply(atPeak.clone(), digit);
    long centre = peakOutput - (settings.smoothingOutputs() - 1) / 2;
    return calibrated[digit] >= settings.threshold()
        ? List.of(new SpottedWord(digit, centre, centre, decidedOutput, calibrated))
        : List.of();
  }

  @Override
  public int stateBytes() {
    return 1 + 8 + 4 + 4 * DIGITS + 4 * recent.length;
  }

  @Override
  public byte[] state() {
    ByteBuffer buffer = ByteBuffer.allocate(stateBytes());
    buffer.put((byte) phase.ordinal()).putLong(peakOutput).putFloat(peak);
    for (float value : atPeak) {
      buffer.putFloat(value);
    }
    for (float value : recent) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }

  @Override
  public void restore(ByteBuffer state) {
    phase = PHASES[state.get()];
    peakOutput = state.getLong();
    peak = state.getFloat();
    for (int i = 0; i < atPeak.length; i++) {
      atPeak[i] = state.getFloat();
    }
    for (int i = 0; i < recent.length; i++) {
      recent[i] = state.getFloat();
    }
  }
}
