package org.digitstream.ingest.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;

/**
 * Streams a microphone: mixed to mono, resampled, in chunks of 20 ms numbered from 0.
 *
 * <p><b>Latency.</b> Frames are fetched in pieces of at most 640 and 20 ms as soon as the line has
 * them, asked for every 2 ms. So the line's buffer can be large, half a second, without a chunk
 * ever waiting for it: Java Sound's own blocking read looks into the buffer only every quarter of
 * its length (measured through PulseAudio at 16 kHz: bursts every 64 ms with a buffer of 4096
 * frames, a piece every 19 ms in this way, 22 ms at most).
 *
 * <p><b>Nothing is spliced.</b> An overrun, told by {@link CaptureTimeline}'s rule, becomes a gap
 * of as many samples as were lost. A device that is gone, or gives no frame for 2 s (5 s after it
 * was opened), is closed and tried again every second; what the clock says was missed is a gap. The
 * resampler starts anew behind a gap, so a gap is exact to one sample.
 *
 * <p>{@link #run} belongs to one thread; {@link #stop} may be called from any.
 */
public final class MicrophoneSource {
  /** After how much digital silence the listener is told. */
  public static final int SILENCE_SECONDS = 10;

  private static final int CHUNK_MILLIS = 20;
  private static final int MOST_READ_FRAMES = 640;
  private static final long POLL_NANOS = 2_000_000;
  private static final long RETRY_NANOS = 1_000_000_000;
  private static final long FIRST_FRAME_NANOS = 5_000_000_000L;
  private static final long NEXT_FRAME_NANOS = 2_000_000_000;

  private final Microphone microphone;
  private final int sampleRateHz;
  private final Timing timing;
  private final MicrophoneListener listener;
  private volatile boolean stopped;

  /**
   * Opens nothing yet.
   *
   * @param sampleRateHz the rate of the stream: that of the feature specification
   */
  public MicrophoneSource(
      Microphone microphone, int sampleRateHz, Timing timing, MicrophoneListener listener) {
    this.microphone = microphone;
    this.sampleRateHz = sampleRateHz;
    this.timing = timing;
    this.listener = listener;
  }

  /**
   * Streams until {@link #stop} is called; the last chunk then has the end marker.
   *
   * @param streamId fresh for this session
   * @return the number of samples of the stream, lost ones included
   * @throws MicrophoneException where the microphone cannot be opened at the start; nothing was
   *     sent
   * @throws InterruptedException where the thread was interrupted; the stream has no end marker
   */
  public long run(String streamId, AudioSink sink)
      throws MicrophoneException, InterruptedException {
    Stream stream = new Stream(streamId, sink);
    CaptureLine line = microphone.open();
    while (line != null) {
      long lastFrameNanos;
      try (CaptureLine open = line) {
        lastFrameNanos = new Capture(open, stream).untilLostOrStopped();
      }
      line = null;
      if (!stopped) {
        line = reopened();
      }
      if (line != null) {
        double lostNanos = nanos() - lastFrameNanos;
        stream.lose(Math.round(lostNanos * sampleRateHz / 1e9), GapReason.DEVICE_LOST);
      }
    }
    stream.finish();
    return stream.numberer.nextSample();
  }

  /** Makes {@link #run} send the end marker and return, within some milliseconds. */
  public void stop() {
    stopped = true;
  }

  private CaptureLine reopened() throws InterruptedException {
    listener.deviceLost("'" + microphone.name() + "' gives no more sound");
    while (!stopped) {
      timing.sleeper().sleep(RETRY_NANOS);
      try {
        return stopped ? null : microphone.open();
      } catch (MicrophoneException e) {
        listener.deviceLost(e.getMessage());
      }
    }
    return null;
  }

  private long nanos() {
    return timing.nanoTime().getAsLong();
  }

  /** One opening of the microphone. */
  private final class Capture {
    private final CaptureLine line;
    private final Stream stream;
    private final CaptureTimeline timeline;
    private final int readFrames;
    private final byte[] bytes;
    private StreamResampler resampler;
    private long lastFrameNanos = nanos();
    private long patienceNanos = FIRST_FRAME_NANOS;

    Capture(CaptureLine line, Stream stream) {
      this.line = line;
      this.stream = stream;
      this.timeline = new CaptureTimeline(line.sampleRateHz(), line.bufferFrames(), lastFrameNanos);
      this.readFrames =
          Math.min(
              Math.min(MOST_READ_FRAMES, line.sampleRateHz() * CHUNK_MILLIS / 1000),
              Math.max(1, line.bufferFrames() / 2));
      this.bytes = new byte[2 * readFrames * line.channels()];
      this.resampler = new StreamResampler(line.sampleRateHz(), sampleRateHz);
    }

    /** Returns when, by the monotonic clock, the last frame came. */
    long untilLostOrStopped() throws InterruptedException {
      while (!stopped) {
        int available = line.availableFrames();
        if (available < 0) {
          break;
        }
        if (available < readFrames) {
          if (nanos() - lastFrameNanos > patienceNanos) {
            break;
          }
          timing.sleeper().sleep(POLL_NANOS);
        } else if (!noteOverrun() && !read()) {
          break;
        }
      }
      stream.accept(resampler.finish(), this::ageNanos);
      return lastFrameNanos;
    }

    private boolean noteOverrun() {
      long lost = timeline.lostBeforeRead(nanos());
      if (lost == 0) {
        return false;
      }
      line.flush();
      stream.accept(resampler.finish(), this::ageNanos);
      resampler = new StreamResampler(line.sampleRateHz(), sampleRateHz);
      stream.lose(
          Math.round((double) lost * sampleRateHz / line.sampleRateHz()), GapReason.OVERRUN);
      lastFrameNanos = nanos();
      return true;
    }

    private boolean read() {
      int frames = line.read(bytes, readFrames);
      if (frames <= 0) {
        return false;
      }
      lastFrameNanos = nanos();
      patienceNanos = NEXT_FRAME_NANOS;
      timeline.read(frames, lastFrameNanos);
      stream.accept(resampler.accept(mono(frames)), this::ageNanos);
      return true;
    }

    private long ageNanos() {
      return timeline.ageNanos(nanos());
    }

    private float[] mono(int frames) {
      ByteBuffer pcm = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      float[] mono = new float[frames];
      for (int frame = 0; frame < frames; frame++) {
        int sum = 0;
        for (int channel = 0; channel < line.channels(); channel++) {
          sum += pcm.getShort();
        }
        mono[frame] = sum / (32768f * line.channels());
      }
      return mono;
    }
  }

  /** How long ago the last sample that was given was captured. */
  @FunctionalInterface
  private interface Age {
    long nanos();
  }

  /** What leaves. */
  private final class Stream {
    private final AudioSink sink;
    private final ChunkNumberer numberer;
    private long zeroSamples;
    private boolean silenceTold;
    private CaptureTime time = nextSample -> timing.wallMicros();

    Stream(String streamId, AudioSink sink) {
      this.sink = sink;
      this.numberer =
          new ChunkNumberer(
              streamId, microphone.name(), sampleRateHz, sampleRateHz * CHUNK_MILLIS / 1000);
    }

    void accept(float[] samples, Age age) {
      // The samples were captured together with the frames that were read last, or a little before.
      long capturedMicros = timing.wallMicros() - age.nanos() / 1000;
      long end = numberer.nextSample() + samples.length;
      time = nextSample -> capturedMicros - Math.round((end - nextSample) * 1e6 / sampleRateHz);
      numberer.accept(Pcm16.fromFloats(samples), time).forEach(this::send);
    }

    void lose(long samples, GapReason reason) {
      numberer.lose(samples, reason, time).forEach(this::send);
      listener.gap(reason, samples);
    }

    void finish() {
      send(numberer.finish(time));
    }

    private void send(AudioChunk chunk) {
      sink.accept(chunk);
      if (chunk.samples().length > 0) {
        SoundLevel level = SoundLevel.of(chunk.samples());
        listener.level(level);
        watchSilence(level, chunk.samples().length);
      }
    }

    private void watchSilence(SoundLevel level, int samples) {
      zeroSamples = level.digitalSilence() ? zeroSamples + samples : 0;
      if (zeroSamples >= (long) SILENCE_SECONDS * sampleRateHz && !silenceTold) {
        silenceTold = true;
        listener.digitalSilence();
      } else if (zeroSamples == 0 && silenceTold) {
        silenceTold = false;
        listener.soundReturned();
      }
    }
  }
}
