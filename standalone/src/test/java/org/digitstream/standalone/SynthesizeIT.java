package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.CorpusReader;
import org.digitstream.training.corpus.Utterance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** With the real espeak-ng and flite, listening to them in numbers. */
class SynthesizeIT {
  private static final int RATE = 22_050;

  @TempDir Path folder;

  @BeforeEach
  void assumeInstalled() {
    for (String program : List.of("espeak-ng", "flite")) {
      if (Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
          .noneMatch(bin -> Files.isExecutable(Path.of(bin, program)))) {
        String message = "missing: " + program + "; install espeak-ng flite";
        if ("1".equals(System.getenv("DIGITSTREAM_REQUIRE_SYSTEM_TESTS"))) {
          throw new AssertionError(message);
        }
        throw new TestAbortedException(message);
      }
    }
  }

  @Test
  void manyVoicesSayEveryDigitAtEveryRateAndTheSameOnesTwice() throws IOException {
    Program first = synthesize("voices", "--voices=24", "--step=180", "--fastest=240");
    assertThat(first.complaints()).isEmpty();
    assertThat(first.out()).contains("480 recordings by 24 voices (480 made, 0 were there)");

    Corpus corpus = CorpusReader.read(List.of(folder.resolve("voices")), RATE, files -> {});

    assertThat(corpus.unreadable()).isEmpty();
    assertThat(corpus.utterances().stream().map(Utterance::speaker).distinct()).hasSize(24);
    for (Utterance word : corpus.utterances()) {
      int peak =
          IntStream.range(0, word.samples().length)
              .map(i -> Math.abs(word.samples()[i]))
              .max()
              .orElse(0);
      assertThat(peak).as(word.name()).isBetween(23_100, 23_300);
      assertThat(seconds(word)).as(word.name()).isBetween(0.14, 2.6);
    }
    assertThat(meanSeconds(corpus, "_60.wav") / meanSeconds(corpus, "_240.wav"))
        .isBetween(2.5, 4.5);
    assertThat(corpus.utterances().stream().map(word -> Arrays.hashCode(word.samples())).distinct())
        .hasSize(480);

    synthesize("again", "--voices=6", "--step=180", "--fastest=240");
    try (Stream<Path> again = Files.list(folder.resolve("again"))) {
      for (Path file : again.toList()) {
        assertThat(file)
            .hasSameBinaryContentAs(folder.resolve("voices").resolve(file.getFileName()));
      }
    }
  }

  @Test
  void allVoicesAreMoreThanTwentyAndEachSpeaksUnlikeTheOthers() throws IOException {
    Program all = synthesize("voices", "--voices=60", "--slowest=160", "--fastest=160", "--oh");
    assertThat(all.out()).contains("660 recordings by 60 voices");
    try (Stream<Path> sevens = Files.list(folder.resolve("voices"))) {
      Map<Integer, Long> same =
          sevens
              .filter(file -> file.getFileName().toString().startsWith("7_"))
              .collect(Collectors.groupingBy(SynthesizeIT::hash, Collectors.counting()));
      assertThat(same).hasSize(60);
    }
  }

  private Program synthesize(String output, String... options) {
    Program program =
        Program.run(
            Map.of("PATH", System.getenv("PATH")),
            Stream.concat(
                    Stream.of("train", "synthesize", "-o", folder.resolve(output).toString()),
                    Stream.of(options))
                .toArray(String[]::new));
    assertThat(program.exitCode()).isZero();
    return program;
  }

  private static int hash(Path file) {
    try {
      return Arrays.hashCode(WavReader.readMono(file, RATE));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static double seconds(Utterance word) {
    return (double) word.samples().length / RATE;
  }

  private static double meanSeconds(Corpus corpus, String suffix) {
    return corpus.utterances().stream()
        .filter(word -> word.name().endsWith(suffix))
        .mapToDouble(SynthesizeIT::seconds)
        .average()
        .orElseThrow();
  }
}
