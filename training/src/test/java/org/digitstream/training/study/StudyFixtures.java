package org.digitstream.training.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.training.Speech;

/** A miniature study: ten tones by three "speakers", pictures of 16 bands by 16 frames. */
final class StudyFixtures {
  static final StudySettings SETTINGS =
      new StudySettings(List.of(4, 4, 3), 3, 2, 10, 2, 2, 1e-2, List.of(1));

  private StudyFixtures() {}

  static PictureSettings pictures(Padding padding, Span span) {
    FeatureSpec s = FeatureSpec.SEED;
    FeatureSpec small =
        new FeatureSpec(
            s.name(),
            16_000,
            512,
            512,
            512,
            s.window(),
            s.spectrum(),
            s.melScale(),
            s.melNormalization(),
            16,
            50,
            5000,
            s.logScale(),
            s.floor());
    return new PictureSettings(small, 16, 45, padding, span);
  }

  /** WAV files by three speakers, the digits below a number, two takes each. */
  static Path corpus(Path folder, int digits) throws IOException {
    for (String speaker : new String[] {"anna", "berta", "carla"}) {
      for (int digit = 0; digit < digits; digit++) {
        for (int take = 0; take < 2; take++) {
          long seed = 100L * digit + take + speaker.charAt(0);
          Speech.writeWav(
              folder.resolve(digit + "_" + speaker + "_" + take + ".wav"),
              Speech.word(digit, 300 + 10 * take, 60, seed));
        }
      }
    }
    return folder;
  }

  static List<PictureSet.Label> labels(int speakers, int takes) {
    List<PictureSet.Label> labels = new ArrayList<>();
    for (int speaker = 0; speaker < speakers; speaker++) {
      for (int digit = 0; digit < 10; digit++) {
        for (int take = 0; take < takes; take++) {
          labels.add(
              new PictureSet.Label(
                  digit, "c", "s" + speaker, digit + "_s" + speaker + "_" + take + ".wav"));
        }
      }
    }
    return labels;
  }
}
