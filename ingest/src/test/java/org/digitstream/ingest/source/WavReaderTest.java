package org.digitstream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavReaderTest {
  @TempDir private Path folder;

  @Test
  void samplesOf16BitsArriveUntouched() throws IOException {
    short[] samples = IntStream.rangeClosed(-32768, 32767).boxed().collect(Shorts.toShorts());
    assertThat(WavReader.readMono(file(new WavBytes().pcm16(samples)), 16_000)).isEqualTo(samples);
  }

  static Stream<Arguments> encodings() {
    return Stream.of(
        Arguments.of(
            1, 8, new byte[] {0, 64, (byte) 128, (byte) 192}, shorts(-32768, -16384, 0, 16384)),
        Arguments.of(1, 16, new byte[] {0, (byte) 0x80, 1, 0}, shorts(-32768, 1)),
        Arguments.of(
            1,
            24,
            new byte[] {0, 0, (byte) 0x80, 0, 1, 0, (byte) 0xff, 0, 0},
            shorts(-32768, 1, 1)),
        Arguments.of(
            1,
            32,
            new byte[] {0, 0, 0, (byte) 0x80, 0, 0, (byte) 0xff, (byte) 0xff},
            shorts(-32768, -1)),
        Arguments.of(
            3,
            32,
            floats(-1f, 0.5f, 0f, 7f, Float.NaN, Float.NEGATIVE_INFINITY),
            shorts(-32768, 16384, 0, 32767, 0, 0)),
        Arguments.of(
            6, 8, new byte[] {(byte) 0xd5, 0x55, 0x2a, (byte) 0xaa}, shorts(8, -8, -32256, 32256)),
        Arguments.of(
            7, 8, new byte[] {(byte) 0xff, 0x7f, 0, (byte) 0x80}, shorts(0, 0, -32124, 32124)));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void everyEncodingIsDecoded(int tag, int bits, byte[] data, short[] expected) throws IOException {
    WavBytes plain = new WavBytes().format(tag, bits).data(data);
    assertThat(WavReader.readMono(file(plain), 16_000)).isEqualTo(expected);
    assertThat(WavReader.readMono(file(plain.extensible()), 16_000)).isEqualTo(expected);
    assertThat(WavReader.readMono(Path.of("in memory"), plain.toBytes(), 16_000))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"6, ALAW", "7, ULAW"})
  void allCodesOfG711AgreeWithTheJdk(int tag, String name) throws IOException {
    byte[] codes = new byte[256];
    IntStream.range(0, 256).forEach(i -> codes[i] = (byte) i);
    AudioFormat coded =
        new AudioFormat(new AudioFormat.Encoding(name), 16_000, 8, 1, 1, 16_000, false);
    AudioFormat decoded = new AudioFormat(16_000, 16, 1, true, false);
    short[] expected = new short[256];
    try (AudioInputStream in =
        AudioSystem.getAudioInputStream(
            decoded, new AudioInputStream(new ByteArrayInputStream(codes), coded, 256))) {
      ByteBuffer.wrap(in.readAllBytes())
          .order(ByteOrder.LITTLE_ENDIAN)
          .asShortBuffer()
          .get(expected);
    }
    Path file = file(new WavBytes().format(tag, 8).data(codes));
    assertThat(WavReader.readMono(file, 16_000)).isEqualTo(expected);
  }

  @Test
  void channelsAreMixedByTheirMean() throws IOException {
    Path stereo = file(new WavBytes().channels(2).pcm16(shorts(100, 300, -5, -5, 32767, 32767)));
    assertThat(WavReader.readMono(stereo, 16_000)).containsExactly(200, -5, 32767);
    Path five = file(new WavBytes().channels(5).pcm16(shorts(10, 20, 30, 40, 50)));
    assertThat(WavReader.readMono(five, 16_000)).containsExactly(30);
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 11_025, 22_050, 44_100, 48_000, 96_000})
  void otherRatesAreResampledToTheRateAsked(int rateHz) throws IOException {
    short[] tone = new short[rateHz / 2];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (short) (10_000 * Math.sin(2 * Math.PI * 440 * i / rateHz));
    }
    Path file = file(new WavBytes().sampleRateHz(rateHz).pcm16(tone));
    short[] samples = WavReader.readMono(file, 16_000);
    assertThat(samples).hasSize((int) Math.round(tone.length * 16_000.0 / rateHz));
    double worst = 0;
    for (int i = 500; i < samples.length - 500; i++) {
      double expected = 10_000 * Math.sin(2 * Math.PI * 440 * i / 16_000);
      worst = Math.max(worst, Math.abs(samples[i] - expected));
    }
    assertThat(worst).isLessThan(40);
  }

  @Test
  void otherChunksAreSkippedWithTheirPadding() throws IOException {
    byte[] odd = WavBytes.chunk("LIST", new byte[7]);
    Path file = file(new WavBytes().before(odd).pcm16(shorts(1, 2, 3)).after(odd));
    assertThat(WavReader.readMono(file, 16_000)).containsExactly(1, 2, 3);
  }

  @Test
  void anIncompleteLastFrameIsLeftOut() throws IOException {
    Path file = file(new WavBytes().channels(2).pcm16(shorts(4, 6, 9)));
    assertThat(WavReader.readMono(file, 16_000)).containsExactly(5);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "4294967295, 4294967295", "2147479588, 2147479552", "2147483684, 2147483648"})
  void aLengthLeftOpenByAPipeReachesToTheEnd(long riffSize, long dataSize) throws IOException {
    Path file = file(new WavBytes().claiming(riffSize, dataSize).pcm16(shorts(7, 8, 9)));
    assertThat(WavReader.readMono(file, 16_000)).containsExactly(7, 8, 9);
    try (WavReader reader = WavReader.open(file)) {
      assertThat(reader.openEnded()).isTrue();
      assertThat(reader.frames()).isEqualTo(3);
    }
  }

  @Test
  void aTextFileIsToldByItsFirstLetters() throws IOException {
    assertRefused(
        "hello, this is text\n".getBytes(StandardCharsets.UTF_8),
        "not a WAV file",
        "hell",
        "ffmpeg");
  }

  @Test
  void aHeaderCutAnywhereIsToldAsSuch() throws IOException {
    byte[] whole = new WavBytes().pcm16(shorts(1, 2, 3)).toBytes();
    for (int length = 1; length < 44; length++) {
      assertRefused(Arrays.copyOf(whole, length), "ends inside its header", "again");
    }
    assertRefused(new byte[0], "empty");
  }

  @ParameterizedTest
  @ValueSource(longs = {4_000_000_000L, 4_294_967_295L, 3_000_000_000L, 2_147_483_647L, 1000})
  void moreSamplesClaimedThanThereAreIsACutOffFile(long claimed) throws IOException {
    byte[] bytes = new WavBytes().claiming(42, claimed).pcm16(shorts(1, 2, 3)).toBytes();
    assertRefused(bytes, "claims " + claimed + " bytes", "only 6 follow", "cut off");
  }

  @Test
  void aChunkThatClaims4GigabytesIsNotBelieved() throws IOException {
    byte[] bytes = new WavBytes().before(new byte[] {'L', 'I', 'S', 'T', -1, -1, -1, -1}).toBytes();
    assertRefused(bytes, "'LIST' chunk claims 4294967295 bytes");
    byte[] format = new WavBytes().pcm16(shorts(1)).toBytes();
    Arrays.fill(format, 16, 20, (byte) 0xff);
    assertRefused(format, "'fmt ' chunk has 4294967295 bytes");
  }

  @Test
  void zeroSamplesAreRefused() throws IOException {
    assertRefused(new WavBytes().toBytes(), "no samples", "again");
    assertRefused(new WavBytes().claiming(0, 0).toBytes(), "no samples");
    assertRefused(new WavBytes().channels(2).data(new byte[3]).toBytes(), "no samples");
  }

  @Test
  void whatCannotBeDecodedIsToldByItsFormat() throws IOException {
    assertRefused(
        new WavBytes().format(2, 4).data(new byte[9]).toBytes(), "format tag 2", "ffmpeg");
    assertRefused(new WavBytes().format(3, 64).data(new byte[8]).toBytes(), "tag 3 with 64 bits");
    assertRefused(new WavBytes().sampleRateHz(4000).pcm16(shorts(1)).toBytes(), "4000 Hz");
    assertRefused(new WavBytes().sampleRateHz(192_000).pcm16(shorts(1)).toBytes(), "192000 Hz");
    assertRefused(new WavBytes().sampleRateHz(-5).pcm16(shorts(1)).toBytes(), "sample rate");
    assertRefused(new WavBytes().channels(0).pcm16(shorts(1)).toBytes(), "0 channels");
    byte[] contradiction = new WavBytes().pcm16(shorts(1)).toBytes();
    contradiction[32] = 7;
    assertRefused(contradiction, "contradicts itself", "7 bytes a frame");
    byte[] subFormat = new WavBytes().extensible().pcm16(shorts(1)).toBytes();
    subFormat[59] ^= 1;
    assertRefused(subFormat, "sub-format");
    byte[] otherKind = new WavBytes().pcm16(shorts(1)).toBytes();
    otherKind[8] = 'A';
    assertRefused(otherKind, "'AAVE'");
    byte[] noFormat = new WavBytes().pcm16(shorts(1)).toBytes();
    noFormat[12] = 'g';
    assertRefused(noFormat, "no 'fmt ' chunk");
  }

  @Test
  void foldersMissingFilesAndPipesAreRefusedWithoutWaiting() throws Exception {
    assertThatThrownBy(() -> WavReader.open(folder))
        .isInstanceOf(UnreadableAudioException.class)
        .hasMessageContaining("folder");
    assertThatThrownBy(() -> WavReader.open(folder.resolve("absent.wav")))
        .isInstanceOf(UnreadableAudioException.class)
        .hasMessageContaining("absent.wav")
        .hasMessageContaining("no such file");
    Path pipe = folder.resolve("pipe.wav");
    if (Files.isExecutable(Path.of("/usr/bin/mkfifo"))) {
      new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor();
      assertThatThrownBy(() -> WavReader.open(pipe)).hasMessageContaining("not a regular file");
    }
  }

  @Test
  void aFileThatShrinksDeliversWhatIsThereAndThenFails() throws IOException {
    Path file = file(new WavBytes().pcm16(new short[200_000]));
    try (WavReader reader = WavReader.open(file)) {
      float[] block = new float[2048];
      assertThat(reader.read(block)).isEqualTo(2048);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(44 + 2 * 100_000 + 1);
      }
      assertThatThrownBy(
              () -> {
                long frames = 2048;
                for (int count = reader.read(block); count >= 0; count = reader.read(block)) {
                  frames += count;
                  assertThat(frames).isLessThanOrEqualTo(100_000);
                }
              })
          .isInstanceOf(UnreadableAudioException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("while it was read");
    }
  }

  @Test
  void randomDamageToAHeaderIsAnErrorOrAudioButNothingElse() throws IOException {
    byte[] whole = new WavBytes().extensible().pcm16(new short[300]).toBytes();
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k <= random.nextInt(3); k++) {
        damaged[random.nextInt(68)] = (byte) random.nextInt();
      }
      Path file = folder.resolve("damaged.wav");
      Files.write(file, damaged);
      try {
        assertThat(WavReader.readMono(file, 16_000).length).isLessThan(2000);
      } catch (UnreadableAudioException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(50, 299);
  }

  @ParameterizedTest
  @EnumSource(SampleEncoding.class)
  void formatsDescribeThemselves(SampleEncoding encoding) {
    assertThat(new WavFormat(encoding, 44_100, 2).describe())
        .isEqualTo(encoding.description() + ", 44100 Hz, 2 channels");
  }

  private Path file(WavBytes wav) throws IOException {
    return Files.write(folder.resolve("sound.wav"), wav.toBytes());
  }

  private void assertRefused(byte[] bytes, String... parts) throws IOException {
    Path file = Files.write(folder.resolve("bad.wav"), bytes);
    assertThatThrownBy(() -> WavReader.readMono(file, 16_000))
        .isInstanceOf(UnreadableAudioException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContainingAll(parts);
  }

  private static short[] shorts(int... values) {
    return Arrays.stream(values).boxed().collect(Shorts.toShorts());
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
