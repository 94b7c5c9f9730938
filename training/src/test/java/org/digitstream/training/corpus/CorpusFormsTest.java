package org.digitstream.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.digitstream.training.Speech;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms in which corpora are published, and what is wrong with some of their files. */
class CorpusFormsTest {
  @TempDir Path folder;

  @Test
  void theSpokenNumbersOfPannousAreRead() throws IOException {
    word("spoken_numbers/0_Agnes_60.wav");
    word("spoken_numbers/9_Bad_News_240.wav");
    Corpus corpus = read("spoken_numbers");
    assertThat(corpus.unreadable()).isEmpty();
    assertThat(corpus.utterances())
        .extracting(Utterance::person)
        .containsExactly("spoken_numbers/Agnes", "spoken_numbers/Bad_News");
    assertThat(corpus.utterances()).extracting(Utterance::transcript).containsExactly("0", "9");
  }

  @Test
  void audioMnistIsOneCorpusThoughItsSpeakersHaveFolders() throws IOException {
    word("AudioMNIST/data/01/0_01_0.wav", 48_000);
    word("AudioMNIST/data/60/7_60_49.wav", 48_000);
    Files.writeString(folder.resolve("AudioMNIST/data/audioMNIST_meta.txt"), "{}");
    Corpus corpus = read("AudioMNIST");
    assertThat(corpus.unreadable()).isEmpty();
    assertThat(corpus.utterances())
        .extracting(Utterance::person)
        .containsExactly("AudioMNIST/01", "AudioMNIST/60");
  }

  @Test
  void theCloneOfFsddIsOneCorpusThoughItsRecordingsHaveAFolder() throws IOException {
    word("fsdd/recordings/7_jackson_32.wav", 8_000);
    Files.createDirectories(folder.resolve("fsdd/.git"));
    word("fsdd/.git/8_jackson_32.wav", 8_000);
    assertThat(read("fsdd").utterances())
        .extracting(Utterance::person)
        .containsExactly("fsdd/jackson");
  }

  @Test
  void speechCommandsIsReadWithoutItsLists() throws IOException {
    word("commands/seven/0a7c2a8d_nohash_0.wav");
    word("commands/bird/0a7c2a8d_nohash_0.wav");
    word("commands/_background_noise_/running_tap.wav");
    Files.writeString(folder.resolve("commands/testing_list.txt"), "seven/0a7c2a8d_nohash_0.wav\n");
    Corpus corpus = read("commands");
    assertThat(corpus.unreadable()).isEmpty();
    assertThat(corpus.noises()).hasSize(1);
    assertThat(corpus.utterances())
        .extracting(u -> u.person() + " " + u.name() + " " + u.transcript())
        .containsExactly(
            "commands/0a7c2a8d bird/0a7c2a8d_nohash_0.wav ",
            "commands/0a7c2a8d seven/0a7c2a8d_nohash_0.wav 7");
  }

  @Test
  void anArchiveGivesWhatItsFolderGives() throws IOException {
    word("c/fsdd/7_jackson_32.wav");
    word("c/fsdd/8_jackson_32.wav", 48_000);
    word("c/commands/bird/0a7c2a8d_nohash_0.wav");
    word("c/noise/rain.wav");
    word("c/an4/fash/a.wav");
    Files.writeString(folder.resolve("c/fsdd/9_jackson_1.wav"), "this is no sound");
    Files.writeString(
        folder.resolve("c/an4/transcripts.jsonl"),
        "{\"file\": \"an4/fash/a.wav\", \"speaker\": \"fash\", \"text\": \"SIX\", \"digits\":"
            + " [{\"digit\": \"6\", \"startSeconds\": 0.1, \"endSeconds\": 0.4}]}\n");
    Corpus unpacked = read("c");
    for (Path archive : List.of(tar("c.tar", "./c/", false), tar("all.tar.gz", "", true))) {
      Corpus packed = CorpusReader.read(List.of(archive), Speech.RATE, files -> {});
      assertThat(told(packed)).isEqualTo(told(unpacked));
      assertThat(packed.noises()).hasSize(1);
      assertThat(packed.unreadable()).hasSize(1).first().asString().contains("9_jackson_1.wav");
    }
  }

  @Test
  void theArchiveIsTheCorpusWhereNoFolderInItIs() throws IOException {
    word("c/7_Agnes_100.wav");
    Corpus packed =
        CorpusReader.read(List.of(tar("numbers.tar.gz", "", true)), Speech.RATE, files -> {});
    assertThat(packed.utterances()).extracting(Utterance::person).containsExactly("numbers/Agnes");
  }

  @Test
  void anArchiveThatWasCutOffIsNamed() throws IOException {
    for (int take = 0; take < 3; take++) {
      word("c/7_Agnes_" + take + ".wav");
    }
    for (Path archive : List.of(tar("c.tar", "", false), tar("c.tgz", "", true))) {
      byte[] bytes = Files.readAllBytes(archive);
      Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));
      assertThatThrownBy(() -> CorpusReader.read(List.of(archive), Speech.RATE, files -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(archive.toString())
          .hasMessageContaining("cut off");
    }
  }

  @Test
  void whatIsNeitherFolderNorArchiveIsNamed() throws IOException {
    Path zip = Files.write(folder.resolve("corpus.zip"), new byte[] {'P', 'K', 3, 4, 0, 0});
    Path gzip = folder.resolve("notes.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write("notes".repeat(300).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    for (Path none : List.of(zip, gzip, Files.createFile(folder.resolve("empty.tar")))) {
      assertThatThrownBy(() -> CorpusReader.read(List.of(none), Speech.RATE, files -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(none.toString())
          .hasMessageContaining("neither a folder");
    }
  }

  @Test
  void recordingsOfOtherRatesAreConvertedAndOfImpossibleOnesNamed() throws IOException {
    word("c/3_anna_1.wav", 8_000);
    word("c/3_anna_2.wav", 44_100);
    word("c/3_anna_3.wav", 4_000);
    Corpus corpus = read("c");
    assertThat(corpus.utterances())
        .extracting(u -> u.samples().length)
        .containsExactly(8_000, 8_000);
    assertThat(corpus.unreadable())
        .hasSize(1)
        .first()
        .asString()
        .contains("3_anna_3.wav", "4000 Hz", "8000..96000", "ffmpeg");
  }

  @Test
  void impossibleTranscriptsAreNamedByTheirLine() throws IOException {
    word("an4/a.wav");
    word("an4/b.wav");
    Files.writeString(
        folder.resolve("an4/transcripts.jsonl"),
        """
        {"file": "a.wav", "speaker": "fash", "text": "SIX", "digits": []}

        {"file": "b.wav", "speaker": "fash", "digits": [{"digit": "12", "startSeconds": 0.1, "endSeconds": 0.2}]}
        {"file": "c.wav", "speaker": "fash"}
        no JSON
        """);
    Corpus corpus = read("an4");
    assertThat(corpus.utterances()).hasSize(1);
    assertThat(corpus.unreadable()).hasSize(3);
    assertThat(corpus.unreadable().get(0)).contains("b.wav: digit 12");
    assertThat(corpus.unreadable().get(1)).contains("transcripts.jsonl: line 4", "'c.wav'");
    assertThat(corpus.unreadable().get(2)).contains("line 5 is not JSON");
  }

  @Test
  void whereNothingCouldBeReadTheFirstReasonIsTold() throws IOException {
    Files.writeString(folder.resolve("8_jackson_1.wav"), "this is no sound");
    assertThatThrownBy(() -> CorpusReader.read(List.of(folder), Speech.RATE, files -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Left out: 1 files")
        .hasMessageContaining("not a WAV file");
  }

  @Test
  void theNumberOfThreadsDoesNotChangeTheCorpus() throws IOException {
    for (int i = 0; i < 150; i++) {
      word("c/" + i % 10 + "_anna_" + i + ".wav", 8_000);
    }
    ExecutorService executor = Executors.newFixedThreadPool(3);
    int[] files = {0};
    Corpus parallel =
        CorpusReader.read(
            List.of(folder.resolve("c")), Speech.RATE, executor, read -> files[0] = read);
    executor.shutdown();
    assertThat(told(parallel)).isEqualTo(told(read("c"))).hasSize(150);
    assertThat(files[0]).isEqualTo(150);
  }

  private Corpus read(String corpus) throws IOException {
    return CorpusReader.read(List.of(folder.resolve(corpus)), Speech.RATE, files -> {});
  }

  private static List<String> told(Corpus corpus) {
    return corpus.utterances().stream()
        .map(
            u ->
                u.person()
                    + " "
                    + u.name()
                    + " "
                    + u.kind()
                    + " "
                    + u.digits()
                    + Arrays.hashCode(u.samples()))
        .toList();
  }

  private void word(String path) throws IOException {
    word(path, Speech.RATE);
  }

  /** Half a second in which there is a word. */
  private void word(String path, int sampleRateHz) throws IOException {
    Path file = folder.resolve(path);
    Speech.writeWav(file, Arrays.copyOf(Speech.word(1, 300, 100, 1), sampleRateHz / 2));
    byte[] wav = Files.readAllBytes(file);
    java.nio.ByteBuffer.wrap(wav).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(24, sampleRateHz);
    Files.write(file, wav);
  }

  /** An archive of the folder {@code c}, in an order of its own. */
  private Path tar(String name, String prefix, boolean gzip) throws IOException {
    Path root = folder.resolve("c");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    Path archive = folder.resolve(name);
    OutputStream out = Files.newOutputStream(archive);
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(gzip ? new GZIPOutputStream(out) : out)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Path file : files) {
        String path = prefix + root.relativize(file);
        if (Files.isDirectory(file)) {
          continue;
        }
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(Files.size(file));
        tar.putArchiveEntry(entry);
        Files.copy(file, tar);
        tar.closeArchiveEntry();
      }
    }
    return archive;
  }
}
