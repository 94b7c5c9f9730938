package org.digitstream.training.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.digitstream.ingest.source.MonoWav;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.training.Speech;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.CorpusReader;
import org.digitstream.training.corpus.SpokenDigit;
import org.digitstream.training.corpus.Utterance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusSynthesisTest {
  private static final int RATE = 22_050;

  @TempDir Path scratch;
  @TempDir Path folder;

  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final TalkingClock clock = new TalkingClock();
  private List<SpokenWord> words;

  @BeforeEach
  void plan() {
    SynthesisPlan plan = new SynthesisPlan(clock.voices(), List.of(100, 160), 2);
    words = new ArrayList<>(plan.digits());
  }

  @AfterEach
  void end() {
    executor.shutdownNow();
  }

  @Test
  void whatIsMadeIsACorpus() throws Exception {
    List<Integer> progress = new ArrayList<>();

    CorpusSynthesis.Result result = synthesis().run(words, List.of(), executor, progress::add);

    assertThat(result.made()).isEqualTo(40);
    assertThat(result.problems()).isEmpty();
    assertThat(progress).hasSize(40).isSorted().endsWith(40);
    Corpus corpus = CorpusReader.read(List.of(folder), RATE, files -> {});
    assertThat(corpus.utterances()).hasSize(40);
    assertThat(corpus.unreadable()).isEmpty();
    assertThat(corpus.utterances().stream().map(Utterance::speaker).distinct())
        .containsExactly("big", "small");
  }

  @Test
  void stringsAreACorpusWithTheTimesOfTheirDigits() throws Exception {
    SpokenString string =
        new SpokenString(
            "7o1-big-160-0.wav", clock.voices().get(0), List.of("seven", "oh", "one"), 160);
    CorpusSynthesis.Result result =
        synthesis().run(List.of(), List.of(string), executor, done -> {});

    assertThat(result).isEqualTo(new CorpusSynthesis.Result(1, 0, List.of()));
    List<Utterance> read =
        CorpusReader.read(List.of(folder), RATE, files -> {}).utterances().stream()
            .filter(utterance -> utterance.kind() == Utterance.Kind.DIGIT_STRING)
            .toList();
    assertThat(read).hasSize(1);
    assertThat(read.get(0).speaker()).isEqualTo("big");
    assertThat(read.get(0).transcript()).isEqualTo("701");
    List<SpokenDigit> digits = read.get(0).digits();
    assertThat(digits).extracting(SpokenDigit::oh).containsExactly(false, true, false);
    for (int i = 0; i < 3; i++) {
      // 30 ms before the first of three tones of 400 ms.
      assertThat(digits.get(i).startSample() * 1000 / RATE).isCloseTo(30 + 400 * i, within(15));
      assertThat(digits.get(i).endSample() * 1000 / RATE).isCloseTo(430 + 400 * i, within(15));
    }
  }

  @Test
  void stringsThatAreThereAreKeptAndTheirTimesFoundAgain() throws Exception {
    List<SpokenString> strings = new SynthesisPlan(clock.voices(), List.of(100, 160), 2).strings(3);
    synthesis().run(List.of(), strings, executor, done -> {});
    Path transcripts = folder.resolve("strings/transcripts.jsonl");
    byte[] before = Files.readAllBytes(transcripts);
    Files.delete(transcripts);
    assertThatThrownBy(() -> CorpusReader.read(List.of(folder), RATE, files -> {}))
        .hasMessageContaining("no labelled recordings");
    Files.delete(folder.resolve("strings").resolve(strings.get(2).file()));

    CorpusSynthesis.Result again = synthesis().run(List.of(), strings, executor, done -> {});

    assertThat(again).isEqualTo(new CorpusSynthesis.Result(1, 5, List.of()));
    assertThat(transcripts).hasBinaryContent(before);
  }

  @Test
  void whatTheSynthesizerCannotSaySlowlyIsStretched() throws Exception {
    SyntheticVoice big = clock.voices().get(0);
    words =
        List.of(
            new SpokenWord("7_big_160.wav", big, "seven", 160),
            new SpokenWord("7_big_40.wav", big, "seven", 40));
    synthesis().run(words, List.of(), executor, done -> {});
    // The clock says a word of 400 ms, and nothing slower than 80 words a minute.
    assertThat(millis("7_big_160.wav")).isBetween(450L, 480L);
    assertThat(millis("7_big_40.wav")).isBetween(840L, 920L);
  }

  @Test
  void goodFilesAreKeptAndBadOnesMadeAgain() throws Exception {
    synthesis().run(words, List.of(), executor, done -> {});
    byte[] good = Files.readAllBytes(folder.resolve("3_big_160.wav"));
    Files.delete(folder.resolve("1_big_160.wav"));
    Files.write(folder.resolve("2_big_160.wav"), new byte[100]);
    Files.write(folder.resolve("3_big_160.wav"), Arrays.copyOf(good, good.length / 2));
    Files.write(folder.resolve("4_big_160.wav"), MonoWav.bytes(new short[3000], 16_000));
    clock.said.clear();

    CorpusSynthesis.Result again = synthesis().run(words, List.of(), executor, done -> {});

    assertThat(again).isEqualTo(new CorpusSynthesis.Result(4, 36, List.of()));
    assertThat(clock.said).hasSize(4);
    assertThat(folder.resolve("3_big_160.wav")).hasBinaryContent(good);
  }

  @Test
  void theSameWordsMakeTheSameFilesHoweverManyThreads() throws Exception {
    synthesis().run(words, List.of(), executor, done -> {});
    Path other = Files.createDirectory(folder.resolve("other"));
    ExecutorService one = Executors.newSingleThreadExecutor();
    new CorpusSynthesis(other, scratch, RATE).run(words, List.of(), one, done -> {});
    one.shutdownNow();
    for (SpokenWord word : words) {
      assertThat(folder.resolve(word.file())).hasSameBinaryContentAs(other.resolve(word.file()));
    }
  }

  @Test
  void whatCannotBeSaidIsNamedAndTheRestIsMade() throws Exception {
    clock.mute = "seven";
    CorpusSynthesis.Result result = synthesis().run(words, List.of(), executor, done -> {});
    assertThat(result.made()).isEqualTo(36);
    assertThat(result.problems())
        .hasSize(4)
        .allMatch(problem -> problem.startsWith("7_") && problem.contains("silent"));
    assertThat(folder.resolve("7_big_160.wav")).doesNotExist();
  }

  @Test
  void aDiskThatTakesNothingEndsItAndLeavesNothingHalfWritten() throws Exception {
    // A folder where a file is to go: as unwritable for root as for anybody.
    Files.createDirectories(folder.resolve("0_big_100.wav/in-the-way"));
    assertThatThrownBy(() -> synthesis().run(words, List.of(), executor, done -> {}))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("0_big_100.wav");
    executor.shutdown();
    assertThat(executor.awaitTermination(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
    assertThat(scratch).isEmptyDirectory();
  }

  private CorpusSynthesis synthesis() {
    return new CorpusSynthesis(folder, scratch, RATE);
  }

  private long millis(String file) throws IOException {
    return WavReader.readMono(folder.resolve(file), RATE).length * 1000L / RATE;
  }

  /** Says every word as a tone of 400 ms, without a pause. */
  private static final class TalkingClock implements SpeechSynthesizer {
    private static final int SILENCE = Speech.RATE / 5;

    final List<String> said = java.util.Collections.synchronizedList(new ArrayList<>());
    String mute = "";

    @Override
    public String program() {
      return "clock";
    }

    @Override
    public List<SyntheticVoice> voices() {
      return List.of(
          new SyntheticVoice("big", this, "big", 20),
          new SyntheticVoice("small", this, "small", 80));
    }

    @Override
    public int slowestWordsPerMinute() {
      return 80;
    }

    @Override
    public void speak(SyntheticVoice voice, String text, int wordsPerMinute, Path wav)
        throws IOException {
      said.add(text);
      String[] words = text.replace(",", "").split(" ");
      short[][] tones = new short[words.length][];
      for (int i = 0; i < words.length; i++) {
        tones[i] = Speech.word(toneOf(words[i]), 400, 0, voice.pitch());
      }
      short[] sound = new short[2 * SILENCE + Arrays.stream(tones).mapToInt(t -> t.length).sum()];
      int at = SILENCE;
      for (int i = 0; i < words.length && !words[i].equals(mute); i++) {
        System.arraycopy(tones[i], 0, sound, at, tones[i].length);
        at += tones[i].length;
      }
      Speech.writeWav(wav, sound);
    }

    private static int toneOf(String word) {
      int digit = SynthesisPlan.DIGITS.indexOf(word);
      return digit < 0 ? 10 : digit;
    }
  }
}
