package org.digitstream.standalone.doctor;

import java.util.Locale;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.ModelException;
import org.digitstream.inference.model.dl4j.Dl4jClassifier;

/** Whether this machine can train, with DL4J's fast convolutions. */
public final class TrainingCheck {
  private TrainingCheck() {}

  /** Loads DL4J's natives and runs a model once. */
  public static Finding run(ModelBundle model) {
    long start = System.nanoTime();
    try (Dl4jClassifier classifier = Dl4jClassifier.load(model)) {
      return Finding.well(
          "training",
          String.format(
              Locale.ROOT,
              "engine %s with its helper, loaded in %.1f s",
              classifier.engineId(),
              (System.nanoTime() - start) / 1e9));
    } catch (ModelException e) {
      return Finding.warning("training", "'train' will not work: " + e.getMessage());
    } catch (LinkageError e) {
      return Finding.warning(
          "training",
          "'train' will not work: the native libraries do not load ("
              + e
              + "): this platform may not be supported");
    }
  }
}
