package org.digitstream.standalone.doctor;

import java.util.Locale;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.kernel.KernelClassifier;

/** Which model this is, and what runs it. */
public final class ModelCheck {
  private ModelCheck() {}

  /** Loads the engine with a model and says how large it is. */
  public static Finding run(ModelBundle model) {
    long start = System.nanoTime();
    try (KernelClassifier classifier = KernelClassifier.load(model)) {
      return Finding.well(
          "model",
          String.format(
              Locale.ROOT,
              "%s, %,d parameters, %s; engine %s, loaded in %.1f s",
              model.modelId(),
              model.network().parameterCount(),
              model.featureSpec().id(),
              classifier.engineId(),
              (System.nanoTime() - start) / 1e9));
    }
  }
}
