package org.digitstream.training.synthesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.digitstream.ingest.source.SampleEncoding;
import org.digitstream.ingest.source.UnreadableAudioException;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.training.sound.MonoWav;
import org.digitstream.training.sound.TimeStretch;
import org.digitstream.training.storage.WholeFile;

/**
 * Has a plan spoken and writes one WAV file, 16-bit mono, for each of its words.
 *
 * <p>What is there already and good is kept, so a synthesis that was interrupted goes on where it
 * ended. A file has its name only when it is whole.
 */
public final class CorpusSynthesis {
  private final Path folder;
  private final Path scratch;
  private final int sampleRateHz;

  /**
   * A synthesis into a folder.
   *
   * @param folder where the corpus goes; made where it is missing
   * @param scratch an existing folder for temporary files
   * @param sampleRateHz of the recordings, 8,000 to 96,000
   */
  public CorpusSynthesis(Path folder, Path scratch, int sampleRateHz) {
    this.folder = folder;
    this.scratch = scratch;
    this.sampleRateHz = sampleRateHz;
  }

  /**
   * What became of a plan.
   *
   * @param made how many recordings were made
   * @param kept how many were there
   * @param problems the words that could not be spoken, in the order of the plan, with the reason
   */
  public record Result(int made, int kept, List<String> problems) {
    /** Copies the list. */
    public Result {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Speaks. The executor's number of threads does not change the result.
   *
   * @param words what to speak
   * @param executor runs the synthesizers; on an exception the caller ends it
   * @param progress told the number of words done so far, on the calling thread
   * @throws IOException where a file cannot be written
   * @throws InterruptedException where the thread is interrupted
   */
  public Result run(List<SpokenWord> words, ExecutorService executor, IntConsumer progress)
      throws IOException, InterruptedException {
    CompletionService<Boolean> service = new ExecutorCompletionService<>(executor);
    List<Future<Boolean>> futures = new ArrayList<>();
    for (SpokenWord word : words) {
      futures.add(service.submit(() -> makeUnlessThere(word)));
    }
    for (int done = 1; done <= words.size(); done++) {
      rethrowDiskProblem(service.take());
      progress.accept(done);
    }
    int made = 0;
    int kept = 0;
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      try {
        if (futures.get(i).get()) {
          made++;
        } else {
          kept++;
        }
      } catch (ExecutionException e) {
        problems.add(words.get(i).file() + ": " + e.getCause().getMessage());
      }
    }
    return new Result(made, kept, problems);
  }

  /** One word that a synthesizer cannot say is a pity; a disk that is full is the end. */
  private static void rethrowDiskProblem(Future<Boolean> word)
      throws IOException, InterruptedException {
    try {
      word.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SynthesisException
          || e.getCause() instanceof UnreadableAudioException) {
        return;
      }
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private boolean makeUnlessThere(SpokenWord word) throws IOException, InterruptedException {
    Path file = folder.resolve(word.file());
    if (isGood(file)) {
      return false;
    }
    byte[] wav = MonoWav.bytes(spoken(word), sampleRateHz);
    WholeFile.write(file, wav);
    return true;
  }

  private short[] spoken(SpokenWord word) throws IOException, InterruptedException {
    SpeechSynthesizer synthesizer = word.voice().synthesizer();
    int rate = Math.max(word.wordsPerMinute(), synthesizer.slowestWordsPerMinute());
    Path raw = Files.createTempFile(scratch, "spoken", ".wav");
    try {
      synthesizer.speak(word.voice(), word.text(), rate, raw);
      short[] samples = WavReader.readMono(raw, sampleRateHz);
      if (rate > word.wordsPerMinute()) {
        samples = TimeStretch.stretch(samples, sampleRateHz, (double) rate / word.wordsPerMinute());
      }
      return CleanWord.of(samples, sampleRateHz);
    } finally {
      Files.deleteIfExists(raw);
    }
  }

  private boolean isGood(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (WavReader reader = WavReader.open(file)) {
      return reader.format().sampleRateHz() == sampleRateHz
          && reader.format().channels() == 1
          && reader.format().encoding() == SampleEncoding.PCM_16;
    } catch (UnreadableAudioException e) {
      return false;
    }
  }
}
