package org.digitstream.training.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.digitstream.training.corpus.RecordingName;
import org.junit.jupiter.api.Test;

class SynthesisPlanTest {
  private static final List<Integer> RATES = List.of(60, 80, 100, 120);

  @Test
  void everyVoiceSaysEveryDigitAtEveryRate() {
    List<SpokenWord> digits = new SynthesisPlan(voices(3), RATES, 4).digits();
    assertThat(digits).hasSize(3 * 10 * 4);
    assertThat(digits).extracting(SpokenWord::file).doesNotHaveDuplicates();
    assertThat(digits)
        .extracting(SpokenWord::file)
        .contains("0_voice-0_60.wav", "9_voice-2_120.wav");
  }

  @Test
  void fewerRatesAreSpreadOverVoicesAndDigits() {
    List<SpokenWord> digits = new SynthesisPlan(voices(4), RATES, 2).digits();
    assertThat(digits).hasSize(4 * 10 * 2);
    assertThat(
            digits.stream()
                .collect(Collectors.groupingBy(SpokenWord::wordsPerMinute, Collectors.counting()))
                .values())
        .containsOnly(20L);
  }

  @Test
  void everyRecordingsNameTellsLabelVoiceAndRate() {
    SynthesisPlan plan = new SynthesisPlan(voices(5), RATES, 4);
    Stream.of(plan.digits(), plan.oh(), plan.otherWords())
        .flatMap(List::stream)
        .forEach(
            word -> {
              RecordingName name = RecordingName.parse(Path.of(word.file())).orElseThrow();
              assertThat(name.speaker()).isEqualTo(word.voice().name());
              assertThat(name.take()).isEqualTo(word.wordsPerMinute());
              assertThat(name.digit().isEmpty()).isEqualTo(word.file().startsWith("other/"));
            });
  }

  @Test
  void ohIsAZero() {
    assertThat(new SynthesisPlan(voices(2), RATES, 1).oh())
        .extracting(SpokenWord::file)
        .containsExactly("oh/0_voice-0_80.wav", "oh/0_voice-1_100.wav");
  }

  @Test
  void otherWordsAreSaidByFewOfManyVoicesAndByAllOfFew() {
    assertThat(speakersOf("heaven", 3)).isEqualTo(3);
    assertThat(speakersOf("heaven", 240)).isEqualTo(24);
    assertThat(speakersOf("monday", 240)).isEqualTo(10);
  }

  private static long speakersOf(String other, int voices) {
    return new SynthesisPlan(voices(voices), RATES, 1)
        .otherWords().stream()
            .filter(word -> word.file().startsWith("other/" + other + "_"))
            .count();
  }

  @Test
  void stringsHaveThreeToSevenDigitsAllOfThemOhAmongThemAndSomeTwice() {
    List<SpokenString> strings = new SynthesisPlan(voices(20), RATES, 2).strings(10);
    assertThat(strings).hasSize(200);
    assertThat(strings).extracting(SpokenString::file).doesNotHaveDuplicates();
    assertThat(strings).extracting(SpokenString::wordsPerMinute).containsOnlyElementsOf(RATES);
    assertThat(strings).allMatch(s -> s.words().size() >= 3 && s.words().size() <= 7);
    assertThat(strings.stream().flatMap(s -> s.words().stream()).distinct()).hasSize(11);
    assertThat(strings.stream().filter(SynthesisPlanTest::repeats).count()).isBetween(80L, 160L);
    assertThat(new SynthesisPlan(voices(20), RATES, 2).strings(10)).isEqualTo(strings);
  }

  private static boolean repeats(SpokenString string) {
    return IntStream.range(1, string.words().size())
        .anyMatch(i -> string.words().get(i).equals(string.words().get(i - 1)));
  }

  @Test
  void aStringIsNamedByItsDigitsAndSaidWithoutAPause() {
    SpokenString string =
        new SynthesisPlan(voices(4), RATES, 1)
            .strings(5).stream().filter(s -> s.words().contains("oh")).findFirst().orElseThrow();
    assertThat(string.file()).matches("[0-9o]{3,7}-voice-[0-3]-[0-9]+-[0-4]\\.wav").contains("o");
    assertThat(RecordingName.parse(Path.of(string.file()))).isEmpty();
    assertThat(string.text()).matches("([a-z]+ )+[a-z]+");
  }

  @Test
  void aPhraseIsNamedByItsLetters() {
    assertThat(new SynthesisPlan(voices(2), RATES, 1).otherWords())
        .filteredOn(word -> word.text().startsWith("what time is it"))
        .isNotEmpty()
        .allSatisfy(word -> assertThat(word.file()).startsWith("other/whattimeisit_voice-"));
  }

  @Test
  void noOtherWordSoundsExactlyAsADigit() {
    assertThat(Stream.concat(OtherWords.RESEMBLING.stream(), OtherWords.ORDINARY.stream()))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(300)
        .allSatisfy(
            text ->
                assertThat(text.toLowerCase(Locale.ROOT).split(" "))
                    .doesNotContain("to", "too", "for", "fore", "ate", "won", "owe", "oh", "o")
                    .doesNotContain("zero", "one", "two", "three", "four")
                    .doesNotContain("five", "six", "seven", "eight", "nine"))
        .doesNotContain("computer", "jarvis", "smart mirror", "snowboy", "view glass");
  }

  @Test
  void valuesOutOfBoundsAreQuoted() {
    assertThatThrownBy(() -> new SynthesisPlan(voices(1), RATES, 0))
        .hasMessageContaining("0 rates");
    assertThatThrownBy(() -> new SynthesisPlan(voices(1), List.of(), 1))
        .hasMessageContaining("no speaking rates");
    assertThatThrownBy(() -> new SynthesisPlan(List.of(), RATES, 1))
        .hasMessageContaining("no voices");
  }

  private static List<SyntheticVoice> voices(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new SyntheticVoice("voice-" + i, null, "timbre", 50))
        .toList();
  }
}
