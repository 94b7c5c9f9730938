package org.digitstream.inference.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** The models that come with the program. */
public enum BundledModel {
  /** Single digits, and digits with pauses between them. */
  WORDS("words", "digits-wideband.zip"),

  /** Digits as people say numbers: run together, repeated, with "oh". */
  STRINGS("strings", "digits-strings.zip");

  /** What recognizes where no other model is named; ADR 23 says why. */
  public static final BundledModel DEFAULT = STRINGS;

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

  /** The model of that label, if there is one. */
  public static Optional<BundledModel> named(String label) {
    return Arrays.stream(values()).filter(model -> model.label.equals(label)).findFirst();
  }

  /**
   * The model itself.
   *
   * @throws ModelException if this build does not have it
   */
  public ModelBundle load() {
    String name = "the bundled model '" + label + "'";
    try (InputStream in = BundledModel.class.getResourceAsStream("/models/" + fileName)) {
      if (in == null) {
        throw new ModelException(
            name + " is missing from this build; name another one with --model FILE");
      }
      return ModelBundle.read(in, name);
    } catch (IOException e) {
      throw new ModelException(name + " cannot be read: " + e.getMessage(), e);
    }
  }
}
