package org.digitstream.training.study;

import java.util.Locale;

/**
 * One piece of work of the study: what is computed once and kept in a file.
 *
 * @param path of its file below the study's folder, without an ending
 * @param what is done, in words, for people
 */
public record Step(String path, String what) {
  static final Step PICTURES = new Step("pictures", "spectrogram pictures");

  static Step split(SplitKind kind, long seed) {
    return new Step(folder(kind, seed) + "split", words("the split", kind, seed));
  }

  static Step classifier(SplitKind kind, long seed, int layers, Start start) {
    return new Step(
        String.format(Locale.ROOT, "%sclassifier-%d-%s", folder(kind, seed), layers, start.id()),
        words(layers + " layers, " + start.description(), kind, seed));
  }

  static Step autoencoder(SplitKind kind, long seed, int stage, Start start) {
    // The first layer's input is the picture: both objectives are one.
    String objective = stage == 1 ? "" : "-" + start.id();
    return new Step(
        String.format(Locale.ROOT, "%sautoencoder-%d%s", folder(kind, seed), stage, objective),
        words(
            "autoencoder "
                + stage
                + (stage == 1 ? "" : start == Start.HIDDEN ? ", its own input" : ", the picture"),
            kind,
            seed));
  }

  private static String folder(SplitKind kind, long seed) {
    return "seed-" + seed + "/" + kind.id() + "/";
  }

  private static String words(String what, SplitKind kind, long seed) {
    return "seed " + seed + ", " + kind.description() + ": " + what;
  }
}
