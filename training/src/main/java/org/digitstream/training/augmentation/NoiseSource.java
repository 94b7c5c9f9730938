package org.digitstream.training.augmentation;

import java.util.List;
import java.util.random.RandomGenerator;

/** Noise of a given length: a piece of a recording, or made by rule. */
final class NoiseSource {
  private static final double RECORDED = 0.75;

  private final List<short[]> recordings;
  private final int sampleRateHz;

  NoiseSource(List<short[]> recordings, int sampleRateHz) {
    this.recordings = recordings;
    this.sampleRateHz = sampleRateHz;
  }

  /** Noise with a root mean square of 1, or digital silence where the piece of a recording was. */
  float[] next(int length, RandomGenerator random) {
    float[] noise =
        !recordings.isEmpty() && random.nextDouble() < RECORDED
            ? recorded(length, random)
            : made(length, random);
    float rms = Waveforms.rms(noise, 0, length);
    float gain = rms <= 0.5f / 32768 ? 0 : 1 / rms;
    for (int i = 0; i < length; i++) {
      noise[i] *= gain;
    }
    return noise;
  }

  private float[] recorded(int length, RandomGenerator random) {
    short[] recording = recordings.get(random.nextInt(recordings.size()));
    int at = random.nextInt(recording.length);
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = recording[at] / 32768f;
      at = at + 1 == recording.length ? 0 : at + 1;
    }
    return noise;
  }

  /** White noise through a one-pole filter, from white to brown, sometimes with mains hum. */
  private float[] made(int length, RandomGenerator random) {
    float pole = (float) Math.sqrt(random.nextDouble()) * 0.995f;
    boolean hum = random.nextDouble() < 0.15;
    double humHz = (random.nextBoolean() ? 50 : 60) * (1 + random.nextInt(3));
    float[] noise = new float[length];
    float last = 0;
    for (int i = 0; i < length; i++) {
      // The sum of four uniform values is close enough to a normal one, and fast.
      float white =
          random.nextFloat() + random.nextFloat() + random.nextFloat() + random.nextFloat() - 2;
      last = pole * last + (1 - pole) * white;
      noise[i] = last;
      if (hum) {
        noise[i] += (float) (0.1 * (1 - pole) * Math.sin(2 * Math.PI * humHz * i / sampleRateHz));
      }
    }
    return noise;
  }
}
