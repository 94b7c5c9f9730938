package org.digitstream.training.augmentation;

/**
 * One training example.
 *
 * @param samples 16-bit audio
 * @param classes for each output of the network the class that it should tell, or {@link #UNKNOWN}
 */
public record Strip(short[] samples, byte[] classes) {
  /** What an output should tell is not certain: it is not learned from. */
  public static final byte UNKNOWN = -1;
}
