package org.digitstream.training.study;

import java.util.Locale;
import java.util.Optional;
import org.digitstream.training.pretraining.Objective;

/** What the convolutions of a classifier are before its training. */
public enum Start {
  /** Random numbers. */
  RANDOM("random start", null),
  /** Encoders of autoencoders that gave back their own layer's input: the study's. */
  HIDDEN("pretrained, own inputs", Objective.HIDDEN),
  /** Encoders of autoencoders that gave back the picture. */
  PICTURE("pretrained, the picture", Objective.PICTURE);

  private final String description;
  private final Objective objective;

  Start(String description, Objective objective) {
    this.description = description;
    this.objective = objective;
  }

  /** In words, for people. */
  public String description() {
    return description;
  }

  /** What the autoencoders were trained for; none for random numbers. */
  Optional<Objective> objective() {
    return Optional.ofNullable(objective);
  }

  /** As file names have it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
