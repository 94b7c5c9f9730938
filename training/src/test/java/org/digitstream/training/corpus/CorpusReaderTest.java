package org.digitstream.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.digitstream.training.Speech;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusReaderTest {
  @TempDir Path folder;

  @Test
  void namedRecordingsWordFoldersSentencesAndNoiseAreToldApart() throws IOException {
    Speech.writeWav(folder.resolve("fsdd/7_jackson_32.wav"), Speech.word(7, 400, 50, 1));
    Speech.writeWav(folder.resolve("fsdd/heaven_jackson_1.wav"), Speech.word(2, 400, 50, 1));
    Speech.writeWav(
        folder.resolve("commands/seven/004ae714_nohash_0.wav"), Speech.word(7, 400, 300, 2));
    Speech.writeWav(
        folder.resolve("commands/bird/004ae714_nohash_0.wav"), Speech.word(1, 400, 300, 2));
    Speech.writeWav(folder.resolve("noise/rain.wav"), Speech.word(1, 400, 0, 3));
    Speech.writeWav(folder.resolve("an4/fash/a.wav"), Speech.word(1, 900, 50, 4));
    Speech.writeWav(folder.resolve("an4/fash/b.wav"), Speech.word(1, 900, 50, 4));
    Files.writeString(
        folder.resolve("an4/transcripts.jsonl"),
        """
        {"file": "an4/fash/a.wav", "speaker": "fash", "text": "YES OH SIX", "digits": [{"digit": "oh", "startSeconds": 0.3, "endSeconds": 0.5}, {"digit": "6", "startSeconds": 0.5, "endSeconds": 0.8}]}
        {"file": "an4/fash/b.wav", "speaker": "fash", "text": "H O M E", "digits": []}
        """);

    Corpus corpus = CorpusReader.read(List.of(folder), Speech.RATE, files -> {});

    assertThat(corpus.unreadable()).isEmpty();
    assertThat(corpus.noises()).hasSize(1);
    assertThat(corpus.utterances())
        .extracting(Utterance::person)
        .containsExactly(
            "an4/fash",
            "an4/fash",
            "an4/fash",
            "commands/004ae714",
            "commands/004ae714",
            "fsdd/jackson",
            "fsdd/jackson");
    assertThat(corpus.utterances())
        .extracting(Utterance::transcript)
        .containsExactly("06", "0", "6", "", "7", "7", "");
    assertThat(corpus.utterances())
        .extracting(utterance -> utterance.person() + "/" + utterance.name())
        .doesNotHaveDuplicates();
    Utterance sentence = corpus.utterances().get(0);
    assertThat(sentence.kind()).isEqualTo(Utterance.Kind.SENTENCE);
    assertThat(sentence.digits()).extracting(SpokenDigit::oh).containsExactly(true, false);
    assertThat(corpus.utterances().get(1).digits()).extracting(SpokenDigit::oh).contains(true);
    assertThat(sentence.digits().get(1)).isEqualTo(new SpokenDigit(6, 8000, 12800));
    Utterance six = corpus.utterances().get(2);
    assertThat(six.samples()).hasSize(4800 + 2 * 640);
    assertThat(six.digits()).containsExactly(new SpokenDigit(6, 640, 5440));
    Utterance seven = corpus.utterances().get(4);
    assertThat(seven.kind()).isEqualTo(Utterance.Kind.ISOLATED_DIGIT);
    assertThat(seven.wordStart()).isBetween(4600, 4960);
  }

  @Test
  void aSentenceOfNothingButDigitsIsAStringOfDigits() throws IOException {
    Speech.writeWav(folder.resolve("an4/fash/a.wav"), Speech.word(1, 900, 50, 4));
    Files.writeString(
        folder.resolve("an4/transcripts.jsonl"),
        """
        {"file": "an4/fash/a.wav", "speaker": "fash", "text": "OH SIX", "digits": [{"digit": "oh", "startSeconds": 0.3, "endSeconds": 0.5}, {"digit": "6", "startSeconds": 0.5, "endSeconds": 0.8}]}
        """);

    Corpus corpus = CorpusReader.read(List.of(folder), Speech.RATE, files -> {});

    assertThat(corpus.utterances().get(0).kind()).isEqualTo(Utterance.Kind.DIGIT_STRING);
  }

  @Test
  void unreadableAndUnlabelledFilesAreNamedAndDoNotStopTheRest() throws IOException {
    Speech.writeWav(folder.resolve("7_jackson_32.wav"), Speech.word(7, 400, 50, 1));
    Speech.writeWav(folder.resolve("mystery.wav"), Speech.word(7, 400, 50, 1));
    Files.writeString(folder.resolve("8_jackson_1.wav"), "this is no sound");

    Corpus corpus = CorpusReader.read(List.of(folder), Speech.RATE, files -> {});

    assertThat(corpus.utterances()).hasSize(1);
    assertThat(corpus.unreadable()).hasSize(2);
    assertThat(corpus.unreadable()).anyMatch(problem -> problem.contains("8_jackson_1.wav"));
    assertThat(corpus.unreadable()).anyMatch(problem -> problem.contains("mystery.wav"));
  }

  @Test
  void anEmptyFolderSaysWhatWasExpected() {
    assertThatThrownBy(() -> CorpusReader.read(List.of(folder), Speech.RATE, files -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7_jackson_32.wav");
  }

  @Test
  void aMissingFolderIsNamed() {
    Path missing = folder.resolve("nowhere");
    assertThatThrownBy(() -> CorpusReader.read(List.of(missing), Speech.RATE, files -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void theTestSplitOfFsddAndPeopleHeldOutAreNotTrainedOn() {
    HeldOut held = new HeldOut(Set.of("fsdd/theo"));
    assertThat(held.mayTrainOn(Speech.isolated("fsdd", "jackson", 3, 4))).isFalse();
    assertThat(held.mayTrainOn(Speech.isolated("fsdd", "jackson", 3, 5))).isTrue();
    assertThat(held.mayTrainOn(Speech.isolated("fsdd", "theo", 3, 5))).isFalse();
    assertThat(held.mayTrainOn(Speech.isolated("audiomnist", "02", 3, 4))).isTrue();
  }
}
