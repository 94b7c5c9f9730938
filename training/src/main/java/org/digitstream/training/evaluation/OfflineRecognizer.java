package org.digitstream.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.spotting.Detection;
import org.digitstream.inference.spotting.StreamRecognizer;

/**
 * Recognizes recordings without a broker, by the very classes that the stream runs: the digits are
 * the same to the bit. One thread at a time.
 */
public final class OfflineRecognizer {
  private final ModelBundle model;
  private final WindowClassifier classifier;

  /** Of a model and the classifier that runs it. */
  public OfflineRecognizer(ModelBundle model, WindowClassifier classifier) {
    this.model = model;
    this.classifier = classifier;
  }

  /**
   * The digits of a recording.
   *
   * @param samples 16-bit mono at the rate of the model's feature specification
   */
  public List<Detection> recognize(short[] samples) {
    StreamRecognizer recognizer = new StreamRecognizer(model, classifier);
    float[] frames = LogMelExtractor.extract(model.featureSpec(), samples);
    List<Detection> digits = new ArrayList<>(recognizer.accept(0, frames).digits());
    digits.addAll(recognizer.finish().digits());
    return digits;
  }

  /**
   * The digits of a recording as a string, such as {@code 2125551234}; empty where there are none.
   */
  public String transcribe(short[] samples) {
    return recognize(samples).stream()
        .map(digit -> Integer.toString(digit.digit()))
        .collect(Collectors.joining());
  }
}
