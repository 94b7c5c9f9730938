package org.digitstream.inference.model;

import java.util.Arrays;
import java.util.Optional;

/** The models that come with the program. */
public enum BundledModel {
  /** Single digits, and digits with pauses between them. */
  WORDS("words", "digits-wideband.zip"),

  /** Digits as people say numbers: run together, repeated, with "oh". */
  STRINGS("strings", "digits-strings.zip");

  private final String label;
  private final String fileName;

  BundledModel(String label, String fileName) {
    this.label = label;
    this.fileName = fileName;
  }

  /** What people call it on a command line. */
  public String label() {
    return label;
  }

  /** Where it is on the class path. */
  String resource() {
    return "/models/" + fileName;
  }

  /** The model of that label, if there is one. */
  public static Optional<BundledModel> named(String label) {
    return Arrays.stream(values()).filter(model -> model.label.equals(label)).findFirst();
  }

  /** The model itself. */
  public ModelBundle load() {
    return ModelBundle.bundled(this);
  }
}
