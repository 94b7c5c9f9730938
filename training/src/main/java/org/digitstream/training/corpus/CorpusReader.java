package org.digitstream.training.corpus;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.IntConsumer;
import org.digitstream.ingest.source.UnreadableAudioException;

/**
 * Reads corpora of WAV files into memory, at one sample rate, by the same decoder and resampler as
 * the stream: recordings of any rate from 8 to 96 kHz and of several channels are converted as
 * there.
 *
 * <p>A corpus is a folder, or a tar archive of one (compressed by gzip or not), which is not
 * unpacked. What it holds is told by what is in it:
 *
 * <ul>
 *   <li>a {@code transcripts.jsonl} names sentences and the times of their digits (AN4);
 *   <li>a folder {@code noise} or {@code _background_noise_} is noise;
 *   <li>anything else is one word per file, labelled by its {@linkplain RecordingName name}: FSDD,
 *       the Pannous spoken numbers, AudioMNIST with its folders by speaker, Speech Commands with
 *       its folders by word;
 *   <li>files that are not WAV, such as lists, and hidden files count for nothing.
 * </ul>
 *
 * <p>Recordings are ordered by their paths, so the same corpora give the same result. What is meant
 * as a recording and cannot be used is named with the reason, and does not stop the rest.
 */
public final class CorpusReader {
  /** How many files wait in memory for their turn. */
  private static final int BATCH = 64;

  private static final String VANISHED = "it vanished while the corpus was read";

  private final int sampleRateHz;
  private final Executor executor;
  private final IntConsumer filesRead;
  private final UtteranceCutter cutter;
  private final List<Utterance> utterances = new ArrayList<>();
  private final List<NoiseRecording> noises = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private int files;

  private CorpusReader(int sampleRateHz, Executor executor, IntConsumer filesRead) {
    this.sampleRateHz = sampleRateHz;
    this.executor = executor;
    this.filesRead = filesRead;
    this.cutter = new UtteranceCutter(sampleRateHz);
  }

  /** Reads corpora on the calling thread; see {@link #read(List, int, Executor, IntConsumer)}. */
  public static Corpus read(List<Path> corpora, int sampleRateHz, IntConsumer filesRead)
      throws IOException {
    return read(corpora, sampleRateHz, Runnable::run, filesRead);
  }

  /**
   * Reads corpora.
   *
   * @param corpora one or more folders or tar archives; a folder of corpora counts as all of them
   * @param sampleRateHz the rate to read them at, 8,000 to 96,000
   * @param executor decodes; the number of its threads does not change the result
   * @param filesRead told the number of files read so far, on the calling thread
   * @throws IOException where a folder cannot be listed, an archive is damaged or the thread is
   *     interrupted
   * @throws IllegalArgumentException where a corpus does not exist, is neither folder nor archive,
   *     or where nothing in any of them is a labelled recording; the message is for people
   */
  public static Corpus read(
      List<Path> corpora, int sampleRateHz, Executor executor, IntConsumer filesRead)
      throws IOException {
    CorpusReader reader = new CorpusReader(sampleRateHz, executor, filesRead);
    for (Path corpus : corpora) {
      reader.read(open(corpus));
    }
    if (reader.utterances.isEmpty()) {
      throw new IllegalArgumentException(reader.nothing(corpora));
    }
    return new Corpus(reader.utterances, reader.noises, reader.leftOut);
  }

  private static CorpusFiles open(Path corpus) throws IOException {
    if (Files.isDirectory(corpus)) {
      return new FolderFiles(corpus);
    }
    if (!Files.isRegularFile(corpus)) {
      throw new IllegalArgumentException(
          corpus + ": there is no such folder of recordings, and no such archive");
    }
    return new TarFiles(corpus);
  }

  private String nothing(List<Path> corpora) {
    String expected =
        "no labelled recordings in "
            + corpora
            + ": WAV files should be named such as"
            + " 7_jackson_32.wav, or lie in folders such as seven/, or beside a transcripts.jsonl";
    return leftOut.isEmpty()
        ? expected
        : expected + ". Left out: " + leftOut.size() + " files, the first: " + leftOut.get(0);
  }

  private void read(CorpusFiles corpus) throws IOException {
    List<CorpusLayout.Item> items = CorpusLayout.of(corpus);
    Map<String, CorpusLayout.Item> wanted = new HashMap<>();
    for (CorpusLayout.Item item : items) {
      if (!(item instanceof CorpusLayout.LeftOut)) {
        wanted.put(item.path(), item);
      }
    }
    Map<String, Content> contents = new HashMap<>();
    List<FutureTask<Content>> batch = new ArrayList<>();
    corpus.visit(
        wanted.keySet(),
        (path, sound) -> {
          CorpusLayout.Item item = wanted.get(path);
          FutureTask<Content> task = new FutureTask<>(() -> content(item, sound));
          batch.add(task);
          executor.execute(task);
          if (batch.size() == BATCH) {
            finish(batch, contents);
          }
        });
    finish(batch, contents);
    for (CorpusLayout.Item item : items) {
      if (item instanceof CorpusLayout.LeftOut unusable) {
        leftOut.add(corpus.describe(item.path()) + ": " + unusable.reason());
      } else {
        add(corpus, contents.getOrDefault(item.path(), Content.unusable(item.path(), VANISHED)));
      }
    }
  }

  private void finish(List<FutureTask<Content>> batch, Map<String, Content> contents)
      throws IOException {
    for (FutureTask<Content> task : batch) {
      try {
        Content content = task.get();
        contents.put(content.path(), content);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the reading of the corpora was interrupted");
      }
      files++;
      filesRead.accept(files);
    }
    batch.clear();
  }

  private void add(CorpusFiles corpus, Content content) {
    utterances.addAll(content.utterances());
    noises.addAll(content.noises());
    if (content.problem() != null) {
      leftOut.add(
          content.problem().startsWith(corpus.describe(content.path()))
              ? content.problem()
              : corpus.describe(content.path()) + ": " + content.problem());
    }
  }

  /** What a file gave; a problem, for people, where it gave nothing. */
  private record Content(
      String path, List<Utterance> utterances, List<NoiseRecording> noises, String problem) {
    static Content unusable(String path, String problem) {
      return new Content(path, List.of(), List.of(), problem);
    }
  }

  private Content content(CorpusLayout.Item item, CorpusFiles.Sound sound) {
    try {
      short[] samples = sound.decode(sampleRateHz);
      if (item instanceof CorpusLayout.Word word) {
        return new Content(item.path(), List.of(cutter.word(word, samples)), List.of(), null);
      }
      if (item instanceof CorpusLayout.Sentence sentence) {
        return new Content(item.path(), cutter.sentence(sentence, samples), List.of(), null);
      }
      String name = Path.of(item.path()).getFileName().toString();
      return new Content(item.path(), List.of(), List.of(new NoiseRecording(name, samples)), null);
    } catch (UnreadableAudioException | UncheckedIOException | IllegalArgumentException e) {
      return Content.unusable(item.path(), e.getMessage());
    }
  }
}
