package org.digitstream.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.DigitEvent.RunnerUp;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEnd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes of released versions, in {@code src/test/resources/wire}. A file there is never changed
 * or removed: old records and old programs are out there. A new field gets new files, {@code
 * *-v2.*}, and a new row here; the rows of older versions then compare what they decode to and no
 * longer what is written today.
 */
class KeptWireFilesTest {
  /** A record, its codec and the file with its bytes. */
  record Kept<T>(String file, RecordCodec<T> codec, T record) {
    @Override
    public String toString() {
      return file;
    }
  }

  static List<Kept<?>> currentVersion() {
    return List.of(
        new Kept<>(
            "audio-chunk-v1.bin",
            new AudioChunkCodec(),
            new AudioChunk(
                "3f1c",
                "7_jackson_32.wav",
                123_456_789_012L,
                16_000,
                new short[] {0, 1, -1, 258, Short.MAX_VALUE, Short.MIN_VALUE},
                1_795_000_000_123_456L,
                GapReason.DEVICE_LOST,
                false)),
        new Kept<>(
            "audio-chunk-end-v1.bin",
            new AudioChunkCodec(),
            new AudioChunk(
                "3f1c", "Größe 数.wav", 320, 8_000, new short[0], -1, GapReason.NONE, true)),
        new Kept<>(
            "log-mel-frames-v1.bin",
            new LogMelFramesCodec(),
            new LogMelFrames(
                "3f1c",
                "microphone",
                "wideband-00000000",
                4_294_967_296L,
                3,
                new float[] {-23.02585f, 0f, -0f, Float.MIN_NORMAL, 12.5f, -7.1f},
                1_795_000_000_123_456L,
                false,
                687_194_767_872L)),
        new Kept<>(
            "log-mel-frames-end-v1.bin",
            new LogMelFramesCodec(),
            new LogMelFrames("3f1c", "", "seed-00000000", 7, 64, new float[0], 0, true, 1792)),
        new Kept<>(
            "digit-posteriors-v1.bin",
            new DigitPosteriorsCodec(),
            new DigitPosteriors(
                "3f1c",
                "microphone",
                "digits-wideband-1+dl4j",
                -13,
                4,
                3,
                new float[] {0.125f, 0.875f, 0, 1, -0f, Float.MIN_NORMAL})),
        new Kept<>(
            "digit-v1.json",
            new StreamEventCodec(),
            new DigitEvent(
                "3f1c",
                "7_jackson_32.wav",
                4,
                7,
                12_000,
                19_040,
                16_000,
                0.987654f,
                List.of(new RunnerUp(1, 0.01f), new RunnerUp(0, 1.4e-45f)),
                "digits-wideband-1")),
        new Kept<>(
            "end-of-stream-v1.json",
            new StreamEventCodec(),
            new StreamEnd(
                "3f1c",
                "7_jackson_32.wav",
                5,
                4_503_599_627_370_496L,
                16_000,
                "digits-wideband-1")));
  }

  @ParameterizedTest
  @MethodSource("currentVersion")
  <T> void keptBytesDecodeForEver(Kept<T> kept) throws Exception {
    T decoded = kept.codec().decode(read(kept.file()));

    assertThat(decoded).usingRecursiveComparison().isEqualTo(kept.record());
  }

  @ParameterizedTest
  @MethodSource("currentVersion")
  <T> void todaysEncoderWritesTheKeptBytes(Kept<T> kept) throws IOException {
    assertThat(kept.codec().encode(kept.record())).isEqualTo(read(kept.file()));
  }

  private static byte[] read(String file) throws IOException {
    try (InputStream in = KeptWireFilesTest.class.getResourceAsStream("/wire/" + file)) {
      assertThat(in).as("kept wire file %s", file).isNotNull();
      return in.readAllBytes();
    }
  }
}
