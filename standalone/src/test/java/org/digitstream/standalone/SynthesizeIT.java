package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.CorpusReader;
import org.digitstream.training.corpus.SpokenDigit;
import org.digitstream.training.corpus.Utterance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** With the real espeak-ng and flite, listening to them in numbers. */
class SynthesizeIT {
  private static final List<String> NAMES =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  /** How many sounds each of them has. */
  private static final List<Integer> SOUNDS = List.of(4, 3, 2, 3, 3, 3, 4, 5, 2, 3);

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

  /** flite tells the times of its sounds; espeak-ng does not. */
  @Test
  void theTimesOfAStringsDigitsAreThoseOfTheSynthesizer() throws Exception {
    synthesize("voices", "--voices=10", "--slowest=160", "--fastest=160", "--strings=4");
    List<Utterance> strings =
        CorpusReader.read(List.of(folder.resolve("voices")), RATE, files -> {})
            .utterances()
            .stream()
            .filter(utterance -> utterance.kind() == Utterance.Kind.DIGIT_STRING)
            .toList();
    assertThat(strings).hasSize(40);
    List<Double> errors = new ArrayList<>();
    for (Utterance string : strings) {
      if (string.speaker().startsWith("flite-")) {
        List<Double> seconds = secondsBySynthesizer(string);
        for (int i = 1; i < seconds.size() - 1; i++) {
          SpokenDigit digit = string.digits().get(i);
          double found = (digit.endSample() - digit.startSample()) / (double) RATE;
          errors.add(Math.abs(found - seconds.get(i)));
        }
      }
    }
    assertThat(errors).hasSizeGreaterThan(20);
    errors.sort(null);
    assertThat(errors.get(errors.size() / 2)).isLessThan(0.03);
    assertThat(errors.get(errors.size() * 9 / 10)).isLessThan(0.1);
  }

  /** How long each word of a string is by flite's own account of its sounds. */
  private List<Double> secondsBySynthesizer(Utterance string) throws Exception {
    List<String> words = new ArrayList<>();
    for (SpokenDigit digit : string.digits()) {
      words.add(digit.oh() ? "oh" : NAMES.get(digit.digit()));
    }
    Process flite =
        new ProcessBuilder(
                "flite",
                "-voice",
                string.speaker().substring("flite-".length()),
                "--setf",
                "duration_stretch=" + 175 / 160.0,
                "-psdur",
                "-t",
                String.join(" ", words),
                "-o",
                folder.resolve("again.wav").toString())
            .redirectErrorStream(true)
            .start();
    String told = new String(flite.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(flite.waitFor()).isZero();
    List<Double> ends = new ArrayList<>();
    double before = 0;
    for (String sound : told.strip().split(" ")) {
      double end = Double.parseDouble(sound.substring(sound.indexOf(':') + 1));
      if (sound.startsWith("pau:")) {
        before = ends.isEmpty() ? end : before;
      } else {
        ends.add(end);
      }
    }
    List<Double> seconds = new ArrayList<>();
    int sounds = 0;
    for (String word : words) {
      sounds += word.equals("oh") ? 1 : SOUNDS.get(NAMES.indexOf(word));
      seconds.add(ends.get(sounds - 1) - before);
      before = ends.get(sounds - 1);
    }
    assertThat(sounds).as(told).isEqualTo(ends.size());
    return seconds;
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
