package org.digitstream.training.augmentation;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Ways of making a recording sound as another person, microphone or place might. */
public enum Augmentation {
  /** Words are played at 0.8 to 1.27 times their speed, which moves pitch and formants as well. */
  SPEED,
  /**
   * Single words are said in 0.6 to 1.25 times their length, at the same pitch (WSOLA): strangers
   * who are in a hurry.
   */
  TEMPO,
  /** Single words lose up to a quarter of their beginning or two fifths of their end. */
  CLIPPED_EDGES,
  /**
   * Single words lose what is 10 to 30 dB below their loudest part at their beginning and end, as
   * recorders cut them that wait for sound, most of them in the band of a telephone.
   */
  QUIET_EDGES,
  /**
   * The hissing sounds of words are 6 to 30 dB weaker, as some microphones and people have them.
   */
  WEAK_HISS,
  /** Echoes. */
  ROOM,
  /** The spectrum is tilted, high frequencies are damped, up to two peaks or notches are put in. */
  EQUALIZATION,
  /**
   * Recorded or synthetic noise from 3 dB above to 35 dB below the words, everywhere or only around
   * them.
   */
  NOISE,
  /** The band of a telephone, or no low frequencies. */
  BAND_LIMITS,
  /** Quiet and loud recordings, and some that clip. */
  LEVEL,
  /** Bands or frames are hidden (SpecAugment: Park et al., 2019). */
  MASKS;

  /** Every one of them. */
  public static Set<Augmentation> all() {
    return EnumSet.allOf(Augmentation.class);
  }

  /** As it is written on a command line, such as {@code clipped-edges}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
