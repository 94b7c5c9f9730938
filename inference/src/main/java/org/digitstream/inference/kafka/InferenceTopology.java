package org.digitstream.inference.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.Topology;
import org.digitstream.contract.Topics;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.RecordTopology;

/**
 * {@code log-mel-frames} to {@code digit-events} and, if wanted, {@code digit-posteriors}.
 *
 * <p>Two stores hold what a stream needs after a crash. {@value #CURSORS} maps a stream id to one
 * small value. {@value #BLOCKS} maps {@code stream id/slot} to a block of frames, where a slot is
 * the block's index modulo their number: only what has changed is written, never the whole window.
 */
public final class InferenceTopology {
  /** The store of small values. */
  public static final String CURSORS = "spotter-cursors";

  /** Where the processor forwards posteriors, if it shall. */
  static final String POSTERIORS = "posteriors";

  /** The store of blocks of frames. */
  public static final String BLOCKS = "frame-blocks";

  private InferenceTopology() {}

  /**
   * The topology.
   *
   * @param model the model; frames of another feature specification become dead letters
   * @param classifiers makes a classifier of that model for each partition; closed with it
   * @param idle after how long without a record a stream is evicted
   * @param posteriors whether what the network gives out goes to {@code digit-posteriors}
   * @param clock stamps the events
   * @param nanoTime times the classifier
   * @param meters counts what goes through
   */
  public static Topology of(
      ModelBundle model,
      Supplier<? extends WindowClassifier> classifiers,
      Duration idle,
      boolean posteriors,
      Clock clock,
      LongSupplier nanoTime,
      Meters meters) {
    return RecordTopology.of(
        Topics.LOG_MEL_FRAMES,
        Topics.DIGIT_EVENTS,
        posteriors ? Map.of(POSTERIORS, Topics.DIGIT_POSTERIORS) : Map.of(),
        () ->
            new InferenceProcessor(
                model,
                () -> new TimedClassifier(classifiers.get(), nanoTime, meters),
                idle,
                posteriors,
                clock,
                meters),
        List.of(CURSORS, BLOCKS));
  }
}
