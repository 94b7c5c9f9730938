package org.digitstream.ingest.source;

/**
 * How loud a chunk is, in dB of full scale: 0 for the loudest square wave, {@link #SILENCE_DBFS}
 * for digital silence.
 *
 * @param peakDbfs of the sample farthest from 0
 * @param rmsDbfs of the root of the mean square
 */
public record SoundLevel(double peakDbfs, double rmsDbfs) {
  /** The level of digital silence: below that of any 16-bit sound. */
  public static final double SILENCE_DBFS = -120;

  /** The level of some samples. */
  public static SoundLevel of(short[] samples) {
    int peak = 0;
    double squares = 0;
    for (short sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
      squares += (double) sample * sample;
    }
    return new SoundLevel(
        dbfs(peak), samples.length == 0 ? SILENCE_DBFS : dbfs(Math.sqrt(squares / samples.length)));
  }

  /** Whether every sample is 0, as with a muted or refused microphone. */
  public boolean digitalSilence() {
    return peakDbfs == SILENCE_DBFS;
  }

  private static double dbfs(double amplitude) {
    return amplitude == 0 ? SILENCE_DBFS : 20 * Math.log10(amplitude / 32768);
  }
}
