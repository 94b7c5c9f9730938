package org.digitstream.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.digitstream.inference.model.PictureShape.Convolution;
import org.digitstream.inference.model.PictureShape.FeatureMap;
import org.junit.jupiter.api.Test;

class PictureShapeTest {
  /** The three layers of the study that the project grew out of. */
  private static final PictureShape STUDY =
      new PictureShape(
          64,
          64,
          List.of(
              Convolution.square(6, 2, 16),
              Convolution.square(6, 2, 32),
              Convolution.square(6, 2, 32)),
          10);

  @Test
  void sizesFollowFromTheLayers() {
    assertThat(STUDY.maps())
        .containsExactly(
            new FeatureMap(1, 64, 64),
            new FeatureMap(16, 30, 30),
            new FeatureMap(32, 13, 13),
            new FeatureMap(32, 4, 4));
    assertThat(STUDY.receptiveFieldFrames()).isEqualTo(64);
    assertThat(STUDY.parameterCount())
        .isEqualTo(16 * (36 + 1) + 32 * (16 * 36 + 1) + 32 * (32 * 36 + 1) + 10 * (32 * 4 * 4 + 1));
  }

  @Test
  void aStreamSeesOnePictureInEachCall() {
    StreamGeometry geometry = StreamGeometry.of(STUDY, 20, 4);
    assertThat(geometry).isEqualTo(new StreamGeometry(20, 1, 4, 64));
    assertThat(geometry.blockFrames()).isEqualTo(4);
    assertThat(geometry.windowBlocks()).isEqualTo(16);
    // The picture of output 15 is that of the frames 0 to 63.
    assertThat(geometry.frameOfOutput(15)).isEqualTo(43);
  }

  @Test
  void absurdShapesAreRefused() {
    assertThatThrownBy(() -> new Convolution(6, 0, 2, 2, 1)).hasMessageContaining("kernelFrames 0");
    assertThatThrownBy(() -> new Convolution(6, 6, 9, 2, 1)).hasMessageContaining("strideBands 9");
    assertThatThrownBy(() -> new PictureShape(64, 64, List.of(), 10))
        .hasMessageContaining("number of convolutions 0");
    assertThatThrownBy(() -> new PictureShape(64, 2000, STUDY.convolutions(), 10))
        .hasMessageContaining("frames 2000");
    assertThatThrownBy(() -> new PictureShape(64, 20, STUDY.convolutions(), 10))
        .hasMessageContaining("convolution 2: a kernel of 6x6 does not fit into 13x2");
    Convolution huge = Convolution.square(64, 1, 1024);
    assertThatThrownBy(() -> new PictureShape(256, 256, List.of(huge, huge), 10))
        .hasMessageContaining("weights are not within");
    assertThatThrownBy(() -> StreamGeometry.of(STUDY, 64, 4))
        .hasMessageContaining("lookAheadFrames 64");
    assertThatThrownBy(() -> StreamGeometry.of(STUDY, 20, 65))
        .hasMessageContaining("strideFrames 65");
  }
}
