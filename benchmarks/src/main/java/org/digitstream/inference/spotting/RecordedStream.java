package org.digitstream.inference.spotting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.digitstream.benchmarks.Speech;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.inference.model.Activations;
import org.digitstream.inference.model.BundledModel;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.WindowSequence;
import org.digitstream.inference.model.dl4j.Dl4jClassifier;
import org.digitstream.inference.model.kernel.KernelClassifier;

/** A bundled model's blocks of frames of a recording, and what its network says of them. */
final class RecordedStream {
  private final ModelBundle model;
  private final List<float[]> blocks = new ArrayList<>();

  RecordedStream(String label) {
    model = BundledModel.named(label).orElseThrow().load();
    float[] values =
        LogMelExtractor.extract(
            model.featureSpec(), Speech.samples(model.featureSpec().sampleRateHz()));
    int length = model.geometry().blockFrames() * model.featureSpec().bands();
    for (int at = 0; at + length <= values.length; at += length) {
      blocks.add(Arrays.copyOfRange(values, at, at + length));
    }
  }

  ModelBundle model() {
    return model;
  }

  List<float[]> blocks() {
    return blocks;
  }

  WindowClassifier classifier(String engine) {
    return switch (engine) {
      case "java" -> KernelClassifier.load(model);
      case "dl4j" -> Dl4jClassifier.load(model);
      default -> throw new IllegalArgumentException("there is no engine '" + engine + "'");
    };
  }

  /** What each call of the network gave, as the spotter gets it. */
  List<float[]> outputs() {
    List<float[]> outputs = new ArrayList<>();
    try (WindowClassifier classifier = classifier("java")) {
      StreamRecognizer recognizer = new StreamRecognizer(model, new Kept(classifier, outputs));
      int frame = 0;
      for (float[] block : blocks) {
        recognizer.accept(frame, block);
        frame += model.geometry().blockFrames();
      }
    }
    return outputs;
  }

  private record Kept(WindowClassifier classifier, List<float[]> outputs)
      implements WindowClassifier {
    @Override
    public float[] classify(float[] window) {
      return activations(window).probabilities();
    }

    @Override
    public Activations activations(float[] window) {
      return kept(classifier.activations(window));
    }

    @Override
    public WindowSequence sequence() {
      WindowSequence windows = classifier.sequence();
      return window -> kept(windows.next(window));
    }

    private Activations kept(Activations activations) {
      outputs.add(activations.probabilities());
      return activations;
    }

    @Override
    public String engineId() {
      return classifier.engineId();
    }

    @Override
    public void close() {
      classifier.close();
    }
  }
}
