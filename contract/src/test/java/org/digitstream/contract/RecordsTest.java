package org.digitstream.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.digitstream.contract.DigitEvent.RunnerUp;
import org.junit.jupiter.api.Test;

/** Records validate where they are made, and the message quotes the bad value. */
class RecordsTest {
  private static final long MAX_INDEX = 1L << 52;

  @Test
  void anAudioChunkKeepsItsBounds() {
    assertThatCode(() -> chunk("s", "", MAX_INDEX, 96_000, 1, false)).doesNotThrowAnyException();
    assertThatCode(() -> chunk("s", "", 0, 8_000, 0, true)).doesNotThrowAnyException();
    refused("none", () -> chunk(null, "", 0, 8_000, 1, false));
    refused("1 to 200", () -> chunk("", "", 0, 8_000, 1, false));
    refused("201", () -> chunk("s".repeat(201), "", 0, 8_000, 1, false));
    refused("null", () -> chunk("s", null, 0, 8_000, 1, false));
    refused("201", () -> chunk("s", "s".repeat(201), 0, 8_000, 1, false));
    refused("-1", () -> chunk("s", "", -1, 8_000, 1, false));
    refused("" + (MAX_INDEX + 1), () -> chunk("s", "", MAX_INDEX + 1, 8_000, 1, false));
    refused("7999", () -> chunk("s", "", 0, 7_999, 1, false));
    refused("96001", () -> chunk("s", "", 0, 96_001, 1, false));
    refused("480001", () -> chunk("s", "", 0, 8_000, AudioChunk.MAX_SAMPLES + 1, false));
    refused("must be the end", () -> chunk("s", "", 0, 8_000, 0, false));
    refused("gap", () -> new AudioChunk("s", "", 0, 8_000, new short[1], 0, null, false));
  }

  @Test
  void aChunkKnowsTheSampleThatComesNext() {
    assertThat(chunk("s", "", 1_000, 8_000, 320, false).nextSample()).isEqualTo(1_320);
  }

  @Test
  void framesKeepTheirBounds() {
    assertThatCode(() -> frames("x", 0, 40, new float[80], false, 0)).doesNotThrowAnyException();
    refused("featureSpecId", () -> frames("", 0, 40, new float[40], false, 0));
    refused("featureSpecId", () -> frames(null, 0, 40, new float[40], false, 0));
    refused("-1", () -> frames("x", -1, 40, new float[40], false, 0));
    refused("-1", () -> frames("x", 0, 40, new float[40], false, -1));
    refused("0", () -> frames("x", 0, 0, new float[0], true, 0));
    refused("257", () -> frames("x", 0, 257, new float[257], false, 0));
    refused("41 values", () -> frames("x", 0, 40, new float[41], false, 0));
    refused("262145", () -> frames("x", 0, 1, new float[LogMelFrames.MAX_VALUES + 1], false, 0));
    refused("must be the end", () -> frames("x", 0, 40, new float[0], false, 0));
    refused("NaN", () -> frames("x", 0, 1, new float[] {Float.NaN}, false, 0));
    refused("Infinity", () -> frames("x", 0, 1, new float[] {Float.NEGATIVE_INFINITY}, false, 0));
  }

  @Test
  void framesKnowTheFrameThatComesNext() {
    LogMelFrames frames = frames("x", 7, 40, new float[120], false, 0);

    assertThat(frames.frameCount()).isEqualTo(3);
    assertThat(frames.nextFrame()).isEqualTo(10);
  }

  @Test
  void aDigitEventKeepsItsBounds() {
    assertThatCode(() -> digit(0, 9, 0, 1, 1f, "m")).doesNotThrowAnyException();
    refused("10", () -> digit(0, 10, 0, 1, 1f, "m"));
    refused("-1", () -> digit(0, -1, 0, 1, 1f, "m"));
    refused("-1", () -> digit(-1, 0, 0, 1, 1f, "m"));
    refused("5..5", () -> digit(0, 0, 5, 5, 1f, "m"));
    refused("-2..5", () -> digit(0, 0, -2, 5, 1f, "m"));
    refused("" + (MAX_INDEX + 1), () -> digit(0, 0, 0, MAX_INDEX + 1, 1f, "m"));
    refused("1.5", () -> digit(0, 0, 0, 1, 1.5f, "m"));
    refused("NaN", () -> digit(0, 0, 0, 1, Float.NaN, "m"));
    refused("modelId", () -> digit(0, 0, 0, 1, 1f, ""));
    refused("12", () -> new RunnerUp(12, 0));
    refused("-0.5", () -> new RunnerUp(1, -0.5f));
  }

  @Test
  void aDigitEventDoesNotChangeWithTheListItWasMadeOf() {
    List<RunnerUp> others = new ArrayList<>(List.of(new RunnerUp(1, 0.1f)));
    DigitEvent event = new DigitEvent("s", "", 0, 0, 0, 1, 8_000, 1f, others, "m");

    others.clear();

    assertThat(event.runnersUp()).hasSize(1);
  }

  @Test
  void theEndOfAStreamKeepsItsBounds() {
    assertThatCode(() -> new StreamEnd("s", "", 0, 0, 8_000, "m")).doesNotThrowAnyException();
    refused("-1", () -> new StreamEnd("s", "", -1, 0, 8_000, "m"));
    refused("-1", () -> new StreamEnd("s", "", 0, -1, 8_000, "m"));
    refused("7999", () -> new StreamEnd("s", "", 0, 0, 7_999, "m"));
    refused("modelId", () -> new StreamEnd("s", "", 0, 0, 8_000, null));
  }

  private static void refused(String quoted, ThrowingCallable making) {
    assertThatThrownBy(making)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(quoted);
  }

  private static AudioChunk chunk(
      String streamId, String source, long first, int rate, int samples, boolean end) {
    return new AudioChunk(
        streamId, source, first, rate, new short[samples], 0, GapReason.NONE, end);
  }

  private static LogMelFrames frames(
      String spec, long first, int bands, float[] values, boolean end, long next) {
    return new LogMelFrames("s", "", spec, first, bands, values, 0, end, next);
  }

  private static DigitEvent digit(
      long index, int digit, long start, long end, float confidence, String model) {
    return new DigitEvent("s", "", index, digit, start, end, 8_000, confidence, List.of(), model);
  }
}
