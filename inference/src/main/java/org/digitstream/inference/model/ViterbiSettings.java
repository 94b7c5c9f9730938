package org.digitstream.inference.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Objects;

/**
 * How digits are found in the probabilities of {@link WordParts}: by the likeliest way through a
 * loop of words, other words and silence (Viterbi, "Error bounds for convolutional codes and an
 * asymptotically optimum decoding algorithm", 1967; token passing: Young, Russell and Thornton,
 * 1989). Penalties, biases and the beam are natural logarithms of probabilities.
 *
 * @param bias what is added to the logarithm of each class's probability; one for each of {@link
 *     WordParts#CLASSES}, -20 to 20. Less the logarithm of how often a class was taught, it makes
 *     likelihoods of probabilities
 * @param wordPenalty what it costs to begin a word, 0 to 50
 * @param loneOh what it costs besides to begin "oh" where no digit was said before it; null where
 *     it costs no more than any word
 * @param otherWordPenalty what it costs to begin another word, 0 to 50
 * @param partOutputs each part of a word lasts for at least as many outputs, 1 to 4
 * @param beam ways that are this much less likely than the best one are given up, above 0 to 100
 * @param agreement a word is reported when all ways hold it that are at most this much less likely
 *     than the best one, above 0 to the beam
 * @param patienceOutputs a word is reported after this many outputs from its end at the latest, if
 *     the best way holds it, 0 to 50
 * @param evidence how sure a word is
 * @param threshold the least confidence of a digit that is reported
 */
@SuppressWarnings("ArrayRecordComponent") // compared by value below
public record ViterbiSettings(
    float[] bias,
    float wordPenalty,
    @JsonInclude(JsonInclude.Include.NON_NULL) LoneOh loneOh,
    float otherWordPenalty,
    int partOutputs,
    float beam,
    float agreement,
    int patienceOutputs,
    WordEvidence evidence,
    float threshold)
    implements Spotting {
  /** What a model file calls these settings. */
  static final String TYPE = "viterbi";

  private static final float MAX_BIAS = 20;
  private static final float MAX_PENALTY = 50;
  private static final int MAX_AFTER_OUTPUTS = 1000;
  private static final float MAX_BEAM = 100;

  /**
   * People say "oh" among digits, and hardly ever first or alone, where it is rather a "four" that
   * was not understood.
   *
   * @param penalty what it costs, 0 to 50
   * @param afterOutputs where the digit before it ended more than this many outputs ago, 0 to 1000
   */
  public record LoneOh(float penalty, int afterOutputs) {
    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException quoting the value that is out of its bounds
     */
    public LoneOh {
      requireWithin("loneOh penalty", penalty, 0, MAX_PENALTY);
      if (afterOutputs < 0 || afterOutputs > MAX_AFTER_OUTPUTS) {
        throw new IllegalArgumentException(
            "loneOh afterOutputs " + afterOutputs + " is not within 0.." + MAX_AFTER_OUTPUTS);
      }
    }
  }

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public ViterbiSettings {
    Bounds.requirePresent("bias", bias);
    bias = bias.clone();
    if (bias.length != WordParts.CLASSES) {
      throw new IllegalArgumentException(
          bias.length + " biases are not one for each of " + WordParts.CLASSES + " classes");
    }
    for (float value : bias) {
      requireWithin("bias", value, -MAX_BIAS, MAX_BIAS);
    }
    requireWithin("wordPenalty", wordPenalty, 0, MAX_PENALTY);
    requireWithin("otherWordPenalty", otherWordPenalty, 0, MAX_PENALTY);
    Bounds.requireWithin("partOutputs", partOutputs, 4);
    requireWithin("beam", beam, Float.MIN_VALUE, MAX_BEAM);
    requireWithin("agreement", agreement, Float.MIN_VALUE, beam);
    if (patienceOutputs < 0 || patienceOutputs > 50) {
      throw new IllegalArgumentException(
          "patienceOutputs " + patienceOutputs + " is not within 0..50");
    }
    Bounds.requirePresent("evidence", evidence);
    Bounds.requireProbability("threshold", threshold);
  }

  private static void requireWithin(String what, float value, float least, float most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          what + " " + value + " is not within " + least + ".." + most);
    }
  }

  /** How the type is written to a model file. */
  @JsonProperty(value = "type", access = JsonProperty.Access.READ_ONLY)
  String type() {
    return TYPE;
  }

  @Override
  public float[] bias() {
    return bias.clone();
  }

  @Override
  public ViterbiSettings withThreshold(float other) {
    return new ViterbiSettings(
        bias,
        wordPenalty,
        loneOh,
        otherWordPenalty,
        partOutputs,
        beam,
        agreement,
        patienceOutputs,
        evidence,
        other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ViterbiSettings that
        && Arrays.equals(bias, that.bias)
        && wordPenalty == that.wordPenalty
        && Objects.equals(loneOh, that.loneOh)
        && otherWordPenalty == that.otherWordPenalty
        && partOutputs == that.partOutputs
        && beam == that.beam
        && agreement == that.agreement
        && patienceOutputs == that.patienceOutputs
        && evidence.equals(that.evidence)
        && threshold == that.threshold;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        Arrays.hashCode(bias),
        wordPenalty,
        loneOh,
        otherWordPenalty,
        partOutputs,
        beam,
        agreement,
        patienceOutputs,
        evidence,
        threshold);
  }
}
