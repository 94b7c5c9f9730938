package org.digitstream.training.augmentation;

import java.util.random.RandomGenerator;

/** Operations on audio in floats, full scale 1. Pure functions. */
final class Waveforms {
  private static final float PCM_SCALE = 1f / 32768;
  private static final double HISS_HZ = 2_500;
  private static final float HISS_SHARE = 0.4f;

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
   * What lies before the recording is as its first sample, what lies after it as its last one.
   */
  static float[] atSpeed(short[] samples, int from, int to, double speed) {
    float[] out = new float[Math.max(1, (int) ((to - from) / speed))];
    for (int i = 0; i < out.length; i++) {
      double at = from + i * speed;
      int base = (int) at;
      float t = (float) (at - base);
      out[i] =
          base >= 1 && base + 2 < samples.length
              ? between(samples[base - 1], samples[base], samples[base + 1], samples[base + 2], t)
              : between(
                  nearest(samples, base - 1),
                  nearest(samples, base),
                  nearest(samples, base + 1),
                  nearest(samples, base + 2),
                  t);
    }
    return out;
  }

  /** At {@code t} of the way from {@code b} to {@code c}, all of them 16-bit samples. */
  private static float between(float a, float b, float c, float d, float t) {
    return (b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))))
        * PCM_SCALE;
  }

  private static short nearest(short[] samples, int i) {
    return samples[Math.max(0, Math.min(i, samples.length - 1))];
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

  /** The energy of each whole piece of the audio. */
  static float[] power(float[] audio, int pieceSamples) {
    float[] power = new float[audio.length / pieceSamples];
    for (int i = 0; i < power.length; i++) {
      for (int sample = i * pieceSamples; sample < (i + 1) * pieceSamples; sample++) {
        power[i] += audio[sample] * audio[sample];
      }
    }
    return power;
  }

  /**
   * Makes hissing sounds weaker, in place: the 10 ms of which more than two fifths of the energy
   * lie above 2.5 kHz, with a ramp of 10 ms on both sides.
   *
   * @param gainDb what is done to them
   */
  static void weakenHiss(float[] audio, double gainDb, int sampleRateHz) {
    float[] high = audio.clone();
    highPass(high, HISS_HZ, sampleRateHz);
    highPass(high, HISS_HZ, sampleRateHz);
    int piece = sampleRateHz / 100;
    float[] all = power(audio, piece);
    float[] hissing = power(high, piece);
    float weak = decibels(gainDb);
    float gain = 1;
    for (int i = 0; i < all.length; i++) {
      float next = hissing[i] > HISS_SHARE * all[i] ? weak : 1;
      for (int sample = 0; sample < piece; sample++) {
        audio[i * piece + sample] *= gain + (next - gain) * (sample + 1) / piece;
      }
      gain = next;
    }
    for (int sample = all.length * piece; sample < audio.length; sample++) {
      audio[sample] *= gain;
    }
  }

  /** A Butterworth low-pass of the eighth order. */
  static void lowPass(float[] audio, double cutoffHz, int sampleRateHz) {
    double w = 2 * Math.PI * cutoffHz / sampleRateHz;
    double cos = Math.cos(w);
    double[] qs = {0.5098, 0.6013, 0.9, 2.5629};
    int sections = qs.length;
    double[] b0 = new double[sections];
    double[] a1 = new double[sections];
    double[] a2 = new double[sections];
    for (int s = 0; s < sections; s++) {
      double alpha = Math.sin(w) / (2 * qs[s]);
      b0[s] = (1 - cos) / 2 / (1 + alpha);
      a1[s] = -2 * cos / (1 + alpha);
      a2[s] = (1 - alpha) / (1 + alpha);
    }
    double[] z1 = new double[sections];
    double[] z2 = new double[sections];
    // All sections in one pass: what one does to a sample need not wait for the one before to have
    // done all of them.
    for (int i = 0; i < audio.length; i++) {
      double x = audio[i];
      for (int s = 0; s < sections; s++) {
        double scaled = b0[s] * x;
        double y = scaled + z1[s];
        z1[s] = 2 * scaled - a1[s] * y + z2[s];
        z2[s] = scaled - a2[s] * y;
        x = y;
      }
      audio[i] = (float) x;
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
