package org.digitstream.inference.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.digitstream.inference.model.Activations;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.WindowSequence;
import org.digitstream.runtime.metrics.Meters;

/** Counts and times the calls of another classifier, which it closes with itself. */
final class TimedClassifier implements WindowClassifier {
  private final WindowClassifier classifier;
  private final LongSupplier nanoTime;
  private final Meters meters;

  TimedClassifier(WindowClassifier classifier, LongSupplier nanoTime, Meters meters) {
    this.classifier = classifier;
    this.nanoTime = nanoTime;
    this.meters = meters;
  }

  @Override
  public float[] classify(float[] window) {
    long start = nanoTime.getAsLong();
    float[] probabilities = classifier.classify(window);
    count(start);
    return probabilities;
  }

  @Override
  public Activations activations(float[] window) {
    long start = nanoTime.getAsLong();
    Activations activations = classifier.activations(window);
    count(start);
    return activations;
  }

  @Override
  public WindowSequence sequence() {
    WindowSequence sequence = classifier.sequence();
    return window -> {
      long start = nanoTime.getAsLong();
      Activations activations = sequence.next(window);
      count(start);
      return activations;
    };
  }

  private void count(long startNanos) {
    meters.inference(Duration.ofNanos(nanoTime.getAsLong() - startNanos));
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
