package org.digitstream.inference.model;

/**
 * Judges a word once it is over, by all that the network thought of it: a small network (one hidden
 * layer of rectifiers and a softmax over {@link ModelBundle#LABELS}) on the means of the temporal
 * network's last hidden layer before the word, over its thirds and after it. The network of parts
 * tells at each moment by half a second what is being said; which word it was, or that it was none,
 * is told better by all of it.
 *
 * <p>Immutable; the same bits on every machine.
 */
public final class WordJudge {
  /** Confidences and probabilities nearer to 0 or 1 than this are taken as this near. */
  private static final double NEAREST = 1e-3;

  private final JudgeShape shape;
  private final int hidden;
  private final float[][] first;
  private final float[] firstBiases;
  private final float[][] second;
  private final float[] secondBiases;

  /**
   * A judge.
   *
   * @param shape its shape
   * @param hidden values that the temporal network's last layer is given
   * @param weights of the hidden layer {@code [unit][input]} and its biases, then of the softmax
   *     {@code [class][unit]} and its biases
   * @param from where they begin
   */
  WordJudge(JudgeShape shape, int hidden, float[] weights, int from) {
    this.shape = shape;
    this.hidden = hidden;
    int inputs = JudgeShape.inputs(hidden);
    int classes = ModelBundle.LABELS.size();
    first = new float[shape.units()][];
    second = new float[classes][];
    int at = from;
    for (int unit = 0; unit < first.length; unit++) {
      first[unit] = copy(weights, at, inputs);
      at += inputs;
    }
    firstBiases = copy(weights, at, shape.units());
    at += shape.units();
    for (int c = 0; c < classes; c++) {
      second[c] = copy(weights, at, shape.units());
      at += shape.units();
    }
    secondBiases = copy(weights, at, classes);
  }

  private static float[] copy(float[] weights, int from, int count) {
    float[] copy = new float[count];
    System.arraycopy(weights, from, copy, 0, count);
    return copy;
  }

  /** Values that the temporal network's last layer is given for each output. */
  public int hidden() {
    return hidden;
  }

  /**
   * What is told of a word.
   *
   * @param means of the hidden layer: before the word, over its thirds and after it, {@code
   *     means[stretch * hidden + i]}
   * @param outputs that it lasted
   * @param digit that the decoder took it for
   * @param probabilities of the digits, by the decoder; that of {@code digit} is its confidence
   */
  public static float[] inputs(float[] means, long outputs, int digit, float[] probabilities) {
    int digits = ModelBundle.DIGITS.size();
    float[] inputs = new float[means.length + JudgeShape.FIGURES];
    System.arraycopy(means, 0, inputs, 0, means.length);
    int at = means.length;
    double confidence = probabilities[digit];
    inputs[at++] = (float) StrictMath.log(outputs);
    inputs[at++] = (float) StrictMath.log((confidence + NEAREST) / (1 - confidence + NEAREST));
    for (int other = 0; other < digits; other++) {
      inputs[at + other] = (float) StrictMath.log(probabilities[other] + NEAREST);
      inputs[at + digits + other] = other == digit ? 1 : 0;
    }
    return inputs;
  }

  /**
   * The probability of each digit: the mean of the judge's and the decoder's.
   *
   * @param inputs {@link #inputs}
   * @param probabilities the decoder's; at most 1 together
   * @return as many, at most 1 together
   */
  public float[] judge(float[] inputs, float[] probabilities) {
    float[] own = probabilities(inputs);
    float[] judged = new float[probabilities.length];
    for (int digit = 0; digit < judged.length; digit++) {
      judged[digit] = shape.share() * own[digit] + (1 - shape.share()) * probabilities[digit];
    }
    return judged;
  }

  private float[] probabilities(float[] inputs) {
    float[] units = new float[first.length];
    for (int unit = 0; unit < units.length; unit++) {
      units[unit] = Math.max(0, sum(firstBiases[unit], first[unit], inputs));
    }
    double[] powers = new double[second.length];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < powers.length; c++) {
      powers[c] = sum(secondBiases[c], second[c], units);
      greatest = Math.max(greatest, powers[c]);
    }
    double all = 0;
    for (int c = 0; c < powers.length; c++) {
      powers[c] = StrictMath.exp(powers[c] - greatest);
      all += powers[c];
    }
    float[] probabilities = new float[powers.length];
    for (int c = 0; c < powers.length; c++) {
      probabilities[c] = (float) (powers[c] / all);
    }
    return probabilities;
  }

  private static float sum(float bias, float[] weights, float[] values) {
    double sum = bias;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * values[i];
    }
    return (float) sum;
  }
}
