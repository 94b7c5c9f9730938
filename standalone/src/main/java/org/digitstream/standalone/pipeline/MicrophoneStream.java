package org.digitstream.standalone.pipeline;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.digitstream.ingest.source.AudioSink;
import org.digitstream.ingest.source.MicrophoneException;
import org.digitstream.ingest.source.MicrophoneSource;

/** A microphone that is being recorded, in a thread of its own, as one stream. */
public final class MicrophoneStream implements AutoCloseable {
  private final MicrophoneSource source;
  private final String streamId;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "microphone"));
  private final Future<Long> samples;

  private MicrophoneStream(MicrophoneSource source, String streamId, AudioSink sink) {
    this.source = source;
    this.streamId = streamId;
    this.samples = thread.submit(() -> source.run(streamId, sink));
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

  /** Ends the stream, with its end marker, and returns its length in samples. */
  public long finish() throws MicrophoneException, InterruptedException {
    source.stop();
    try {
      return samples.get();
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
