package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.digitstream.ingest.source.WavFormat;
import org.digitstream.ingest.source.WavReader;
import org.junit.jupiter.api.Test;

/** What {@code standalone/scripts/make-recordings} promises about the bundled recordings. */
class BundledRecordingsTest {
  private static final Path FOLDER = Path.of("src/main/resources/recordings");
  private static final int SAMPLE_RATE_HZ = 16_000;

  @Test
  void everyRecordingHasATranscriptAndEveryTranscriptARecording() throws IOException {
    assertThat(transcripts().keySet()).containsExactlyInAnyOrderElementsOf(recordings());
    assertThat(transcripts().values()).allMatch(digits -> digits.matches("[0-9]+"));
  }

  @Test
  void labelsInNamesAgreeWithTheTranscripts() throws IOException {
    transcripts()
        .forEach(
            (name, digits) -> {
              if (Character.isDigit(name.charAt(0))) {
                assertThat(name).startsWith(digits + "_").matches("[0-9]_[^_]+_[0-9]+\\.wav");
              }
            });
  }

  @Test
  void singleDigitsAreAllThere() throws IOException {
    assertThat(transcripts().values())
        .containsAll(IntStream.range(0, 10).mapToObj(Integer::toString).toList());
  }

  @Test
  void theFormatsThatWavFilesComeInAreThere() throws Exception {
    Set<String> formats = new HashSet<>();
    for (String name : recordings()) {
      try (WavReader reader = WavReader.open(FOLDER.resolve(name))) {
        WavFormat format = reader.format();
        formats.add(format.encoding() + "/" + format.sampleRateHz() + "/" + format.channels());
      }
    }
    assertThat(formats)
        .contains(
            "MU_LAW/8000/1",
            "A_LAW/8000/1",
            "PCM_8/8000/1",
            "PCM_16/8000/1",
            "PCM_16/16000/1",
            "PCM_16/44100/2",
            "PCM_24/48000/1",
            "FLOAT_32/8000/1");
  }

  @Test
  void everyRecordingIsLoudWithoutClipping() throws Exception {
    for (String name : recordings()) {
      int peak = 0;
      for (short sample : WavReader.readMono(FOLDER.resolve(name), SAMPLE_RATE_HZ)) {
        peak = Math.max(peak, Math.abs(sample));
      }
      assertThat(peak).as(name).isBetween(12_000, 28_000);
    }
  }

  /**
   * Latency counts only words that are followed by a second of audio; the demo shows it for all.
   */
  @Test
  void theDemoSaysAllTenDigitsAndEndsWithMoreThanASecondOfQuiet() throws Exception {
    assertThat(transcripts().get("demo.wav").chars().sorted().distinct().count()).isEqualTo(10);

    short[] samples = WavReader.readMono(FOLDER.resolve("demo.wav"), SAMPLE_RATE_HZ);
    assertThat(samples).hasSizeLessThan(11 * SAMPLE_RATE_HZ);
    for (int i = samples.length - SAMPLE_RATE_HZ * 6 / 5; i < samples.length; i++) {
      // -48 dBFS
      assertThat(Math.abs(samples[i])).isLessThan(130);
    }
  }

  @Test
  void allTogetherStaySmallEnoughToBeCommitted() throws IOException {
    long bytes = 0;
    for (String name : recordings()) {
      bytes += Files.size(FOLDER.resolve(name));
    }
    assertThat(bytes).isLessThanOrEqualTo(480_000);
  }

  private static List<String> recordings() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".wav"))
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }

  private static Map<String, String> transcripts() throws IOException {
    Map<String, String> transcripts = new LinkedHashMap<>();
    for (String line : Files.readAllLines(FOLDER.resolve("transcripts.tsv"))) {
      int tab = line.indexOf('\t');
      assertThat(transcripts.put(line.substring(0, tab), line.substring(tab + 1)))
          .as("one line for %s", line)
          .isNull();
    }
    return transcripts;
  }
}
