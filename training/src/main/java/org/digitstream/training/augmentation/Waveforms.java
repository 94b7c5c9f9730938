package org.digitstream.training.augmentation;

import java.util.random.RandomGenerator;

/** Operations on audio in floats, full scale 1. Pure functions. */
final class Waveforms {
  private Waveforms() {}

  /**
   * The root of the mean square of {@code audio[from .. to)}; at least a quarter of a 16-bit step.
   */
  static float rms(float[] audio, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) audio[i] * audio[i];
    }
    return (float) Math.max(Math.sqrt(sum / Math.max(1, to - from)), 0.25 / 32768);
  }

  static float decibels(double db) {
    return (float) Math.pow(10, db / 20);
  }

  /**
   * Part of a recording, played {@code speed} times as fast, by cubic interpolation (Catmull-Rom).
   */
  static float[] atSpeed(short[] samples, int from, int to, double speed) {
    int length = Math.max(1, (int) ((to - from) / speed));
    float[] out = new float[length];
    for (int i = 0; i < length; i++) {
      double at = from + i * speed;
      int base = (int) at;
      float t = (float) (at - base);
      float a = sample(samples, base - 1);
      float b = sample(samples, base);
      float c = sample(samples, base + 1);
      float d = sample(samples, base + 2);
      out[i] = b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }
    return out;
  }

  private static float sample(short[] samples, int i) {
    return samples[Math.max(0, Math.min(i, samples.length - 1))] / 32768f;
  }

  /** Fades the first and the last few milliseconds, so that a cut does not click. */
  static void fadeEnds(float[] audio, int fadeSamples) {
    int fade = Math.min(fadeSamples, audio.length / 2);
    for (int i = 0; i < fade; i++) {
      float gain = (i + 1f) / (fade + 1);
      audio[i] *= gain;
      audio[audio.length - 1 - i] *= gain;
    }
  }

  /** {@code y[n] = x[n] + a x[n-1]}: a tilt of the spectrum, bright for negative {@code a}. */
  static void tilt(float[] audio, float a) {
    float last = 0;
    for (int i = 0; i < audio.length; i++) {
      float x = audio[i];
      audio[i] = x + a * last;
      last = x;
    }
  }

  /**
   * A second-order section in place, by the formulas of R. Bristow-Johnson's Audio EQ Cookbook.
   *
   * @param b numerator, three values
   * @param a denominator, three values
   */
  private static void biquad(float[] audio, double[] b, double[] a) {
    double b0 = b[0] / a[0];
    double b1 = b[1] / a[0];
    double b2 = b[2] / a[0];
    double a1 = a[1] / a[0];
    double a2 = a[2] / a[0];
    double z1 = 0;
    double z2 = 0;
    for (int i = 0; i < audio.length; i++) {
      double x = audio[i];
      double y = b0 * x + z1;
      z1 = b1 * x - a1 * y + z2;
      z2 = b2 * x - a2 * y;
      audio[i] = (float) y;
    }
  }

  static void peak(float[] audio, double centreHz, double q, double gainDb, int sampleRateHz) {
    double gain = Math.pow(10, gainDb / 40);
    double w = 2 * Math.PI * centreHz / sampleRateHz;
    double alpha = Math.sin(w) / (2 * q);
    biquad(
        audio,
        new double[] {1 + alpha * gain, -2 * Math.cos(w), 1 - alpha * gain},
        new double[] {1 + alpha / gain, -2 * Math.cos(w), 1 - alpha / gain});
  }

  /** Raises or lowers everything above a frequency; a shelf of slope 1. */
  static void highShelf(float[] audio, double cornerHz, double gainDb, int sampleRateHz) {
    double gain = Math.pow(10, gainDb / 40);
    double w = 2 * Math.PI * cornerHz / sampleRateHz;
    double cos = Math.cos(w);
    double root = 2 * Math.sqrt(gain) * Math.sin(w) / Math.sqrt(2);
    biquad(
        audio,
        new double[] {
          gain * (gain + 1 + (gain - 1) * cos + root),
          -2 * gain * (gain - 1 + (gain + 1) * cos),
          gain * (gain + 1 + (gain - 1) * cos - root)
        },
        new double[] {
          gain + 1 - (gain - 1) * cos + root,
          2 * (gain - 1 - (gain + 1) * cos),
          gain + 1 - (gain - 1) * cos - root
        });
  }

  /** A Butterworth low-pass of the eighth order. */
  static void lowPass(float[] audio, double cutoffHz, int sampleRateHz) {
    double w = 2 * Math.PI * cutoffHz / sampleRateHz;
    double cos = Math.cos(w);
    for (double q : new double[] {0.5098, 0.6013, 0.9, 2.5629}) {
      double alpha = Math.sin(w) / (2 * q);
      biquad(
          audio,
          new double[] {(1 - cos) / 2, 1 - cos, (1 - cos) / 2},
          new double[] {1 + alpha, -2 * cos, 1 - alpha});
    }
  }

  /** A Butterworth high-pass of the second order. */
  static void highPass(float[] audio, double cutoffHz, int sampleRateHz) {
    double w = 2 * Math.PI * cutoffHz / sampleRateHz;
    double cos = Math.cos(w);
    double alpha = Math.sin(w) / Math.sqrt(2);
    biquad(
        audio,
        new double[] {(1 + cos) / 2, -(1 + cos), (1 + cos) / 2},
        new double[] {1 + alpha, -2 * cos, 1 - alpha});
  }

  /**
   * Adds a room: a few dozen echoes at random times that decay exponentially.
   *
   * @param decaySeconds time in which the echoes fall by 60 dB
   * @param direct how much louder the direct sound is than the first echo
   */
  static float[] inRoom(
      float[] audio, double decaySeconds, double direct, int sampleRateHz, RandomGenerator random) {
    int echoes = 40;
    float[] out = audio.clone();
    for (int echo = 0; echo < echoes; echo++) {
      double seconds = 0.002 + random.nextDouble() * random.nextDouble() * decaySeconds * 0.6;
      int delay = (int) (seconds * sampleRateHz);
      float gain =
          (float)
              ((random.nextBoolean() ? 1 : -1)
                  * Math.pow(10, -3 * seconds / decaySeconds)
                  / direct);
      for (int i = delay; i < out.length; i++) {
        out[i] += gain * audio[i - delay];
      }
    }
    return out;
  }

  static short[] toPcm16(float[] audio) {
    short[] samples = new short[audio.length];
    for (int i = 0; i < audio.length; i++) {
      samples[i] = (short) Math.max(-32768, Math.min(32767, Math.round(audio[i] * 32768)));
    }
    return samples;
  }
}
