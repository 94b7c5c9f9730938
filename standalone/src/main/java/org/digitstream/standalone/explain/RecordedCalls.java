package org.digitstream.standalone.explain;

import java.util.ArrayDeque;
import java.util.Deque;
import org.digitstream.inference.model.Activations;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.WindowSequence;

/**
 * Lets two recognizers that are given the same frames share the calls of one network: the first one
 * makes them, the second one is given the same answers. Does not close the network. One thread at a
 * time.
 */
final class RecordedCalls {
  private final WindowClassifier network;
  private final Deque<Activations> forSecond = new ArrayDeque<>();
  private final Deque<float[]> made = new ArrayDeque<>();

  RecordedCalls(WindowClassifier network) {
    this.network = network;
  }

  /** What the first recognizer calls. */
  WindowClassifier first() {
    return new Side() {
      @Override
      public float[] classify(float[] window) {
        return activations(window).probabilities();
      }

      @Override
      public Activations activations(float[] window) {
        return recorded(network.activations(window));
      }

      @Override
      public WindowSequence sequence() {
        WindowSequence windows = network.sequence();
        return window -> recorded(windows.next(window));
      }
    };
  }

  /** What the second recognizer calls, after the first one was given the same frames. */
  WindowClassifier second() {
    return new Side() {
      @Override
      public float[] classify(float[] window) {
        return activations(window).probabilities();
      }

      @Override
      public Activations activations(float[] window) {
        return forSecond.remove();
      }
    };
  }

  private Activations recorded(Activations activations) {
    forSecond.add(activations);
    made.add(activations.probabilities());
    return activations;
  }

  /** The network's own answer to the earliest call that was not asked for yet. */
  float[] nextAnswer() {
    return made.remove();
  }

  private abstract class Side implements WindowClassifier {
    @Override
    public String engineId() {
      return network.engineId();
    }

    @Override
    public void close() {
      // The network is its owner's.
    }
  }
}
