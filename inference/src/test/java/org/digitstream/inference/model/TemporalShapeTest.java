package org.digitstream.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.digitstream.inference.model.TemporalShape.Convolution;
import org.junit.jupiter.api.Test;

class TemporalShapeTest {
  private static final TemporalShape SHAPE =
      new TemporalShape(
          40,
          List.of(new Convolution(9, 2, 96), new Convolution(9, 1, 96), new Convolution(1, 1, 8)),
          11);

  @Test
  void sizesFollowFromTheLayers() {
    assertThat(SHAPE.receptiveFieldFrames()).isEqualTo(9 + 8 * 2);
    assertThat(SHAPE.strideFrames()).isEqualTo(2);
    assertThat(SHAPE.inputFrames(1)).isEqualTo(25);
    assertThat(SHAPE.inputFrames(4)).isEqualTo(31);
    assertThat(SHAPE.parameterCount())
        .isEqualTo(96 * (40 * 9 + 1) + 96 * (96 * 9 + 1) + 8 * (96 + 1) + 11 * (8 + 1));
  }

  @Test
  void aFrontEndLeavesBandsForTheLayersOverTime() {
    TemporalShape shape =
        new TemporalShape(
            40,
            List.of(
                new PictureShape.Convolution(5, 5, 2, 2, 24),
                new PictureShape.Convolution(3, 3, 2, 1, 8)),
            List.of(new Convolution(7, 2, 16)),
            11);
    assertThat(shape.inputs()).isEqualTo(8 * 8);
    assertThat(shape.strideFrames()).isEqualTo(4);
    assertThat(shape.receptiveFieldFrames()).isEqualTo(5 + 2 * 2 + 6 * 2);
    assertThat(shape.parameterCount())
        .isEqualTo(24 * (25 + 1) + 8 * (24 * 9 + 1) + 16 * (64 * 7 + 1) + 11 * (16 + 1));
  }

  @Test
  void aFrontEndThatDoesNotFitIsRefused() {
    PictureShape.Convolution halves = new PictureShape.Convolution(3, 3, 8, 1, 4);
    assertThatThrownBy(
            () ->
                new TemporalShape(
                    10, List.of(halves, halves), List.of(new Convolution(1, 1, 1)), 11))
        .hasMessage("a kernel of 3 bands does not fit into 1");
  }

  @Test
  void moreWeightsThanAnIntegerCountsAreRefused() {
    PictureShape.Convolution wide = new PictureShape.Convolution(64, 64, 1, 1, 1024);
    assertThatThrownBy(
            () ->
                new TemporalShape(
                    256, List.of(wide, wide, wide), List.of(new Convolution(64, 1, 1024)), 11))
        .hasMessageContaining("weights are not within 1..50000000");
    assertThatThrownBy(
            () ->
                new TemporalShape(
                    40, List.of(new Convolution(64, 1, 1024), new Convolution(64, 1, 1024)), 11))
        .hasMessageContaining("weights are not within 1..50000000");
  }

  @Test
  void stridesThatReachOverMoreFramesThanCanBeKeptAreRefused() {
    for (int layers : new int[] {6, 11, 32}) {
      List<Convolution> strides = Collections.nCopies(layers, new Convolution(2, 8, 1));
      assertThatThrownBy(() -> new TemporalShape(40, strides, 11))
          .hasMessageContaining("which are not both within 1..8192");
    }
  }

  @Test
  void anOutputSpeaksOfAFrameBeforeTheLastOneItSees() {
    StreamGeometry geometry = StreamGeometry.of(SHAPE, 5, 4, 0);
    assertThat(geometry.blockFrames()).isEqualTo(8);
    assertThat(geometry.windowFrames()).isEqualTo(31);
    assertThat(geometry.windowBlocks()).isEqualTo(4);
    // Output 3 is the last of the first block, whose last frame is 7.
    assertThat(geometry.frameOfOutput(3)).isEqualTo(7 - 5);
    assertThat(geometry.frameOfOutput(0)).isEqualTo(1 - 5);
  }

  @Test
  void absurdShapesAreRefused() {
    assertThatThrownBy(() -> new Convolution(0, 1, 1)).hasMessageContaining("kernelFrames 0");
    assertThatThrownBy(() -> new Convolution(9, 9, 1)).hasMessageContaining("stride 9");
    assertThatThrownBy(() -> new Convolution(9, 1, 1_000_000))
        .hasMessageContaining("channels 1000000");
    assertThatThrownBy(() -> new TemporalShape(40, List.of(), 11))
        .hasMessageContaining("number of convolutions 0");
    assertThatThrownBy(() -> StreamGeometry.of(SHAPE, 25, 4, 0))
        .hasMessageContaining("lookAheadFrames 25");
  }
}
