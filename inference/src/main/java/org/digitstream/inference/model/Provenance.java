package org.digitstream.inference.model;

import java.util.List;
import java.util.Map;

/**
 * A model's story: where it comes from and how to make it again.
 *
 * @param createdBy the program and version that trained it
 * @param createdAt ISO 8601 time at which the training ended
 * @param seed the seed of everything random
 * @param recipe every setting of the training by name
 * @param corpora what it was trained on
 * @param heldOut what was kept out of the training, in words
 * @param platform operating system, processor architecture and Java version
 * @param trainingSeconds how long it took
 */
public record Provenance(
    String createdBy,
    String createdAt,
    long seed,
    Map<String, String> recipe,
    List<TrainingCorpus> corpora,
    String heldOut,
    String platform,
    double trainingSeconds) {

  /**
   * One corpus.
   *
   * @param name folder name
   * @param recordings files used
   * @param speakers speakers heard
   * @param digits spoken digits in them
   */
  public record TrainingCorpus(String name, int recordings, int speakers, int digits) {}

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException where one is missing
   */
  public Provenance {
    recipe = Map.copyOf(Bounds.requirePresent("recipe", recipe));
    corpora = Bounds.copy("corpora", corpora);
  }

  /** The same without when, where and how fast the model was trained. */
  Provenance withoutCircumstances() {
    return new Provenance(createdBy, "", seed, recipe, corpora, heldOut, "", 0);
  }
}
