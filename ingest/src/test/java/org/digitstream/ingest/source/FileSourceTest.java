package org.digitstream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.digitstream.contract.AudioChunk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourceTest {
  @TempDir private Path folder;
  private final FakeTime time = new FakeTime();
  private final List<AudioChunk> chunks = new ArrayList<>();
  private final AtomicLong start = new AtomicLong();

  @ParameterizedTest
  @CsvSource({"16000, realtime", "44100, realtime", "44100, max", "22050, 3.5", "8000, 40"})
  void everyPacingStreamsTheSamplesOfTheWholeFile(int rateHz, String pacing) throws Exception {
    Path file = noise(rateHz, rateHz + 17);
    long samples = source(file, Pacing.parse(pacing)).stream("id", chunks::add, start::set);
    short[] expected = WavReader.readMono(file, 16_000);
    assertThat(samples).isEqualTo(expected.length);
    assertThat(joined(chunks)).isEqualTo(expected);
    assertThat(chunks).extracting(AudioChunk::source).containsOnly("noise.wav");
    assertThat(chunks).extracting(AudioChunk::streamId).containsOnly("id");
    assertThat(chunks.subList(0, chunks.size() - 1)).noneMatch(AudioChunk::end);
    assertThat(chunks.get(chunks.size() - 1).end()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"realtime, 320, 1.0", "4, 1280, 4.0", "40, 3200, 40.0", "0.5, 320, 0.5"})
  void aChunkLeavesWhenItsLastSampleIsDue(String pacing, int chunkSamples, double speed)
      throws Exception {
    Path file = noise(16_000, 16_000);
    source(file, Pacing.parse(pacing)).stream(
        "id",
        chunk -> {
          long due = FakeTime.START_MICROS + Math.round(chunk.nextSample() * 62.5 / speed);
          assertThat(chunk.capturedAtMicros()).isEqualTo(due);
          assertThat(time.wallMicros()).isEqualTo(due);
          chunks.add(chunk);
        },
        start::set);
    assertThat(start).hasValue(FakeTime.START_MICROS);
    assertThat(chunks.get(0).samples()).hasSize(chunkSamples);
  }

  @Test
  void aChunkThatLeavesLateKeepsTheTimeThatItWasDue() throws Exception {
    Path file = noise(16_000, 16_000);
    source(file, Pacing.REALTIME).stream(
        "id",
        chunk -> {
          time.pass(50_000_000);
          chunks.add(chunk);
        },
        start::set);
    assertThat(chunks.get(10).capturedAtMicros()).isEqualTo(FakeTime.START_MICROS + 11 * 20_000);
  }

  @Test
  void withoutPacingNobodyWaitsAndChunksAreLong() throws Exception {
    source(noise(16_000, 16_000), Pacing.MAX).stream("id", chunks::add, start::set);
    assertThat(time.nanos()).isZero();
    assertThat(chunks).hasSize(6);
    assertThat(chunks.get(0).samples()).hasSize(3200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"realtime", "max"})
  void anInterruptedFileHasNoEndMarker(String pacing) throws IOException {
    Path file = noise(16_000, 16_000);
    assertThatThrownBy(
            () ->
                source(file, Pacing.parse(pacing)).stream(
                    "id",
                    chunk -> {
                      chunks.add(chunk);
                      if (chunks.size() == 3) {
                        Thread.currentThread().interrupt();
                      }
                    },
                    start::set))
        .isInstanceOf(InterruptedException.class);
    assertThat(chunks).hasSize(3).noneMatch(AudioChunk::end);
  }

  @Test
  void aFileThatBreaksOffHasNoEndMarker() throws IOException {
    Path file = noise(16_000, 200_000);
    assertThatThrownBy(
            () ->
                source(file, Pacing.REALTIME).stream(
                    "id",
                    chunk -> {
                      chunks.add(chunk);
                      truncate(file, 100_000);
                    },
                    start::set))
        .isInstanceOf(UnreadableAudioException.class)
        .hasMessageContaining("while it was read");
    assertThat(chunks).isNotEmpty().noneMatch(AudioChunk::end);
  }

  @Test
  void aFileThatCannotBeReadSendsNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("text.wav"), "just some text");
    assertThatThrownBy(() -> source(file, Pacing.MAX).stream("id", chunks::add, start::set))
        .isInstanceOf(UnreadableAudioException.class);
    assertThat(chunks).isEmpty();
    assertThat(start).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "0", "-1", "1e9", "NaN", ""})
  void whatIsNoSpeedIsRefused(String text) {
    assertThatThrownBy(() -> Pacing.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private FileSource source(Path file, Pacing pacing) {
    return new FileSource(file, 16_000, pacing, time.timing());
  }

  private Path noise(int rateHz, int length) throws IOException {
    Random random = new Random(length);
    short[] samples = new short[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (short) random.nextInt();
    }
    byte[] wav = new WavBytes().sampleRateHz(rateHz).pcm16(samples).toBytes();
    return Files.write(folder.resolve("noise.wav"), wav);
  }

  private static void truncate(Path file, long size) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static short[] joined(List<AudioChunk> chunks) {
    SampleBuffer joined = new SampleBuffer();
    chunks.forEach(chunk -> joined.append(chunk.samples()));
    return joined.toArray();
  }
}
