package org.digitstream.standalone.pipeline;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.digitstream.ingest.source.AudioSink;
import org.digitstream.ingest.source.MicrophoneException;
import org.digitstream.ingest.source.MicrophoneSource;

/** A microphone that is being recorded, in a thread of its own, as one stream. */
public final class MicrophoneStream implements AutoCloseable {
  // Java Sound can block for ever where a sound server died under it.
  private static final int DRIVER_SECONDS = 5;

  private final MicrophoneSource source;
  private final String streamId;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(MicrophoneStream::daemon);
  private final Future<Long> samples;

  private MicrophoneStream(MicrophoneSource source, String streamId, AudioSink sink) {
    this.source = source;
    this.streamId = streamId;
    this.samples = thread.submit(() -> source.run(streamId, sink));
  }

  /** A driver that hangs must not hold up the end of the program. */
  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "microphone");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to record. */
  public static MicrophoneStream start(MicrophoneSource source, String streamId, AudioSink sink) {
    return new MicrophoneStream(source, streamId, sink);
  }

  /** Identifies the stream. */
  public String streamId() {
    return streamId;
  }

  /** Throws what ended the recording, if anything did. */
  public void throwFailure() throws MicrophoneException, InterruptedException {
    if (samples.isDone()) {
      finish();
    }
  }

  /**
   * Ends the stream, with its end marker, and returns its length in samples.
   *
   * @throws MicrophoneException where the microphone failed, or its driver does not return: the
   *     stream then has no end marker
   */
  public long finish() throws MicrophoneException, InterruptedException {
    source.stop();
    try {
      return samples.get(DRIVER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new MicrophoneException(
          "the microphone's driver does not answer any more, so its stream could not be ended;"
              + " check the sound server, or plug the microphone in again",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof MicrophoneException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    source.stop();
    thread.shutdown();
  }
}
