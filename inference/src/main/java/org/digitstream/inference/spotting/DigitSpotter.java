package org.digitstream.inference.spotting;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.digitstream.inference.model.Calibration;
import org.digitstream.inference.model.SpotterSettings;

/**
 * Finds digits in a stream of class probabilities: a word begins where "some digit" becomes likely,
 * is over when that has been unlikely for a while, and is the digit with the highest mean
 * probability in between, calibrated. Between two words there must be a pause; the same digit may
 * come twice.
 *
 * <p>Pure: no clock, no memory beyond the {@linkplain #state() state}, which is {@value
 * #STATE_BYTES} bytes. One thread at a time.
 */
final class DigitSpotter implements WordSpotter {
  static final int STATE_BYTES = 8 + 8 + 4 + 4 + DIGITS * 4;

  private static final long IDLE = -1;

  private final SpotterSettings settings;
  private final Calibration calibration;
  private long firstOutput = IDLE;
  private long lastOutput = IDLE;
  private int spoken;
  private int unlikely;
  private final float[] sums = new float[DIGITS];

  DigitSpotter(SpotterSettings settings, Calibration calibration) {
    this.settings = settings;
    this.calibration = calibration;
  }

  @Override
  public List<SpottedWord> accept(long output, float[] probabilities, int offset) {
    float speech = 0;
    for (int digit = 0; digit < DIGITS; digit++) {
      speech += probabilities[offset + digit];
    }
    if (firstOutput == IDLE) {
      if (speech < settings.enterProbability()) {
        return List.of();
      }
      firstOutput = output;
    }
    if (speech >= settings.leaveProbability()) {
      lastOutput = output;
      spoken++;
      unlikely = 0;
      for (int digit = 0; digit < DIGITS; digit++) {
        sums[digit] += probabilities[offset + digit];
      }
      return List.of();
    }
    unlikely++;
    return unlikely < settings.releaseOutputs() ? List.of() : close(output);
  }

  @Override
  public List<SpottedWord> finish(long output) {
    return firstOutput == IDLE ? List.of() : close(output);
  }

  private List<SpottedWord> close(long decidedOutput) {
    float[] means = new float[DIGITS];
    int best = 0;
    for (int digit = 0; digit < DIGITS; digit++) {
      // Rounding may carry a mean of ones past one.
      means[digit] = Math.min(1, sums[digit] / spoken);
      if (means[digit] > means[best]) {
        best = digit;
      }
    }
    float[] calibrated = calibration.apply(means, best);
    long outputs = lastOutput - firstOutput + 1;
    boolean isDigit =
        outputs >= settings.minimumOutputs()
            && outputs <= settings.maximumOutputs()
            && calibrated[best] >= settings.threshold();
    SpottedWord word = new SpottedWord(best, firstOutput, lastOutput, decidedOutput, calibrated);
    reset();
    return isDigit ? List.of(word) : List.of();
  }

  private void reset() {
    firstOutput = IDLE;
    lastOutput = IDLE;
    spoken = 0;
    unlikely = 0;
    Arrays.fill(sums, 0);
  }

  @Override
  public int stateBytes() {
    return STATE_BYTES;
  }

  @Override
  public byte[] state() {
    ByteBuffer buffer = ByteBuffer.allocate(STATE_BYTES);
    buffer.putLong(firstOutput).putLong(lastOutput).putInt(spoken).putInt(unlikely);
    for (float sum : sums) {
      buffer.putFloat(sum);
    }
    return buffer.array();
  }

  @Override
  public void restore(ByteBuffer state) {
    firstOutput = state.getLong();
    lastOutput = state.getLong();
    spoken = state.getInt();
    unlikely = state.getInt();
    for (int digit = 0; digit < DIGITS; digit++) {
      sums[digit] = state.getFloat();
    }
  }
}
