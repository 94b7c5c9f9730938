package org.digitstream.dashboards.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LevelCutterTest {
  private final List<String> pieces = new ArrayList<>();
  private final LevelCutter cutter =
      new LevelCutter(
          4, (number, rms, peak) -> pieces.add(number + " " + (rms & 255) + " " + (peak & 255)));

  @Test
  void levelsAreTheSameHoweverTheAudioIsCut() {
    short[] audio = new short[40];
    for (int i = 0; i < audio.length; i++) {
      audio[i] = (short) (i * 800);
    }
    cutter.accept(0, audio);
    List<String> whole = List.copyOf(pieces);
    assertThat(whole).hasSize(10);
    pieces.clear();
    for (int at = 0; at < audio.length; at += 3) {
      cutter.accept(1000 * 4 + at, Arrays.copyOfRange(audio, at, Math.min(at + 3, audio.length)));
    }
    assertThat(pieces.stream().map(piece -> piece.substring(piece.indexOf(' '))).toList())
        .isEqualTo(whole.stream().map(piece -> piece.substring(piece.indexOf(' '))).toList());
  }

  @Test
  void aFullScaleSquareIsTheTopAndSilenceTheBottom() {
    cutter.accept(0, new short[] {-32768, -32768, -32768, -32768, 0, 0, 0, 0});
    assertThat(pieces).containsExactly("0 255 255", "1 0 0");
  }

  @Test
  void aPieceWithSamplesMissingIsNotToldOf() {
    cutter.accept(0, new short[] {100, 100});
    cutter.accept(3, new short[] {100, 100, 100, 100, 100});
    assertThat(pieces).hasSize(1).first().asString().startsWith("1 ");
  }
}
