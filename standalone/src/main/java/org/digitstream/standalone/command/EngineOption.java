package org.digitstream.standalone.command;

import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.dl4j.Dl4jClassifier;
import org.digitstream.inference.model.kernel.KernelClassifier;
import picocli.CommandLine.Option;

/** What runs the network: the stream has one engine, but the two can be compared. */
final class EngineOption {
  private enum Engine {
    JAVA(KernelClassifier.ENGINE_ID),
    DL4J(Dl4jClassifier.ENGINE_ID);

    private final String id;

    Engine(String id) {
      this.id = id;
    }

    @Override
    public String toString() {
      return id;
    }
  }

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "java",
      description =
          "What runs the network: ${COMPLETION-CANDIDATES}. The stream runs java; dl4j is what"
              + " trained it (default: ${DEFAULT-VALUE}).")
  private Engine engine = Engine.JAVA;

  /** A classifier for one thread. */
  WindowClassifier load(ModelBundle model) {
    return switch (engine) {
      case JAVA -> KernelClassifier.load(model);
      case DL4J -> Dl4jClassifier.load(model);
    };
  }
}
