package org.digitstream.training.continuous;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.NoiseRecording;
import org.digitstream.training.corpus.SpokenDigit;
import org.digitstream.training.corpus.Utterance;
import org.digitstream.training.evaluation.NoiseMixer;

/**
 * Composes what a recognizer of strings is tried on, of people whom it has not heard. All of it
 * depends on the recordings and the seed alone.
 *
 * <ul>
 *   <li>{@code own strings}: sentences of nothing but digits, as they were said.
 *   <li>{@code strings}: for everybody with recordings of all ten digits, strings of four to eight
 *       of them, gaps of -60 to 400 ms, one digit of six the same as the last; clean, and the same
 *       ones in noise.
 *   <li>{@code other words}: recordings of words that are no digits, half a second apart.
 *   <li>{@code noise}: recordings of noise.
 * </ul>
 */
public final class PassageComposer {
  private static final int LEAST_DIGITS = 4;
  private static final int MOST_DIGITS = 8;
  private static final double DOUBLED = 1 / 6.0;
  private static final double LEAST_GAP_SECONDS = -0.06;
  private static final double MOST_GAP_SECONDS = 0.4;
  private static final double EDGE_SECONDS = 0.5;
  private static final double WORD_RMS = 1_500;
  private static final double LEVEL_DB = 3;
  private static final int WORDS_PER_PASSAGE = 40;
  private static final int MOST_NOISE_SECONDS = 60;

  private final int sampleRateHz;
  private final long seed;

  /**
   * A composer.
   *
   * @param sampleRateHz of the recordings
   * @param seed of everything random
   */
  public PassageComposer(int sampleRateHz, long seed) {
    this.sampleRateHz = sampleRateHz;
    this.seed = seed;
  }

  /**
   * All passages.
   *
   * @param strangers recordings by people whom the model has not heard, and noise to listen to
   * @param mixed noise that strings are mixed with; none is needed without levels
   * @param stringsPerPerson how many strings are composed of each person's digits
   * @param noiseLevelsDb signal-to-noise ratios that the strings are also tried at
   * @throws IllegalArgumentException where there are strings and levels and no noise to mix in
   */
  public List<Passage> compose(
      Corpus strangers,
      List<NoiseRecording> mixed,
      int stringsPerPerson,
      List<Double> noiseLevelsDb) {
    List<Passage> passages = new ArrayList<>(ownStrings(strangers.utterances()));
    NoiseMixer mixer =
        new NoiseMixer(mixed.stream().map(NoiseRecording::samples).toList(), 0, seed);
    List<Utterance> strings = strings(strangers.utterances(), stringsPerPerson);
    strings.forEach(string -> passages.add(passage("strings", string, string.samples())));
    for (double level : noiseLevelsDb) {
      String condition =
          String.format(
              Locale.ROOT,
              level == Math.rint(level) ? "strings, %.0f dB" : "strings, %s dB",
              level);
      strings.forEach(string -> passages.add(passage(condition, string, mixer.mix(string, level))));
    }
    passages.addAll(otherWords(strangers.utterances()));
    strangers.noises().forEach(noise -> passages.addAll(pieces(noise)));
    return passages;
  }

  private List<Passage> pieces(NoiseRecording noise) {
    List<Passage> pieces = new ArrayList<>();
    int most = MOST_NOISE_SECONDS * sampleRateHz;
    for (int from = 0; from < noise.samples().length; from += most) {
      pieces.add(
          new Passage(
              "noise",
              Transcript.NOBODY,
              noise.name() + (from == 0 ? "" : " from " + from),
              Arrays.copyOfRange(
                  noise.samples(), from, Math.min(noise.samples().length, from + most)),
              List.of()));
    }
    return pieces;
  }

  private static List<Passage> ownStrings(List<Utterance> strangers) {
    return strangers.stream()
        .filter(utterance -> utterance.kind() == Utterance.Kind.DIGIT_STRING)
        .map(string -> passage("own strings", string, string.samples()))
        .toList();
  }

  private static Passage passage(String condition, Utterance string, short[] samples) {
    return new Passage(
        condition,
        string.person(),
        string.name(),
        samples,
        string.digits().stream()
            .map(digit -> new TimedDigit(digit.digit(), digit.startSample(), digit.endSample()))
            .toList());
  }

  private List<Utterance> strings(List<Utterance> strangers, int perPerson) {
    Map<String, Map<Integer, List<Utterance>>> byPerson =
        strangers.stream()
            .filter(utterance -> utterance.kind() == Utterance.Kind.ISOLATED_DIGIT)
            .filter(utterance -> !utterance.digits().get(0).oh())
            .collect(
                Collectors.groupingBy(
                    Utterance::person,
                    TreeMap::new,
                    Collectors.groupingBy(utterance -> utterance.digits().get(0).digit())));
    List<Utterance> strings = new ArrayList<>();
    byPerson.forEach(
        (person, digits) -> {
          if (digits.size() == 10) {
            SplittableRandom random = new SplittableRandom(31 * seed + person.hashCode());
            for (int i = 0; i < perPerson; i++) {
              strings.add(string(digits, i, random));
            }
          }
        });
    return strings;
  }

  private Utterance string(
      Map<Integer, List<Utterance>> digits, int number, SplittableRandom random) {
    int count = random.nextInt(LEAST_DIGITS, MOST_DIGITS + 1);
    List<Utterance> words = new ArrayList<>();
    int[] starts = new int[count];
    int at = (int) (EDGE_SECONDS * sampleRateHz);
    int end = 0;
    int digit = random.nextInt(10);
    for (int i = 0; i < count; i++) {
      digit = i > 0 && random.nextDouble() < DOUBLED ? digit : random.nextInt(10);
      List<Utterance> takes = digits.get(digit);
      Utterance word = takes.get(random.nextInt(takes.size()));
      words.add(word);
      starts[i] = Math.max(at, 0);
      end = starts[i] + word.wordEnd() - word.wordStart();
      at = end + (int) (random.nextDouble(LEAST_GAP_SECONDS, MOST_GAP_SECONDS) * sampleRateHz);
    }
    double[] sum = new double[end + (int) (EDGE_SECONDS * sampleRateHz)];
    List<SpokenDigit> said = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Utterance word = words.get(i);
      double gain = gain(word) * Math.pow(10, random.nextDouble(-LEVEL_DB, LEVEL_DB) / 20);
      int length = word.wordEnd() - word.wordStart();
      for (int n = 0; n < length; n++) {
        sum[starts[i] + n] += gain * word.samples()[word.wordStart() + n];
      }
      said.add(new SpokenDigit(word.digits().get(0).digit(), starts[i], starts[i] + length));
    }
    return new Utterance(
        words.get(0).corpus(),
        words.get(0).speaker(),
        "string-" + number,
        Utterance.Kind.DIGIT_STRING,
        pcm(sum),
        said,
        starts[0],
        end);
  }

  private static double gain(Utterance word) {
    double sum = 1;
    for (int i = word.wordStart(); i < word.wordEnd(); i++) {
      sum += (double) word.samples()[i] * word.samples()[i];
    }
    return WORD_RMS / Math.sqrt(sum / (word.wordEnd() - word.wordStart()));
  }

  private static short[] pcm(double[] samples) {
    short[] pcm = new short[samples.length];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = (short) Math.max(-32768, Math.min(32767, Math.round(samples[i])));
    }
    return pcm;
  }

  private List<Passage> otherWords(List<Utterance> strangers) {
    Map<String, List<Utterance>> byCorpus =
        strangers.stream()
            .filter(utterance -> utterance.kind() == Utterance.Kind.OTHER_WORDS)
            .collect(
                Collectors.groupingBy(Utterance::corpus, LinkedHashMap::new, Collectors.toList()));
    List<Passage> passages = new ArrayList<>();
    byCorpus.forEach(
        (corpus, words) -> {
          for (int from = 0; from < words.size(); from += WORDS_PER_PASSAGE) {
            List<Utterance> some =
                words.subList(from, Math.min(words.size(), from + WORDS_PER_PASSAGE));
            passages.add(apart("other words, " + corpus, some));
          }
        });
    return passages;
  }

  /** Named by the first of its words, so that no two folds have passages of one name. */
  private Passage apart(String condition, List<Utterance> words) {
    int pause = (int) (EDGE_SECONDS * sampleRateHz);
    int length = pause;
    for (Utterance word : words) {
      length += word.samples().length + pause;
    }
    short[] samples = new short[length];
    List<Transcript.OtherWord> spans = new ArrayList<>();
    int at = pause;
    for (Utterance word : words) {
      spans.add(new Transcript.OtherWord(at, at + word.samples().length));
      System.arraycopy(word.samples(), 0, samples, at, word.samples().length);
      at += word.samples().length + pause;
    }
    Utterance first = words.get(0);
    return new Passage(
        new Transcript(
            condition,
            Transcript.NOBODY,
            first.speaker() + "/" + first.name(),
            length,
            List.of(),
            spans),
        samples);
  }
}
