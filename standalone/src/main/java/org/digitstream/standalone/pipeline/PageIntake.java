package org.digitstream.standalone.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.digitstream.contract.StreamSampler;
import org.digitstream.dashboards.web.AudioIntake;
import org.digitstream.dashboards.web.IntakeException;
import org.digitstream.dashboards.web.IntakeException.Reason;
import org.digitstream.ingest.kafka.AudioDeliveryException;
import org.digitstream.ingest.kafka.DeliveryListener;
import org.digitstream.ingest.kafka.KafkaAudioSink;
import org.digitstream.ingest.source.FileSource;
import org.digitstream.ingest.source.Pacing;
import org.digitstream.ingest.source.PushedSource;
import org.digitstream.ingest.source.Timing;
import org.digitstream.ingest.source.UnreadableAudioException;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.standalone.console.DeliveryNotes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the audio that people bring to the page the same way that all audio goes: through ingest's
 * sources into the topic {@code audio-chunks}. Each stream has a sink of its own, so that one that
 * fails ends no other. Closing ends all streams, with their end markers where those can be
 * delivered.
 */
final class PageIntake implements AudioIntake, AutoCloseable {
  /** Makes a sink for each stream. */
  interface Sinks {
    /** For a recording, which can wait. */
    KafkaAudioSink forRecording() throws IntakeException;

    /** For a microphone, which cannot. */
    KafkaAudioSink forMicrophone(DeliveryListener listener) throws IntakeException;
  }

  /** Opens one sink. */
  private interface Opening {
    KafkaAudioSink open() throws IntakeException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(PageIntake.class);
  private static final String FOLDER = "/recordings/";
  private static final int MOST_REPLAYS = 16;
  private static final int MOST_MICROPHONES = 64;
  private static final int MOST_NAME_CHARS = 100;

  /** Of all files together: they are held until they are replayed. */
  private static final int MOST_HELD_KILOBYTES = 150_000;

  private final Sinks sinks;
  private final int sampleRateHz;
  private final Duration longest;
  private final Semaphore held = new Semaphore(MOST_HELD_KILOBYTES);
  private final Semaphore replays = new Semaphore(MOST_REPLAYS);
  private final Semaphore microphones = new Semaphore(MOST_MICROPHONES);
  private final Map<String, Recording> recordings = new LinkedHashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "page-replay");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * An intake.
   *
   * @param sinks makes a sink for each stream
   * @param sampleRateHz rate of the streams: that of the feature specification
   * @param longest the longest recording that is taken
   */
  PageIntake(Sinks sinks, int sampleRateHz, Duration longest) {
    this.sinks = sinks;
    this.sampleRateHz = sampleRateHz;
    this.longest = longest;
    String table = new String(bundled("transcripts.tsv"), StandardCharsets.UTF_8);
    for (String line : table.lines().toList()) {
      String[] columns = line.split("\t", -1);
      if (columns.length >= 2) {
        byte[] wav = bundled(columns[0]);
        recordings.put(columns[0], new Recording(columns[0], seconds(columns[0], wav), columns[1]));
      }
    }
  }

  private static double seconds(String name, byte[] wav) {
    try {
      return rounded(secondsOf(Path.of(name), wav));
    } catch (UnreadableAudioException e) {
      throw new IllegalStateException("the bundled recording " + name + " cannot be read", e);
    }
  }

  /** By the header, which is checked against the bytes: nothing is decoded before it is allowed. */
  private static double secondsOf(Path name, byte[] wav) throws UnreadableAudioException {
    try (WavReader reader = WavReader.open(name, wav)) {
      return (double) reader.frames() / reader.format().sampleRateHz();
    }
  }

  private static double rounded(double seconds) {
    return Math.round(10 * seconds) / 10.0;
  }

  private static byte[] bundled(String name) {
    try (InputStream in = PageIntake.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the recording " + name + " is missing from this build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled recording " + name, e);
    }
  }

  @Override
  public List<Recording> recordings() {
    return new ArrayList<>(recordings.values());
  }

  @Override
  public Replay replay(String recording) throws IntakeException {
    if (!recordings.containsKey(recording)) {
      throw new IntakeException(
          Reason.UNKNOWN,
          "there is no recording '" + recording + "'; GET /api/recordings lists them");
    }
    return replay(recording, bundled(recording));
  }

  @Override
  public Replay replay(String name, byte[] wav) throws IntakeException {
    Path file = Path.of(shown(name));
    double seconds;
    try {
      seconds = secondsOf(file, wav);
    } catch (UnreadableAudioException e) {
      throw new IntakeException(Reason.UNREADABLE, e.getMessage(), e);
    }
    if (seconds > longest.toSeconds()) {
      throw new IntakeException(
          Reason.UNREADABLE,
          String.format(
              "%s lasts %.0f s, and this page takes up to %d s; cut it, or replay it with:"
                  + " digitstream replay FILE",
              file, seconds, longest.toSeconds()));
    }
    int kilobytes = wav.length / 1000 + 1;
    acquire(held, kilobytes, "too much is being replayed; wait until a recording has ended");
    boolean begun = false;
    try {
      String stream = begin(file, wav, kilobytes);
      begun = true;
      return new Replay(stream, rounded(seconds));
    } finally {
      if (!begun) {
        held.release(kilobytes);
      }
    }
  }

  private static String newId() {
    return StreamSampler.idInSample(() -> UUID.randomUUID().toString());
  }

  private String begin(Path file, byte[] wav, int kilobytes) throws IntakeException {
    acquire(replays, 1, MOST_REPLAYS + " recordings are being replayed; wait until one has ended");
    String stream = newId();
    KafkaAudioSink sink = opened(replays, sinks::forRecording);
    try {
      threads.execute(
          () -> {
            try {
              stream(file, wav, stream, sink);
            } finally {
              held.release(kilobytes);
            }
          });
      return stream;
    } catch (RejectedExecutionException e) {
      replays.release();
      sink.close();
      throw new IntakeException(Reason.UNAVAILABLE, "the page is being closed", e);
    }
  }

  private void stream(Path file, byte[] wav, String stream, KafkaAudioSink sink) {
    try (sink) {
      new FileSource(file, wav, sampleRateHz, Pacing.REALTIME, Timing.system())
          .stream(stream, sink, start -> {});
    } catch (UnreadableAudioException | AudioDeliveryException e) {
      LOG.warn("the replay of {} ended early: {}", file, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("the replay of {} ended because of an error", file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      replays.release();
    }
  }

  /** A file's name without folders and control characters, and not too long. */
  private static String shown(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String plain = last.replaceAll("\\p{Cntrl}", "").strip();
    String some = plain.isEmpty() ? "recording.wav" : plain;
    return some.substring(Math.max(0, some.length() - MOST_NAME_CHARS));
  }

  private static void acquire(Semaphore places, int count, String otherwise)
      throws IntakeException {
    if (!places.tryAcquire(count)) {
      throw new IntakeException(Reason.UNAVAILABLE, otherwise);
    }
  }

  /** A sink for a place that is held; the place is given back where there is none. */
  private KafkaAudioSink opened(Semaphore place, Opening opening) throws IntakeException {
    boolean opened = false;
    try {
      KafkaAudioSink sink = opening.open();
      opened = true;
      return sink;
    } catch (AudioDeliveryException e) {
      throw new IntakeException(Reason.UNAVAILABLE, e.getMessage(), e);
    } finally {
      if (!opened) {
        place.release();
      }
    }
  }

  @Override
  public Session open(String name, int rateHz, Consumer<String> notes) throws IntakeException {
    acquire(microphones, 1, MOST_MICROPHONES + " microphones are open; wait until one has ended");
    KafkaAudioSink sink = opened(microphones, () -> sinks.forMicrophone(new DeliveryNotes(notes)));
    String stream = newId();
    boolean begun = false;
    try {
      PushedSource source =
          new PushedSource(stream, name, rateHz, sampleRateHz, sink, Timing.system());
      begun = true;
      return new Microphone(stream, source, sink);
    } finally {
      if (!begun) {
        microphones.release();
        sink.close();
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** A browser's microphone. */
  private final class Microphone implements Session {
    private final String stream;
    private final PushedSource source;
    private final KafkaAudioSink sink;
    private boolean over;

    Microphone(String stream, PushedSource source, KafkaAudioSink sink) {
      this.stream = stream;
      this.source = source;
      this.sink = sink;
    }

    @Override
    public String stream() {
      return stream;
    }

    @Override
    public synchronized void accept(short[] samples) throws IntakeException {
      boolean accepted = false;
      try {
        source.accept(samples);
        accepted = true;
      } catch (AudioDeliveryException e) {
        throw new IntakeException(Reason.UNAVAILABLE, e.getMessage(), e);
      } finally {
        if (!accepted) {
          release();
        }
      }
    }

    @Override
    public synchronized void end() {
      if (!over) {
        try {
          source.finish();
        } catch (AudioDeliveryException e) {
          LOG.warn("the microphone's stream has no end: {}", e.getMessage());
        } finally {
          release();
        }
      }
    }

    /** Whatever went wrong, the place is free for somebody else. */
    private void release() {
      if (!over) {
        over = true;
        microphones.release();
        try {
          sink.close();
        } catch (AudioDeliveryException e) {
          LOG.warn("the last of a microphone's stream was lost: {}", e.getMessage());
        }
      }
    }
  }
}
