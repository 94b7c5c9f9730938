package org.digitstream.inference.spotting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkOutputTest {
  @Test
  void outputsThatFollowEachOtherAreOnePieceAndAGapBeginsAnother() {
    NetworkOutput first = new NetworkOutput(3, new float[] {1, 2, 3, 4});
    NetworkOutput second = new NetworkOutput(7, new float[] {5, 6});
    NetworkOutput late = new NetworkOutput(11, new float[] {7, 8});

    List<NetworkOutput> pieces = NetworkOutput.joined(List.of(first, second, late), 2, 2);

    assertThat(pieces).extracting(NetworkOutput::firstFrame).containsExactly(3L, 11L);
    assertThat(pieces.get(0).probabilities()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(pieces.get(1)).isSameAs(late);
  }

  @Test
  void nothingIsNoPiece() {
    assertThat(NetworkOutput.joined(List.of(), 11, 2)).isEmpty();
  }
}
