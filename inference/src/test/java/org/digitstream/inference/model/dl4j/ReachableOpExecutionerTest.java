package org.digitstream.inference.model.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ReachableOpExecutionerTest {
  @Test
  void itRunsWhatNd4jWouldRun() {
    Dl4jRuntime.prepareThread();
    assertThat(Nd4j.getExecutioner()).isInstanceOf(ReachableOpExecutioner.class);

    INDArray matrix = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}});
    INDArray row = Nd4j.createFromArray(10f, 20f, 30f);
    assertThat(matrix.addRowVector(row).toFloatMatrix())
        .isDeepEqualTo(new float[][] {{11, 22, 33}, {14, 25, 36}});
    assertThat(matrix.sum(0).toFloatVector()).containsExactly(5, 7, 9);
    assertThat(matrix.std(1).toFloatVector()).containsExactly(1, 1);
    assertThat(matrix.argMax(1).toIntVector()).containsExactly(2, 2);
    assertThat(matrix.mul(2).getFloat(1, 2)).isEqualTo(12);
  }
}
