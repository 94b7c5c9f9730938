package org.digitstream.ingest.source;

import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.digitstream.contract.AudioChunk;

/**
 * Streams a WAV file as if it were spoken now: decoded, mixed, resampled, cut into chunks and
 * paced. The samples are those of {@link WavReader#readMono}, whatever the pacing.
 *
 * <p>Paced, the whole file is due at instants that are fixed by its start, and a chunk leaves when
 * its last sample is due; that instant is its {@code capturedAtMicros}, also when the chunk leaves
 * late. Unpaced, {@code capturedAtMicros} is when the chunk left. One thread.
 */
public final class FileSource {
  private static final int READ_FRAMES = 2048;

  /** Opens the recording. */
  @FunctionalInterface
  private interface Opening {
    WavReader open() throws UnreadableAudioException;
  }

  private final Path file;
  private final Opening opening;
  private final int sampleRateHz;
  private final Pacing pacing;
  private final Timing timing;

  /**
   * Opens nothing yet.
   *
   * @param sampleRateHz the rate of the stream: that of the feature specification
   */
  public FileSource(Path file, int sampleRateHz, Pacing pacing, Timing timing) {
    this(file, () -> WavReader.open(file), sampleRateHz, pacing, timing);
  }

  /**
   * The same for a file that is in memory.
   *
   * @param name what it is called, for people
   * @param content the file's bytes, header and all; not copied
   * @param sampleRateHz the rate of the stream: that of the feature specification
   */
  public FileSource(Path name, byte[] content, int sampleRateHz, Pacing pacing, Timing timing) {
    this(name, () -> WavReader.open(name, content), sampleRateHz, pacing, timing);
  }

  private FileSource(Path file, Opening opening, int sampleRateHz, Pacing pacing, Timing timing) {
    this.file = file;
    this.opening = opening;
    this.sampleRateHz = sampleRateHz;
    this.pacing = pacing;
    this.timing = timing;
  }

  /**
   * Streams the file, from its first sample to its end marker.
   *
   * @param streamId fresh for this session
   * @param startMicros told once, before the first chunk: when sample 0 is due, in microseconds
   *     since 1970 UTC
   * @return the number of samples of the stream
   * @throws UnreadableAudioException where the file cannot be read; nothing was sent where it could
   *     not be opened, otherwise the stream has no end marker
   * @throws InterruptedException where the thread was interrupted; the stream has no end marker
   */
  public long stream(String streamId, AudioSink sink, LongConsumer startMicros)
      throws UnreadableAudioException, InterruptedException {
    try (WavReader reader = opening.open()) {
      StreamResampler resampler = new StreamResampler(reader.format().sampleRateHz(), sampleRateHz);
      ChunkNumberer numberer =
          new ChunkNumberer(
              streamId,
              String.valueOf(file.getFileName()),
              sampleRateHz,
              Math.max(1, sampleRateHz * pacing.chunkMillis() / 1000));
      Schedule schedule = new Schedule();
      startMicros.accept(schedule.startMicros);
      float[] mono = new float[READ_FRAMES];
      for (int count = reader.read(mono); count >= 0; count = reader.read(mono)) {
        short[] samples = Pcm16.fromFloats(resampler.accept(mono, 0, count));
        for (AudioChunk chunk : numberer.accept(samples, schedule::microsBefore)) {
          send(chunk, sink, schedule);
        }
      }
      short[] rest = Pcm16.fromFloats(resampler.finish());
      for (AudioChunk chunk : numberer.accept(rest, schedule::microsBefore)) {
        send(chunk, sink, schedule);
      }
      send(numberer.finish(schedule::microsBefore), sink, schedule);
      return numberer.nextSample();
    }
  }

  private void send(AudioChunk chunk, AudioSink sink, Schedule schedule)
      throws InterruptedException {
    schedule.awaitDue(chunk.nextSample());
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while " + file + " was streamed");
    }
    sink.accept(chunk);
  }

  /** When each sample is due. */
  private final class Schedule {
    private final long startMicros = timing.wallMicros();
    private final long startNanos = timing.nanoTime().getAsLong();

    long microsBefore(long nextSample) {
      return pacing.paced()
          ? startMicros + Math.round(1e6 * nextSample / sampleRateHz / pacing.speed())
          : timing.wallMicros();
    }

    void awaitDue(long nextSample) throws InterruptedException {
      if (pacing.paced()) {
        long dueNanos = startNanos + Math.round(1e9 * nextSample / sampleRateHz / pacing.speed());
        for (long left = dueNanos - timing.nanoTime().getAsLong();
            left > 0;
            left = dueNanos - timing.nanoTime().getAsLong()) {
          timing.sleeper().sleep(left);
        }
      }
    }
  }
}
