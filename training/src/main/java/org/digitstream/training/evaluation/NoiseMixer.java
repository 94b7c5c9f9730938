package org.digitstream.training.evaluation;

import java.util.List;
import java.util.SplittableRandom;
import org.digitstream.training.corpus.Utterance;

/**
 * Mixes recorded noise into recordings at a given signal-to-noise ratio: {@code 20 log10(rms of the
 * word / rms of the noise)}, both over the span of the word. The noise lasts as long as the
 * recording does, and a margin before and after it.
 *
 * <p>Which piece of which noise a recording gets depends on the seed and the recording's name
 * alone: it is the same at every level, on every machine and whatever is recognized before. Pieces
 * that are silent over the word are passed over. A mix that would clip is made quieter as a whole,
 * which leaves its ratio. Immutable.
 */
public final class NoiseMixer {
  private static final double LEAST_RMS = 4;
  private static final int TRIES = 100;

  private final List<short[]> noises;
  private final int marginSamples;
  private final long seed;

  /**
   * A mixer.
   *
   * @param noises recordings of noise, 16-bit mono at the rate of the recordings, each at least one
   *     sample
   * @param marginSamples for how long there is noise alone before and after each recording
   * @param seed chooses the pieces
   */
  public NoiseMixer(List<short[]> noises, int marginSamples, long seed) {
    this.noises = noises.stream().filter(noise -> noise.length > 0).toList();
    this.marginSamples = marginSamples;
    this.seed = seed;
  }

  /**
   * A recording in noise.
   *
   * @param utterance the recording
   * @param noiseDb the signal-to-noise ratio in dB; {@link Answer#CLEAN} gives the recording itself
   * @return 16-bit samples: those of the recording, and the two margins where there is noise
   * @throws IllegalArgumentException where there is no noise to be heard
   */
  public short[] mix(Utterance utterance, double noiseDb) {
    if (noiseDb == Answer.CLEAN) {
      return utterance.samples();
    }
    short[] samples = new short[utterance.samples().length + 2 * marginSamples];
    System.arraycopy(utterance.samples(), 0, samples, marginSamples, utterance.samples().length);
    int from = marginSamples + utterance.wordStart();
    int to = marginSamples + utterance.wordEnd();
    short[] noise = piece(utterance, samples.length, from, to);
    double gain = rms(samples, from, to) / rms(noise, from, to) / Math.pow(10, noiseDb / 20);
    double[] mixed = new double[samples.length];
    double peak = 0;
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = samples[i] + gain * noise[i];
      peak = Math.max(peak, Math.abs(mixed[i]));
    }
    double level = peak > Short.MAX_VALUE ? Short.MAX_VALUE / peak : 1;
    short[] out = new short[samples.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (short) Math.round(level * mixed[i]);
    }
    return out;
  }

  private short[] piece(Utterance utterance, int length, int from, int to) {
    String name = utterance.person() + "/" + utterance.name();
    SplittableRandom random = new SplittableRandom(31 * seed + name.hashCode());
    for (int i = 0; i < TRIES && !noises.isEmpty(); i++) {
      short[] noise = noises.get(random.nextInt(noises.size()));
      int at = random.nextInt(noise.length);
      short[] piece = new short[length];
      for (int n = 0; n < piece.length; n++) {
        piece[n] = noise[(int) ((at + (long) n) % noise.length)];
      }
      if (rms(piece, from, to) >= LEAST_RMS) {
        return piece;
      }
    }
    throw new IllegalArgumentException(
        "there is no noise to mix in: "
            + (noises.isEmpty()
                ? "no folder named 'noise' with WAV files was given"
                : "the recordings of noise are silent"));
  }

  /** The root of the mean square of {@code samples[from .. to)}. */
  static double rms(short[] samples, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return Math.sqrt(sum / Math.max(1, to - from));
  }
}
