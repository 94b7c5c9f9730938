package org.digitstream.standalone.command;

import org.digitstream.contract.FeatureSpec;
import picocli.CommandLine.Option;

/** Which log-mel frames are computed. */
final class FeatureSpecOption {
  @Option(
      names = "--feature-spec",
      paramLabel = "NAME",
      description =
          "How frames are computed: wideband, narrowband or seed (default: the model's, or wideband).")
  private String name;

  /** What was asked for, or the default preset. */
  FeatureSpec orDefault(DigitstreamCommand command) {
    return or(FeatureSpec.WIDEBAND, command);
  }

  /** What was asked for, or else the other one. */
  FeatureSpec or(FeatureSpec other, DigitstreamCommand command) {
    if (name == null) {
      return other;
    }
    try {
      return FeatureSpec.preset(name);
    } catch (IllegalArgumentException e) {
      throw command.wrongUsage(e.getMessage());
    }
  }
}
