package org.digitstream.training.network;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * How the filters of one convolution learn: by Muon (Jordan et al., "Muon: An optimizer for hidden
 * layers in neural networks", 2024), momentum whose matrix is made nearly orthogonal before each
 * step, so that all directions in it are learned at the same pace. It needs about half of the
 * examples that Adam needs here. One for each layer, since it must know the shape of the filters.
 */
final class Muon implements IUpdater {
  private static final long serialVersionUID = 1L;

  private final CosineSchedule schedule;
  private final double momentum;
  private final int outputs;
  private final boolean outputsLast;

  /**
   * For the filters of one layer.
   *
   * @param schedule length of a step, as a share of an orthogonal matrix
   * @param momentum decay of the gradients' sum
   * @param outputs channels that the layer gives out
   * @param outputsLast whether the filters lie in memory as {@code [others][output]}, as those of a
   *     convolution over time do, and not as {@code [output][others]}
   */
  Muon(CosineSchedule schedule, double momentum, int outputs, boolean outputsLast) {
    this.schedule = schedule;
    this.momentum = momentum;
    this.outputs = outputs;
    this.outputsLast = outputsLast;
  }

  double momentum() {
    return momentum;
  }

  int outputs() {
    return outputs;
  }

  boolean outputsLast() {
    return outputsLast;
  }

  @Override
  public long stateSize(long parameters) {
    return parameters;
  }

  @Override
  public GradientUpdater<Muon> instantiate(INDArray state, boolean initialize) {
    MuonUpdater updater = new MuonUpdater(this);
    updater.setStateViewArray(state, state.shape(), state.ordering(), initialize);
    return updater;
  }

  @Override
  public GradientUpdater<Muon> instantiate(Map<String, INDArray> state, boolean initialize) {
    MuonUpdater updater = new MuonUpdater(this);
    updater.setState(state, initialize);
    return updater;
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return schedule.valueAt(iteration, epoch);
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  @Override
  public void setLrAndSchedule(double learningRate, ISchedule other) {
    throw new UnsupportedOperationException("a step of Muon is laid down when it is made");
  }

  /** Immutable, as its schedule is. */
  @Override
  @SuppressWarnings("MissingSuperCall") // the interface has none
  public Muon clone() {
    return new Muon(schedule, momentum, outputs, outputsLast);
  }

  @Override
  public boolean equals(Object other) {
    // Two layers of one shape are no block that could be learned as one.
    return this == other;
  }

  @Override
  public int hashCode() {
    return Objects.hash(momentum, outputs, outputsLast);
  }
}
