package org.digitstream.training.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.digitstream.ingest.source.UnreadableAudioException;
import org.digitstream.ingest.source.WavReader;

/**
 * Reads folders of WAV files into memory, at one sample rate, by the same decoder and resampler as
 * the stream.
 *
 * <p>What a folder holds is told by what is in it: a {@code transcripts.jsonl} names sentences and
 * the times of their digits (AN4); a folder {@code noise} or {@code _background_noise_} is noise;
 * anything else is one word per file, labelled by its {@linkplain RecordingName name}. Files are
 * read in the order of their paths, so the same folders give the same corpus.
 */
public final class CorpusReader {
  private static final Pattern NOISE_FOLDER = Pattern.compile("_?(background_)?noise_?");
  private static final Pattern SPELLED_O = Pattern.compile(".*\\bO\\b.*");
  private static final int SHORTEST_WORD_MILLIS = 60;
  private static final int CUT_MARGIN_MILLIS = 40;
  private static final int SHORTEST_CUT_MILLIS = 150;

  private final int sampleRateHz;
  private final IntConsumer filesRead;
  private final List<Utterance> utterances = new ArrayList<>();
  private final List<short[]> noises = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private int files;

  private CorpusReader(int sampleRateHz, IntConsumer filesRead) {
    this.sampleRateHz = sampleRateHz;
    this.filesRead = filesRead;
  }

  /**
   * Reads corpora.
   *
   * @param folders one or more corpora; a folder of corpora counts as all of them
   * @param sampleRateHz the rate to read them at
   * @param filesRead told the number of files read so far
   * @throws IOException where a folder cannot be listed
   * @throws IllegalArgumentException where a folder does not exist or nothing in any is a recording
   */
  public static Corpus read(List<Path> folders, int sampleRateHz, IntConsumer filesRead)
      throws IOException {
    CorpusReader reader = new CorpusReader(sampleRateHz, filesRead);
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new IllegalArgumentException(folder + ": there is no such folder of recordings");
      }
      reader.readFolder(folder, folder.toAbsolutePath().normalize().getFileName().toString());
    }
    if (reader.utterances.isEmpty()) {
      throw new IllegalArgumentException(
          "no labelled recordings in "
              + folders
              + ": WAV files should be named such as"
              + " 7_jackson_32.wav, or lie in folders such as seven/, or beside a transcripts.jsonl");
    }
    return new Corpus(reader.utterances, reader.noises, reader.unreadable);
  }

  private void readFolder(Path folder, String corpus) throws IOException {
    if (Files.exists(folder.resolve("transcripts.jsonl"))) {
      readSentences(folder, corpus);
      return;
    }
    List<Path> children;
    try (Stream<Path> list = Files.list(folder)) {
      children = list.sorted().toList();
    }
    boolean holdsFiles = children.stream().anyMatch(CorpusReader::isWav);
    boolean noise = NOISE_FOLDER.matcher(folder.getFileName().toString()).matches();
    for (Path child : children) {
      if (Files.isDirectory(child)) {
        // A folder without recordings of its own is a folder of corpora or of words.
        String name = child.getFileName().toString();
        readFolder(child, holdsFiles || isWordFolder(child) ? corpus : name);
      } else if (isWav(child) && noise) {
        readSamples(child).ifPresent(noises::add);
      } else if (isWav(child)) {
        readWord(child, corpus);
      }
    }
  }

  private static boolean isWav(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".wav");
  }

  private static boolean isWordFolder(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.anyMatch(file -> file.getFileName().toString().contains("_nohash_"));
    }
  }

  private void readWord(Path file, String corpus) {
    Optional<RecordingName> name = RecordingName.parse(file);
    if (name.isEmpty()) {
      unreadable.add(file + ": its name does not say what is said in it");
      return;
    }
    Optional<short[]> read = readSamples(file);
    if (read.isEmpty()) {
      return;
    }
    short[] samples = read.get();
    WordEndpoints word = WordEndpoints.find(samples, sampleRateHz);
    if (word.endSample() - word.startSample() < sampleRateHz * SHORTEST_WORD_MILLIS / 1000) {
      unreadable.add(file + ": no word in it");
      return;
    }
    boolean digit = name.get().digit().isPresent();
    List<SpokenDigit> digits =
        digit
            ? List.of(
                new SpokenDigit(
                    name.get().digit().getAsInt(), word.startSample(), word.endSample()))
            : List.of();
    utterances.add(
        new Utterance(
            corpus,
            name.get().speaker(),
            wordFile(file),
            digit ? Utterance.Kind.ISOLATED_DIGIT : Utterance.Kind.OTHER_WORDS,
            samples,
            digits,
            word.startSample(),
            word.endSample()));
  }

  /** The file's name; in a word folder with that before it, since every folder has the same. */
  private static String wordFile(Path file) {
    String name = file.getFileName().toString();
    return name.contains("_nohash_") ? file.getParent().getFileName() + "/" + name : name;
  }

  private void readSentences(Path folder, String corpus) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Path transcripts = folder.resolve("transcripts.jsonl");
    for (String line : Files.readAllLines(transcripts, StandardCharsets.UTF_8)) {
      JsonNode sentence = mapper.readTree(line);
      // The letter O is said as the digit "oh" is, and its place is not known.
      if (SPELLED_O.matcher(sentence.path("text").asText()).matches()) {
        continue;
      }
      Path relative = Path.of(sentence.path("file").asText());
      Path file = folder.resolveSibling(relative);
      Optional<short[]> read = readSamples(Files.exists(file) ? file : folder.resolve(relative));
      if (read.isEmpty()) {
        continue;
      }
      short[] samples = read.get();
      List<SpokenDigit> digits = new ArrayList<>();
      for (JsonNode digit : sentence.path("digits")) {
        int start = (int) (digit.path("startSeconds").asDouble() * sampleRateHz);
        int end = (int) (digit.path("endSeconds").asDouble() * sampleRateHz);
        digits.add(
            new SpokenDigit(
                digit.path("digit").asInt(),
                start,
                Math.max(start + 1, Math.min(end, samples.length))));
      }
      WordEndpoints speech = WordEndpoints.find(samples, sampleRateHz);
      utterances.add(
          new Utterance(
              corpus,
              sentence.path("speaker").asText(),
              file.getFileName().toString(),
              Utterance.Kind.SENTENCE,
              samples,
              digits,
              speech.startSample(),
              speech.endSample()));
      cutDigits(utterances.get(utterances.size() - 1));
    }
  }

  /**
   * The digits of a sentence one by one: nowhere else do so many people say the rarer ones. A
   * little of what stands beside each is left, since the times are not exact.
   */
  private void cutDigits(Utterance sentence) {
    int margin = sampleRateHz * CUT_MARGIN_MILLIS / 1000;
    int shortest = sampleRateHz * SHORTEST_CUT_MILLIS / 1000;
    for (SpokenDigit digit : sentence.digits()) {
      int from = Math.max(0, digit.startSample() - margin);
      int to = Math.min(sentence.samples().length, digit.endSample() + margin);
      if (digit.endSample() - digit.startSample() < shortest || to <= digit.endSample()) {
        continue;
      }
      SpokenDigit alone =
          new SpokenDigit(digit.digit(), digit.startSample() - from, digit.endSample() - from);
      utterances.add(
          new Utterance(
              sentence.corpus(),
              sentence.speaker(),
              sentence.name() + "#" + digit.startSample(),
              Utterance.Kind.CUT_DIGIT,
              Arrays.copyOfRange(sentence.samples(), from, to),
              List.of(alone),
              alone.startSample(),
              alone.endSample()));
    }
  }

  private Optional<short[]> readSamples(Path file) {
    files++;
    filesRead.accept(files);
    try {
      return Optional.of(WavReader.readMono(file, sampleRateHz));
    } catch (UnreadableAudioException e) {
      unreadable.add(e.getMessage());
      return Optional.empty();
    } catch (UncheckedIOException e) {
      unreadable.add(file + ": " + e.getMessage());
      return Optional.empty();
    }
  }
}
