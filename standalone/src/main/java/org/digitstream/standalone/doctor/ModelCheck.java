package org.digitstream.standalone.doctor;

import java.util.Locale;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.ModelException;
import org.digitstream.inference.model.dl4j.Dl4jClassifier;

/** Whether the model can be read and this machine can run it, with its fast convolutions. */
public final class ModelCheck {
  private ModelCheck() {}

  /** Loads the engine with a model and says how large it is. */
  public static Finding run(ModelBundle model) {
    long start = System.nanoTime();
    try (Dl4jClassifier classifier = Dl4jClassifier.load(model)) {
      return Finding.well(
          "model",
          String.format(
              Locale.ROOT,
              "%s, %,d parameters, %s; engine %s with its helper, loaded in %.1f s",
              model.modelId(),
              model.network().parameterCount(),
              model.featureSpec().id(),
              classifier.engineId(),
              (System.nanoTime() - start) / 1e9));
    } catch (ModelException e) {
      return Finding.broken("model", e.getMessage());
    } catch (LinkageError e) {
      return Finding.broken(
          "model",
          "the native libraries do not load (" + e + "): this platform may not be supported");
    }
  }
}
