package org.digitstream.inference.spotting;

import java.util.ArrayList;
import java.util.List;

/**
 * What one call of the network gave out, or some that follow each other.
 *
 * @param firstFrame index of the frame that its first output speaks of; negative before the stream
 * @param probabilities {@code probabilities[output * classes + class]}, before calibration, of the
 *     model's {@link org.digitstream.inference.model.ModelBundle#reportedLabels}; not to be changed
 */
public record NetworkOutput(long firstFrame, float[] probabilities) {
  /**
   * The same outputs with those that follow each other in one piece.
   *
   * @param outputs in order
   * @param classes of each output
   * @param strideFrames frames from one output to the next
   */
  public static List<NetworkOutput> joined(
      List<NetworkOutput> outputs, int classes, int strideFrames) {
    List<NetworkOutput> pieces = new ArrayList<>();
    int from = 0;
    long next = 0;
    for (int i = 0; i <= outputs.size(); i++) {
      if (i == outputs.size() || (i > from && outputs.get(i).firstFrame != next)) {
        if (i > from) {
          pieces.add(piece(outputs.subList(from, i)));
        }
        from = i;
      }
      if (i < outputs.size()) {
        NetworkOutput output = outputs.get(i);
        next = output.firstFrame + (long) output.probabilities.length / classes * strideFrames;
      }
    }
    return pieces;
  }

  private static NetworkOutput piece(List<NetworkOutput> outputs) {
    if (outputs.size() == 1) {
      return outputs.get(0);
    }
    float[] all = new float[outputs.stream().mapToInt(each -> each.probabilities.length).sum()];
    int at = 0;
    for (NetworkOutput output : outputs) {
      System.arraycopy(output.probabilities, 0, all, at, output.probabilities.length);
      at += output.probabilities.length;
    }
    return new NetworkOutput(outputs.get(0).firstFrame, all);
  }
}
