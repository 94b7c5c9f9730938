package org.digitstream.standalone.explain;

import java.util.List;
import java.util.Optional;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.spotting.Detection;

/**
 * What was seen and thought around a moment.
 *
 * @param moment the moment, and what of the stream around it there is
 * @param modelId the model and its engine
 * @param spec how samples became frames
 * @param threshold the least confidence of a digit that is reported
 * @param firstFrame index of the first frame around the moment
 * @param frames {@code frames[frame * bands + band]}; silence where audio is missing; not copied
 * @param classes names of the values of {@link Output#probabilities}, the digits first
 * @param parts names of the values of {@link Output#parts}; empty where the network's classes are
 *     the {@code classes}
 * @param outputs what the network gave out around the moment, in order
 * @param heard the digits that are reported, in order, whose words touch the span around the moment
 * @param keptBack the same of what the spotter found and the threshold kept back
 */
public record Explanation(
    Moment moment,
    String modelId,
    FeatureSpec spec,
    float threshold,
    long firstFrame,
    float[] frames,
    List<String> classes,
    List<String> parts,
    List<Output> outputs,
    List<Detection> heard,
    List<Detection> keptBack) {
  /** Words this near to the moment count as said there: people do not point exactly. */
  private static final double NEAR_SECONDS = 0.15;

  /** What {@link #strongest} looks at around the moment: about a word to either side. */
  private static final double STRONGEST_SECONDS = 0.5;

  /**
   * One output of the network.
   *
   * @param frame index of the frame that it speaks of
   * @param sample the sample in the middle of that frame
   * @param probabilities of the {@link Explanation#classes}, before calibration; not to be changed
   * @param parts the network's own where these are parts of words; else empty
   */
  public record Output(long frame, long sample, float[] probabilities, float[] parts) {}

  /**
   * The digit that was most likely at one output.
   *
   * @param digit 0 to 9
   * @param probability before calibration
   * @param sample where
   */
  public record Strongest(int digit, float probability, long sample) {}

  /** Copies the lists. */
  public Explanation {
    classes = List.copyOf(classes);
    parts = List.copyOf(parts);
    outputs = List.copyOf(outputs);
    heard = List.copyOf(heard);
    keptBack = List.copyOf(keptBack);
  }

  /** The digit of a list whose word is at the moment, or nearly. */
  public Optional<Detection> atMoment(List<Detection> words) {
    Detection nearest = null;
    for (Detection word : words) {
      if (nearest == null || distance(word) < distance(nearest)) {
        nearest = word;
      }
    }
    return Optional.ofNullable(nearest)
        .filter(word -> distance(word) <= NEAR_SECONDS * moment.sampleRateHz());
  }

  /** Samples from the moment to a word; 0 within it. */
  private long distance(Detection word) {
    return Math.max(
        0,
        Math.max(word.startSample() - moment.atSample(), moment.atSample() - word.endSample() + 1));
  }

  /** The highest probability of a digit within half a second of the moment. */
  public Optional<Strongest> strongest() {
    Strongest best = null;
    for (Output output : outputs) {
      if (Math.abs(output.sample() - moment.atSample())
          <= STRONGEST_SECONDS * moment.sampleRateHz()) {
        for (int digit = 0; digit < 10; digit++) {
          if (best == null || output.probabilities()[digit] > best.probability()) {
            best = new Strongest(digit, output.probabilities()[digit], output.sample());
          }
        }
      }
    }
    return Optional.ofNullable(best);
  }
}
