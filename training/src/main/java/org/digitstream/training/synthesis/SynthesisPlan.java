package org.digitstream.training.synthesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which voice says which word how fast. The same settings make the same plan.
 *
 * <p>Recordings are named as those of the Pannous spoken numbers: {@code
 * {digit}_{voice}_{rate}.wav}, the rate being words per minute. "oh" is named as a zero in the
 * folder {@code oh}; words that are no digits lie in the folder {@code other}, as {@code
 * {word}_{voice}_{rate}.wav}, a phrase by its letters. Every second one of these is spoken with the
 * tone that goes on, as within a list, and not with the one that falls. Strings of digits are named
 * {@code {digits}-{voice}-{rate}-{number}.wav}, with an "o" for "oh": by no such name is a
 * recording taken for one of a single word where the transcripts are missing.
 */
public final class SynthesisPlan {
  static final List<String> DIGITS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  /** At most so many voices, spread over all, say a word that resembles a digit. */
  private static final int SPEAKERS_OF_RESEMBLING = 24;

  private static final int SPEAKERS_OF_ORDINARY = 10;

  private static final int SHORTEST_STRING = 3;
  private static final int LONGEST_STRING = 7;
  private static final double REPEATED_SHARE = 0.2;

  /** A zero that is said "oh". */
  private static final int OH = -1;

  private final List<SyntheticVoice> voices;
  private final List<Integer> rates;
  private final int ratesPerVoice;

  /**
   * What all parts of a plan share.
   *
   * @param voices who speaks
   * @param wordsPerMinute the speaking rates
   * @param ratesPerVoice at how many of the rates a voice says the same digit, 1 or more; each
   *     voice and each digit begins at another rate
   * @throws IllegalArgumentException where there are no voices or rates, or quoting the value that
   *     is out of its bounds
   */
  public SynthesisPlan(
      List<SyntheticVoice> voices, List<Integer> wordsPerMinute, int ratesPerVoice) {
    if (voices.isEmpty() || wordsPerMinute.isEmpty()) {
      throw new IllegalArgumentException("no voices or no speaking rates");
    }
    if (ratesPerVoice < 1) {
      throw new IllegalArgumentException(ratesPerVoice + " rates per voice are less than 1");
    }
    this.voices = List.copyOf(voices);
    this.rates = List.copyOf(wordsPerMinute);
    this.ratesPerVoice = Math.min(ratesPerVoice, rates.size());
  }

  /** The ten digits. */
  public List<SpokenWord> digits() {
    List<SpokenWord> words = new ArrayList<>();
    for (int voice = 0; voice < voices.size(); voice++) {
      for (int digit = 0; digit < DIGITS.size(); digit++) {
        for (int rate : ratesOf(voice + 3 * digit)) {
          words.add(word("", Integer.toString(digit), voice, DIGITS.get(digit), rate, digit));
        }
      }
    }
    return words;
  }

  /** "Oh" for zero, once by every voice. */
  public List<SpokenWord> oh() {
    return IntStream.range(0, voices.size())
        .mapToObj(voice -> word("oh/", "0", voice, "oh", rateAt(voice + 1), 0))
        .toList();
  }

  /** Words that are not digits. */
  public List<SpokenWord> otherWords() {
    List<SpokenWord> words = new ArrayList<>();
    add(words, OtherWords.RESEMBLING, SPEAKERS_OF_RESEMBLING);
    add(words, OtherWords.ORDINARY, SPEAKERS_OF_ORDINARY);
    return words;
  }

  /**
   * Strings of three to seven digits without a pause; half of the zeros are "oh", and one digit of
   * five is the same as the one before.
   *
   * @param perVoice how many each voice says
   */
  public List<SpokenString> strings(int perVoice) {
    List<SpokenString> strings = new ArrayList<>();
    for (int voice = 0; voice < voices.size(); voice++) {
      for (int i = 0; i < perVoice; i++) {
        int index = voice * perVoice + i;
        SplittableRandom random = new SplittableRandom(index);
        List<Integer> digits = digits(random);
        List<String> words =
            digits.stream().map(digit -> digit == OH ? "oh" : DIGITS.get(digit)).toList();
        String said =
            digits.stream()
                .map(digit -> digit == OH ? "o" : Integer.toString(digit))
                .collect(Collectors.joining());
        int rate = rateAt(voice + i * rates.size() / perVoice);
        strings.add(
            new SpokenString(
                said + "-" + voices.get(voice).name() + "-" + rate + "-" + i + ".wav",
                voices.get(voice),
                words,
                rate));
      }
    }
    return strings;
  }

  private static List<Integer> digits(SplittableRandom random) {
    List<Integer> digits = new ArrayList<>();
    int length = random.nextInt(SHORTEST_STRING, LONGEST_STRING + 1);
    while (digits.size() < length) {
      if (!digits.isEmpty() && random.nextDouble() < REPEATED_SHARE) {
        digits.add(digits.get(digits.size() - 1));
      } else {
        int digit = random.nextInt(DIGITS.size());
        digits.add(digit == 0 && random.nextBoolean() ? OH : digit);
      }
    }
    return digits;
  }

  private void add(List<SpokenWord> words, List<String> texts, int speakers) {
    int step = (voices.size() + speakers - 1) / speakers;
    for (int text = 0; text < texts.size(); text++) {
      for (int voice = text % step; voice < voices.size(); voice += step) {
        String said = texts.get(text);
        words.add(word("other/", label(said), voice, said, rateAt(text + voice), text));
      }
    }
  }

  private static String label(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }

  private SpokenWord word(
      String folder, String label, int voice, String text, int rate, int index) {
    SyntheticVoice speaker = voices.get(voice);
    boolean goesOn = (voice + index + rates.indexOf(rate)) % 2 == 1;
    return new SpokenWord(
        folder + label + "_" + speaker.name() + "_" + rate + ".wav",
        speaker,
        goesOn ? text + "," : text,
        rate);
  }

  private List<Integer> ratesOf(int first) {
    return IntStream.range(0, ratesPerVoice)
        .map(i -> rateAt(first + i * rates.size() / ratesPerVoice))
        .sorted()
        .boxed()
        .toList();
  }

  private int rateAt(int index) {
    return rates.get(index % rates.size());
  }
}
