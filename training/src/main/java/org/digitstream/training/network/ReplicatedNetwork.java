package org.digitstream.training.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.digitstream.inference.model.dl4j.Dl4jRuntime;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network that learns from the parts of a batch at once, each on a thread and in a copy of its
 * own; one step is made with the mean of their gradients (synchronous data parallelism: Goyal et
 * al., "Accurate, Large Minibatch SGD", 2017). Batch normalization measures each part by itself.
 * The number of parts is given, not taken from the machine, and the gradients are added in their
 * order, so the result is the same on any number of processors. One caller at a time; closing ends
 * its threads.
 */
final class ReplicatedNetwork implements AutoCloseable {
  private final List<MultiLayerNetwork> replicas = new ArrayList<>();
  private final ExecutorService threads;
  private final int bands;
  private final int classes;

  /**
   * A network and copies of it.
   *
   * @param network makes networks that are all alike; the first is the one that is trained
   * @param parts of a batch, at least 1
   * @param bands values per frame
   * @param classes per output
   */
  ReplicatedNetwork(Supplier<MultiLayerNetwork> network, int parts, int bands, int classes) {
    for (int i = 0; i < parts; i++) {
      replicas.add(network.get());
    }
    this.bands = bands;
    this.classes = classes;
    this.threads =
        Executors.newFixedThreadPool(
            parts,
            task -> {
              Thread thread = new Thread(task, "trainer");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The network whose weights and updater's state are those of the training. */
  MultiLayerNetwork network() {
    return replicas.get(0);
  }

  /**
   * One step.
   *
   * @param batch a multiple of the number of parts
   * @param examples of the batch
   * @param iteration how many steps were made before
   * @return the loss, summed over the outputs of an example
   * @throws InterruptedException where the thread is interrupted
   */
  double fit(Batch batch, int examples, int iteration) throws InterruptedException {
    int part = examples / replicas.size();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < replicas.size(); i++) {
      int from = i * part;
      MultiLayerNetwork replica = replicas.get(i);
      if (i > 0) {
        replica.params().assign(network().params());
      }
      running.add(threads.submit(() -> gradient(replica, batch, from, part, examples)));
    }
    double loss = 0;
    for (int i = 0; i < replicas.size(); i++) {
      finish(running.get(i));
      loss += replicas.get(i).score() / replicas.size();
      if (i > 0) {
        gradientOf(network()).addi(gradientOf(replicas.get(i)));
      }
    }
    gradientOf(network()).divi(replicas.size());
    network()
        .getUpdater()
        .update(
            network(), network().gradient(), iteration, 0, part, LayerWorkspaceMgr.noWorkspaces());
    network().params().subi(gradientOf(network()));
    return loss;
  }

  private static INDArray gradientOf(MultiLayerNetwork network) {
    return network.gradient().gradient();
  }

  private static void finish(Future<?> gradient) throws InterruptedException {
    try {
      gradient.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a part of a batch failed", e.getCause());
    }
  }

  private void gradient(MultiLayerNetwork replica, Batch batch, int from, int part, int examples) {
    Dl4jRuntime.prepareThread();
    int values = batch.input().length / examples;
    float[] input = Arrays.copyOfRange(batch.input(), from * values, (from + part) * values);
    int targets = batch.target().length / examples;
    float[] target = Arrays.copyOfRange(batch.target(), from * targets, (from + part) * targets);
    int frames = values / bands;
    if (batch.mask() == null) {
      try (INDArray inputs = Nd4j.create(input, new long[] {part, 1, bands, frames}, 'c');
          INDArray labels = Nd4j.create(target, new long[] {part, classes}, 'c')) {
        compute(replica, inputs, labels);
      }
      return;
    }
    int outputs = batch.mask().length / examples;
    float[] masked = Arrays.copyOfRange(batch.mask(), from * outputs, (from + part) * outputs);
    try (INDArray inputs = Nd4j.create(input, new long[] {part, bands, frames}, 'c');
        INDArray labels = Nd4j.create(target, new long[] {part, classes, outputs}, 'c');
        INDArray mask = Nd4j.create(masked, new long[] {part, outputs}, 'c')) {
      replica.setLayerMaskArrays(null, mask);
      compute(replica, inputs, labels);
      replica.clearLayerMaskArrays();
    }
  }

  private static void compute(MultiLayerNetwork replica, INDArray inputs, INDArray labels) {
    replica.setInput(inputs);
    replica.setLabels(labels);
    // Nothing is cleared afterwards: MultiLayerNetwork.clear() forgets the state of Adam as well.
    replica.computeGradientAndScore();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
