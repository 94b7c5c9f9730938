package org.digitstream.ingest.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A microphone that samples a signal at the times of a clock: frame {@code n} of an opening is the
 * signal at the clock's sample {@code opened + n}. Its buffer keeps the newest frames, as a sound
 * card's does, and loses the older ones.
 */
final class FakeMicrophone implements Microphone {
  /** The value of the signal at a sample of the clock. */
  interface Signal {
    short at(long sample);
  }

  private final FakeTime time;
  private final int sampleRateHz;
  private final int channels;
  private final int bufferFrames;
  private final Signal signal;
  private boolean broken;
  private boolean mute;
  private int openings;

  FakeMicrophone(FakeTime time, int sampleRateHz, int channels, int bufferFrames, Signal signal) {
    this.time = time;
    this.sampleRateHz = sampleRateHz;
    this.channels = channels;
    this.bufferFrames = bufferFrames;
    this.signal = signal;
  }

  /** Pulls the plug, or puts it back. */
  void broken(boolean broken) {
    this.broken = broken;
  }

  /** Lets the device live on without giving a frame. */
  void mute(boolean mute) {
    this.mute = mute;
  }

  int openings() {
    return openings;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public CaptureLine open() throws MicrophoneException {
    if (broken) {
      throw new MicrophoneException("the fake is broken");
    }
    openings++;
    return new FakeLine();
  }

  private long clockSample() {
    return Math.floorDiv(time.nanos() * sampleRateHz, 1_000_000_000L);
  }

  private final class FakeLine implements CaptureLine {
    private long next = clockSample();

    @Override
    public int sampleRateHz() {
      return sampleRateHz;
    }

    @Override
    public int channels() {
      return channels;
    }

    @Override
    public int bufferFrames() {
      return bufferFrames;
    }

    @Override
    public int availableFrames() {
      if (broken) {
        return -1;
      }
      next = Math.max(next, clockSample() - bufferFrames);
      return mute ? 0 : (int) (clockSample() - next);
    }

    @Override
    public int read(byte[] into, int frames) {
      ByteBuffer bytes = ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN);
      for (int frame = 0; frame < frames; frame++) {
        for (int channel = 0; channel < channels; channel++) {
          bytes.putShort(signal.at(next));
        }
        next++;
      }
      return frames;
    }

    @Override
    public void flush() {
      next = clockSample();
    }

    @Override
    public void close() {}
  }
}
