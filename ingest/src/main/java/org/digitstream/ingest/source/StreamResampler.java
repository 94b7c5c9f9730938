package org.digitstream.ingest.source;

import be.tarsos.dsp.resample.Resampler;
import java.util.Arrays;

/**
 * Changes the sample rate of a mono stream, anti-aliased, with TarsosDSP's resampler: Julius
 * Smith's band-limited interpolation with a Kaiser-windowed sinc (beta 6, 35 zero crossings, cut
 * off at 0.9 of the lower of the two Nyquist frequencies).
 *
 * <p><b>The same bits for any way of cutting.</b> TarsosDSP's result depends on how its input is
 * cut, since its clock is moved back after every call and rounds differently. So it only ever sees
 * blocks of 2 ms cut by absolute sample index. Rates that are equal pass through untouched.
 *
 * <p><b>Aligned.</b> The filter is symmetric and its delay is taken off: output sample {@code k} is
 * the signal at {@code k * sourceRateHz / targetRateHz}. After {@link #finish()} the output has
 * exactly {@code round(n * targetRateHz / sourceRateHz)} samples. Before that it lags by the reach
 * of the filter and one block: 3.3 ms for 48 to 16 kHz, 5.4 ms for 8 to 16 kHz.
 *
 * <p>One per stream, one thread, deterministic.
 */
public final class StreamResampler {
  private final int sourceRateHz;
  private final int targetRateHz;
  private final double factor;
  private final Resampler resampler;
  private final float[] block;
  private final float[] blockOutput;
  private int blockFill;
  private long received;
  private long delivered;
  private boolean finished;

  /**
   * Starts a stream.
   *
   * @param sourceRateHz rate of the input, 1 Hz or more
   * @param targetRateHz rate of the output, within a 20th to 20 times {@code sourceRateHz}
   * @throws IllegalArgumentException quoting the rates where they are out of bounds
   */
  public StreamResampler(int sourceRateHz, int targetRateHz) {
    if (sourceRateHz < 1
        || targetRateHz < 1
        || targetRateHz > 20L * sourceRateHz
        || sourceRateHz > 20L * targetRateHz) {
      throw new IllegalArgumentException(
          "cannot resample " + sourceRateHz + " Hz to " + targetRateHz + " Hz");
    }
    this.sourceRateHz = sourceRateHz;
    this.targetRateHz = targetRateHz;
    this.factor = (double) targetRateHz / sourceRateHz;
    if (sourceRateHz == targetRateHz) {
      this.resampler = null;
      this.block = new float[0];
      this.blockOutput = new float[0];
    } else {
      this.resampler = ResamplerFilters.resampler(factor);
      this.block = new float[Math.max(16, sourceRateHz / 500)];
      // A call may step over its end by one output sample, which is up to 20 input samples.
      this.blockOutput = new float[(int) Math.ceil((block.length + 20) * factor) + 2];
    }
  }

  /**
   * Takes the next samples of the input.
   *
   * @return the samples of the output that are ready, possibly none
   * @throws IllegalStateException after {@link #finish()}
   */
  public float[] accept(float[] samples, int offset, int length) {
    if (finished) {
      throw new IllegalStateException("the stream was finished");
    }
    received += length;
    if (resampler == null) {
      delivered += length;
      return Arrays.copyOfRange(samples, offset, offset + length);
    }
    float[] output =
        new float[(int) ((long) (blockFill + length) / block.length) * blockOutput.length];
    int size = 0;
    int taken = 0;
    while (taken < length) {
      int part = Math.min(length - taken, block.length - blockFill);
      System.arraycopy(samples, offset + taken, block, blockFill, part);
      taken += part;
      blockFill += part;
      if (blockFill == block.length) {
        int count = resampleBlock();
        System.arraycopy(blockOutput, 0, output, size, count);
        size += count;
      }
    }
    delivered += size;
    return Arrays.copyOf(output, size);
  }

  /** The same for all of an array. */
  public float[] accept(float[] samples) {
    return accept(samples, 0, samples.length);
  }

  /**
   * Ends the input: what comes after it counts as silence.
   *
   * @return the remaining samples of the output
   * @throws IllegalStateException if called twice
   */
  public float[] finish() {
    if (finished) {
      throw new IllegalStateException("the stream was finished");
    }
    finished = true;
    float[] output = new float[Math.toIntExact(outputSamples(received) - delivered)];
    int size = 0;
    while (size < output.length) {
      Arrays.fill(block, blockFill, block.length, 0);
      int count = Math.min(resampleBlock(), output.length - size);
      System.arraycopy(blockOutput, 0, output, size, count);
      size += count;
    }
    delivered += size;
    return output;
  }

  /** How many samples of output belong to {@code n} samples of input: {@code round(n * factor)}. */
  public long outputSamples(long n) {
    return Math.floorDiv(2 * n * targetRateHz + sourceRateHz, 2L * sourceRateHz);
  }

  /** How many samples were delivered so far; what is missing to {@code n * factor} is the lag. */
  public long delivered() {
    return delivered;
  }

  private int resampleBlock() {
    blockFill = 0;
    Resampler.Result result =
        resampler.process(
            factor, block, 0, block.length, false, blockOutput, 0, blockOutput.length);
    if (result.inputSamplesConsumed != block.length) {
      throw new IllegalStateException(
          "the resampler took " + result.inputSamplesConsumed + " of " + block.length + " samples");
    }
    return result.outputSamplesGenerated;
  }
}
