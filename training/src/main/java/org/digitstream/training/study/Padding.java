package org.digitstream.training.study;

/** What stands behind a word that is shorter than its picture. */
public enum Padding {
  /** Uniform noise over the whole grey range, as in the study. */
  NOISE,
  /** The darkest grey: what digital silence looks like, and what a stream has. */
  SILENCE
}
