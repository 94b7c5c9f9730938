package org.digitstream.training.judging;

import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;
import org.digitstream.training.network.CosineSchedule;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** From words and what they were to the weights of a judge. One thread. */
final class JudgeLearning {
  private static final float LEAST_DEVIATION = 1e-3f;
  private static final int CLASSES = ModelBundle.LABELS.size();

  private final JudgeRecipe recipe;
  private final long seed;

  /**
   * A training to be done.
   *
   * @param recipe how
   * @param seed of the first weights, the order of the words and what is left out of them
   */
  JudgeLearning(JudgeRecipe recipe, long seed) {
    this.recipe = recipe;
    this.seed = seed;
  }

  /**
   * The weights that were learned, as {@link org.digitstream.inference.model.ModelBundle#withJudge}
   * takes them.
   *
   * @param examples at least one
   */
  float[] weights(List<JudgeExample> examples) {
    Dl4jRuntime.prepareThread();
    int inputs = examples.get(0).inputs().length;
    Scaling scaling = Scaling.of(examples);
    int batch = Math.min(recipe.batchExamples(), examples.size());
    int steps = recipe.epochs() * (examples.size() / batch);
    MultiLayerNetwork network = network(inputs, steps);
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[examples.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int step = 0, at = order.length; step < steps; step++, at += batch) {
      if (at + batch > order.length) {
        shuffle(order, random);
        at = 0;
      }
      float[] input = new float[batch * inputs];
      float[] target = new float[batch * CLASSES];
      for (int i = 0; i < batch; i++) {
        JudgeExample example = examples.get(order[at + i]);
        put(scaling.scaled(example.inputs()), input, i * inputs, random);
        for (int c = 0; c < CLASSES; c++) {
          target[i * CLASSES + c] =
              (float)
                  ((c == example.said() ? 1 - recipe.labelSmoothing() : 0)
                      + recipe.labelSmoothing() / CLASSES);
        }
      }
      try (INDArray in = Nd4j.create(input, new long[] {batch, inputs}, 'c');
          INDArray wanted = Nd4j.create(target, new long[] {batch, CLASSES}, 'c')) {
        network.fit(in, wanted);
      }
    }
    return weights(network, scaling);
  }

  /** What is left is made larger, so that the sum stays about the same. */
  private void put(float[] values, float[] target, int from, SplittableRandom random) {
    float kept = (float) (1 / (1 - recipe.dropped()));
    for (int i = 0; i < values.length; i++) {
      target[from + i] = random.nextDouble() < recipe.dropped() ? 0 : values[i] * kept;
    }
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int moved = order[i];
      order[i] = order[other];
      order[other] = moved;
    }
  }

  private MultiLayerNetwork network(int inputs, int steps) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.RELU)
                .updater(new Adam(new CosineSchedule(recipe.learningRate(), 0, steps)))
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(inputs)
                        .nOut(recipe.shape().units())
                        .activation(Activation.RELU)
                        .build())
                .layer(
                    new OutputLayer.Builder(new LossMCXENT())
                        .nIn(recipe.shape().units())
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .weightInit(WeightInit.XAVIER)
                        .build())
                .build());
    network.init();
    return network;
  }

  /** In the order of the model file, with the scaling of the inputs in them. */
  private float[] weights(MultiLayerNetwork network, Scaling scaling) {
    int inputs = scaling.mean().length;
    int units = recipe.shape().units();
    float[] first = network.getLayer(0).getParam("W").transpose().dup('c').data().asFloat();
    float[] firstBiases = network.getLayer(0).getParam("b").dup('c').data().asFloat();
    float[] second = network.getLayer(1).getParam("W").transpose().dup('c').data().asFloat();
    float[] secondBiases = network.getLayer(1).getParam("b").dup('c').data().asFloat();
    for (int unit = 0; unit < units; unit++) {
      double bias = firstBiases[unit];
      for (int i = 0; i < inputs; i++) {
        int at = unit * inputs + i;
        first[at] /= scaling.deviation()[i];
        bias -= (double) first[at] * scaling.mean()[i];
      }
      firstBiases[unit] = (float) bias;
    }
    float[] weights = new float[(inputs + 1) * units + (units + 1) * CLASSES];
    int at = 0;
    for (float[] part : List.of(first, firstBiases, second, secondBiases)) {
      System.arraycopy(part, 0, weights, at, part.length);
      at += part.length;
    }
    return weights;
  }

  /** Brings every input to mean 0 and deviation 1. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Scaling(float[] mean, float[] deviation) {
    static Scaling of(List<JudgeExample> examples) {
      int inputs = examples.get(0).inputs().length;
      double[] sum = new double[inputs];
      double[] squares = new double[inputs];
      for (JudgeExample example : examples) {
        for (int i = 0; i < inputs; i++) {
          sum[i] += example.inputs()[i];
          squares[i] += (double) example.inputs()[i] * example.inputs()[i];
        }
      }
      float[] mean = new float[inputs];
      float[] deviation = new float[inputs];
      for (int i = 0; i < inputs; i++) {
        double m = sum[i] / examples.size();
        mean[i] = (float) m;
        double variance = Math.max(0, squares[i] / examples.size() - m * m);
        deviation[i] = (float) Math.sqrt(variance) + LEAST_DEVIATION;
      }
      return new Scaling(mean, deviation);
    }

    float[] scaled(float[] inputs) {
      float[] scaled = new float[inputs.length];
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = (inputs[i] - mean[i]) / deviation[i];
      }
      return scaled;
    }
  }
}
