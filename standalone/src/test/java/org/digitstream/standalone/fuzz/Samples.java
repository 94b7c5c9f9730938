package org.digitstream.standalone.fuzz;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.proto.AudioChunkRecord;
import org.digitstream.contract.proto.DigitPosteriorsRecord;
import org.digitstream.contract.proto.LogMelFramesRecord;
import org.digitstream.contract.wire.AudioChunkCodec;
import org.digitstream.contract.wire.DigitPosteriorsCodec;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.StreamEventCodec;

/** Valid inputs, and inputs of the right form with absurd values. */
final class Samples {
  private static final FeatureSpec SPEC = FeatureSpec.WIDEBAND;
  private static final long[] ABSURD = {
    0,
    1,
    -1,
    1L << 52,
    (1L << 52) + 1,
    (1L << 52) - (1L << 24),
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 31
  };
  private static final float[] ABSURD_FLOATS = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    -0f,
    Float.MIN_VALUE,
    1e30f
  };

  static final int TAR_BLOCK = 512;

  private Samples() {}

  static List<byte[]> audioChunks() {
    AudioChunkCodec codec = new AudioChunkCodec();
    return List.of(
        codec.encode(
            new AudioChunk("s", "a.wav", 0, 16_000, new short[640], 1, GapReason.NONE, false)),
        codec.encode(
            new AudioChunk("s", "a", 640, 16_000, new short[3], 2, GapReason.OVERRUN, true)),
        codec.encode(
            new AudioChunk("t", "", 1L << 51, 8_000, new short[0], 3, GapReason.NONE, true)));
  }

  static List<byte[]> logMelFrames() {
    LogMelFramesCodec codec = new LogMelFramesCodec();
    return List.of(
        codec.encode(
            new LogMelFrames(
                "s",
                "a.wav",
                SPEC.id(),
                0,
                SPEC.bands(),
                new float[4 * SPEC.bands()],
                1,
                false,
                832)),
        codec.encode(
            new LogMelFrames("s", "a", SPEC.id(), 9, 1, new float[] {-23f, 4f}, 2, true, 9)),
        codec.encode(
            new LogMelFrames(
                "t", "", FeatureSpec.SEED.id(), 9, 64, new float[64], 3, false, 1L << 50)));
  }

  static List<byte[]> posteriors() {
    return List.of(
        new DigitPosteriorsCodec()
            .encode(new DigitPosteriors("s", "a.wav", "model", -3, 2, 11, new float[22])));
  }

  static List<byte[]> events() {
    StreamEventCodec codec = new StreamEventCodec();
    return List.of(
        codec.encode(
            new DigitEvent(
                "s",
                "a.wav",
                0,
                7,
                0,
                1_000,
                16_000,
                0.9f,
                List.of(new DigitEvent.RunnerUp(1, 0.05f)),
                "model")),
        codec.encode(new StreamEnd("s", "a.wav", 3, 16_000, 16_000, "model")));
  }

  static byte[] absurdAudio(SplittableRandom random) {
    AudioChunkRecord.Builder message =
        AudioChunkRecord.newBuilder()
            .setStreamId(id(random))
            .setSource(random.nextInt(8) == 0 ? "x".repeat(300) : "a")
            .setFirstSample(number(random))
            .setSampleRateHz(random.nextInt(4) == 0 ? (int) number(random) : 16_000)
            .setPcm16(ByteString.copyFrom(new byte[random.nextInt(2_000)]))
            .setCapturedAtMicros(number(random))
            .setGapValue((int) number(random))
            .setEnd(random.nextInt(4) == 0);
    return message.build().toByteArray();
  }

  static byte[] absurdFrames(SplittableRandom random) {
    int bands = random.nextInt(4) == 0 ? (int) number(random) : SPEC.bands();
    LogMelFramesRecord.Builder message =
        LogMelFramesRecord.newBuilder()
            .setStreamId(id(random))
            .setSource("a")
            .setFeatureSpecId(random.nextInt(6) == 0 ? FeatureSpec.NARROWBAND.id() : SPEC.id())
            .setFirstFrame(number(random))
            .setBandCount(bands)
            .setCapturedAtMicros(number(random))
            .setEnd(random.nextInt(4) == 0)
            .setNextSample(number(random));
    int values = random.nextInt(5) == 0 ? random.nextInt(100) : SPEC.bands() * random.nextInt(12);
    for (int i = 0; i < values; i++) {
      message.addValues(
          random.nextInt(values * 3) == 0
              ? ABSURD_FLOATS[random.nextInt(ABSURD_FLOATS.length)]
              : random.nextInt(20) - 20);
    }
    return message.build().toByteArray();
  }

  static byte[] absurdPosteriors(SplittableRandom random) {
    DigitPosteriorsRecord.Builder message =
        DigitPosteriorsRecord.newBuilder()
            .setStreamId(id(random))
            .setSource("a")
            .setModelId(random.nextInt(6) == 0 ? "" : "m")
            .setFirstFrame(number(random))
            .setStrideFrames((int) number(random))
            .setClassCount(random.nextInt(3) == 0 ? (int) number(random) : 11);
    for (int i = random.nextInt(40); i > 0; i--) {
      message.addValues(
          random.nextInt(9) == 0 ? ABSURD_FLOATS[random.nextInt(ABSURD_FLOATS.length)] : 0.1f);
    }
    return message.build().toByteArray();
  }

  private static String id(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> "";
      case 1 -> "i".repeat(201);
      case 2 -> "\0\uffff/";
      default -> "s" + random.nextInt(5);
    };
  }

  private static long number(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> ABSURD[random.nextInt(ABSURD.length)];
      case 1 -> random.nextLong() >> random.nextInt(64);
      default -> random.nextInt(5_000);
    };
  }

  /** WAV files of every encoding, with and without other chunks. */
  static List<byte[]> wavFiles() {
    List<byte[]> files = new ArrayList<>();
    int[][] formats = {{1, 8}, {1, 16}, {1, 24}, {1, 32}, {3, 32}, {6, 8}, {7, 8}};
    for (int[] format : formats) {
      for (int channels : new int[] {1, 2}) {
        files.add(wav(format[0], format[1], channels, false, new byte[240]));
      }
    }
    files.add(wav(1, 16, 2, true, new byte[400]));
    return files;
  }

  private static byte[] wav(int tag, int bits, int channels, boolean list, byte[] data) {
    int frame = channels * bits / 8;
    ByteBuffer wav =
        ByteBuffer.allocate(44 + (list ? 12 : 0) + data.length).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(wav.capacity() - 8).put(ascii("WAVEfmt ")).putInt(16);
    wav.putShort((short) tag).putShort((short) channels).putInt(16_000).putInt(16_000 * frame);
    wav.putShort((short) frame).putShort((short) bits);
    if (list) {
      wav.put(ascii("LIST")).putInt(4).put(ascii("INFO"));
    }
    return wav.put(ascii("data")).putInt(data.length).put(data).array();
  }

  /** Tar archives of one word, and of a sentence with its times. */
  static List<byte[]> archives() {
    byte[] wav = wavFiles().get(2);
    byte[] sentences =
        ascii(
            "{\"file\":\"a.wav\",\"speaker\":\"fash\",\"text\":\"TWO\",\"digits\":"
                + "[{\"digit\":2,\"start\":0.001,\"end\":0.003}]}\n");
    byte[] end = new byte[2 * TAR_BLOCK];
    return List.of(
        joined(archived("7_jackson_0.wav", wav), archived("noise/fan.wav", wav), end),
        joined(archived("an4/transcripts.jsonl", sentences), archived("an4/a.wav", wav), end),
        archived("./3_theo_1.wav", wav));
  }

  private static byte[] archived(String name, byte[] content) {
    ByteBuffer file =
        ByteBuffer.allocate(TAR_BLOCK + (content.length + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK);
    file.put(ascii(name)).position(100);
    file.put(ascii("0000644\0" + "0000000\0" + "0000000\0"));
    file.put(ascii(String.format(Locale.ROOT, "%011o\0%011o\0", content.length, 0)));
    file.position(156).put(ascii("0")).position(257).put(ascii("ustar\00000"));
    file.position(TAR_BLOCK).put(content);
    return withSumsOfHeaders(file.array());
  }

  /** With every header's sum made right. */
  static byte[] withSumsOfHeaders(byte[] archive) {
    byte[] right = archive.clone();
    byte[] mark = ascii("ustar");
    for (int at = 0; at + TAR_BLOCK <= right.length; at += TAR_BLOCK) {
      if (Arrays.equals(right, at + 257, at + 257 + mark.length, mark, 0, mark.length)) {
        Arrays.fill(right, at + 148, at + 156, (byte) ' ');
        int sum = 0;
        for (int i = at; i < at + TAR_BLOCK; i++) {
          sum += right[i] & 0xff;
        }
        byte[] digits = ascii(String.format(Locale.ROOT, "%06o\0 ", sum));
        System.arraycopy(digits, 0, right, at + 148, digits.length);
      }
    }
    return right;
  }

  static byte[] compressed(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
