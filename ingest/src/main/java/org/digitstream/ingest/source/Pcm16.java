package org.digitstream.ingest.source;

/** 16-bit samples out of floats of full scale 1. Stateless, deterministic. */
public final class Pcm16 {
  private Pcm16() {}

  /**
   * Scales by 32768, rounds half up and clips to -32768..32767; what is not a number becomes 0. The
   * inverse of dividing by 32768.
   */
  public static short[] fromFloats(float[] samples) {
    short[] pcm = new short[samples.length];
    for (int i = 0; i < pcm.length; i++) {
      int rounded = Math.round(samples[i] * 32768f);
      pcm[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
    }
    return pcm;
  }
}
