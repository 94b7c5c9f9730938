package org.digitstream.training.synthesis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.digitstream.ingest.source.MonoWav;
import org.digitstream.ingest.source.SampleEncoding;
import org.digitstream.ingest.source.UnreadableAudioException;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.training.sound.TimeStretch;
import org.digitstream.training.storage.WholeFile;

/**
 * Has a plan spoken and writes one WAV file, 16-bit mono, for each of its words and strings;
 * strings lie in the folder {@value #STRINGS}, with a {@value #TRANSCRIPTS} that has the times of
 * their digits, in the form of AN4's.
 *
 * <p>What is there already and good is kept, so a synthesis that was interrupted goes on where it
 * ended. A file has its name only when it is whole.
 */
public final class CorpusSynthesis {
  private static final String STRINGS = "strings";
  private static final String TRANSCRIPTS = "transcripts.jsonl";

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

  /** One file of the plan; what it gives is whether it had to be made. */
  private record Task(String file, Callable<Boolean> work) {}

  /**
   * Speaks. The executor's number of threads does not change the result.
   *
   * @param words what to speak
   * @param strings digits to speak together
   * @param executor runs the synthesizers; on an exception the caller ends it
   * @param progress told the number of files done so far, on the calling thread
   * @throws IOException where a file cannot be written
   * @throws InterruptedException where the thread is interrupted
   */
  public Result run(
      List<SpokenWord> words,
      List<SpokenString> strings,
      ExecutorService executor,
      IntConsumer progress)
      throws IOException, InterruptedException {
    List<Task> tasks = new ArrayList<>();
    words.forEach(word -> tasks.add(new Task(word.file(), () -> makeUnlessThere(word))));
    Map<String, String> transcripts = new ConcurrentSkipListMap<>();
    for (SpokenString string : strings) {
      tasks.add(
          new Task(STRINGS + "/" + string.file(), () -> makeUnlessThere(string, transcripts)));
    }
    Result result = run(tasks, executor, progress);
    if (!transcripts.isEmpty()) {
      String lines = String.join("", transcripts.values());
      WholeFile.write(
          folder.resolve(STRINGS).resolve(TRANSCRIPTS), lines.getBytes(StandardCharsets.UTF_8));
    }
    return result;
  }

  private static Result run(List<Task> tasks, ExecutorService executor, IntConsumer progress)
      throws IOException, InterruptedException {
    CompletionService<Boolean> service = new ExecutorCompletionService<>(executor);
    List<Future<Boolean>> futures = new ArrayList<>();
    tasks.forEach(task -> futures.add(service.submit(task.work())));
    for (int done = 1; done <= tasks.size(); done++) {
      rethrowDiskProblem(service.take());
      progress.accept(done);
    }
    int made = 0;
    int kept = 0;
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      try {
        if (futures.get(i).get()) {
          made++;
        } else {
          kept++;
        }
      } catch (ExecutionException e) {
        problems.add(tasks.get(i).file() + ": " + e.getCause().getMessage());
      }
    }
    return new Result(made, kept, problems);
  }

  /** One word that a synthesizer cannot say is a pity; a disk that is full is the end. */
  private static void rethrowDiskProblem(Future<Boolean> file)
      throws IOException, InterruptedException {
    try {
      file.get();
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
    write(file, spoken(word.voice(), word.text(), word.wordsPerMinute(), 1));
    return true;
  }

  /** The times are found anew where the recording is there: they are in no file of its own. */
  private boolean makeUnlessThere(SpokenString string, Map<String, String> transcripts)
      throws IOException, InterruptedException {
    Path file = folder.resolve(STRINGS).resolve(string.file());
    boolean make = !isGood(file);
    int words = string.words().size();
    short[] samples =
        make
            ? spoken(string.voice(), string.text(), string.wordsPerMinute(), words)
            : WavReader.readMono(file, sampleRateHz);
    List<short[]> alone = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      String text = string.words().get(i) + (i + 1 < words ? "," : "");
      alone.add(withoutMargins(spoken(string.voice(), text, string.wordsPerMinute(), 1)));
    }
    List<WordAlignment.Place> places =
        WordAlignment.of(withoutMargins(samples), alone, sampleRateHz);
    if (make) {
      write(file, samples);
    }
    transcripts.put(
        string.file(), StringTranscript.line(string, places, marginSamples(), sampleRateHz) + "\n");
    return make;
  }

  private int marginSamples() {
    return sampleRateHz * CleanWord.MARGIN_MILLIS / 1000;
  }

  private short[] withoutMargins(short[] samples) {
    return Arrays.copyOfRange(samples, marginSamples(), samples.length - marginSamples());
  }

  private void write(Path file, short[] samples) throws IOException {
    WholeFile.write(file, MonoWav.bytes(samples, sampleRateHz));
  }

  private short[] spoken(SyntheticVoice voice, String text, int wordsPerMinute, int words)
      throws IOException, InterruptedException {
    SpeechSynthesizer synthesizer = voice.synthesizer();
    int rate = Math.max(wordsPerMinute, synthesizer.slowestWordsPerMinute());
    Path raw = Files.createTempFile(scratch, "spoken", ".wav");
    try {
      synthesizer.speak(voice, text, rate, raw);
      short[] samples = WavReader.readMono(raw, sampleRateHz);
      if (rate > wordsPerMinute) {
        samples = TimeStretch.stretch(samples, sampleRateHz, (double) rate / wordsPerMinute);
      }
      return CleanWord.of(samples, sampleRateHz, words);
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
