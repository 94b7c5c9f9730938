package org.digitstream.inference.model.dl4j;

import java.lang.ref.Reference;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BroadcastOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.IndexAccumulation;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.RandomOp;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.impl.summarystats.Variance;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner;

/**
 * Runs operations as ND4J does, and holds on to each until it is done.
 *
 * <p>ND4J 1.0.0-M2.1 takes the addresses of an operation's arrays and calls the native library with
 * them. From then on nothing in Java refers to the small array with the operation's dimensions any
 * more. If another thread's garbage is collected in that moment, the array is freed while the
 * native code reads it, and the process dies with a segmentation fault: about once in several hours
 * of training on two threads. {@link Dl4jRuntime} puts this class in ND4J's place. Any number of
 * threads.
 */
public final class ReachableOpExecutioner extends NativeOpExecutioner {
  private static <T> T reachably(Object operation, Object context, Supplier<T> run) {
    try {
      return run.get();
    } finally {
      Reference.reachabilityFence(operation);
      Reference.reachabilityFence(context);
    }
  }

  @Override
  public INDArray exec(Op op) {
    return reachably(op, null, () -> super.exec(op));
  }

  @Override
  public INDArray exec(Op op, OpContext context) {
    return reachably(op, context, () -> super.exec(op, context));
  }

  @Override
  public INDArray exec(IndexAccumulation op) {
    return reachably(op, null, () -> super.exec(op));
  }

  @Override
  public INDArray exec(IndexAccumulation op, OpContext context) {
    return reachably(op, context, () -> super.exec(op, context));
  }

  @Override
  public INDArray exec(Variance op) {
    return reachably(op, null, () -> super.exec(op));
  }

  @Override
  public INDArray exec(ReduceOp op) {
    return reachably(op, null, () -> super.exec(op));
  }

  @Override
  public INDArray exec(ReduceOp op, OpContext context) {
    return reachably(op, context, () -> super.exec(op, context));
  }

  @Override
  public INDArray exec(ScalarOp op) {
    return reachably(op, null, () -> super.exec(op));
  }

  @Override
  public INDArray exec(ScalarOp op, OpContext context) {
    return reachably(op, context, () -> super.exec(op, context));
  }

  @Override
  public INDArray exec(BroadcastOp op) {
    return reachably(op, null, () -> super.exec(op));
  }

  @Override
  public INDArray exec(BroadcastOp op, OpContext context) {
    return reachably(op, context, () -> super.exec(op, context));
  }

  @Override
  public INDArray exec(RandomOp op) {
    return reachably(op, null, () -> super.exec(op));
  }

  @Override
  public INDArray exec(RandomOp op, Random random) {
    return reachably(op, null, () -> super.exec(op, random));
  }

  @Override
  public INDArray exec(RandomOp op, OpContext context, Random random) {
    return reachably(op, context, () -> super.exec(op, context, random));
  }

  @Override
  public INDArray[] exec(CustomOp op) {
    return reachably(op, null, () -> super.exec(op));
  }

  @Override
  public INDArray[] exec(CustomOp op, OpContext context) {
    return reachably(op, context, () -> super.exec(op, context));
  }
}
