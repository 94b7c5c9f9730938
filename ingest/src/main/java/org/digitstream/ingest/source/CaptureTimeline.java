package org.digitstream.ingest.source;

/**
 * Holds the frames that were read from a line against a monotonic clock, to see what was lost.
 *
 * <p>Java Sound restarts a line that overran without a word. But a line cannot keep more than its
 * buffer: <b>when more frames are due than were read and the buffer can hold, the line overran.</b>
 * Then nobody knows which of the frames in the buffer are from before and which from after the
 * loss; so the buffer is to be flushed, and everything that was due counts as lost.
 *
 * <p>What is due follows from the earliest that frames were ever seen to arrive, so the latency of
 * the system does not look like a loss. A sound card's clock is allowed to run up to 0.05 % slower
 * than the computer's; one that runs faster is followed at once. One per opening of a line, one
 * thread.
 */
final class CaptureTimeline {
  private static final double MOST_DRIFT = 5e-4;

  private final int sampleRateHz;
  private final int bufferFrames;
  private final long startNanos;
  private double latencyFrames = Double.POSITIVE_INFINITY;
  private long latencyNanos;
  private long position;

  /**
   * Starts at frame 0.
   *
   * @param nanos the monotonic clock
   */
  CaptureTimeline(int sampleRateHz, int bufferFrames, long nanos) {
    this.sampleRateHz = sampleRateHz;
    this.bufferFrames = bufferFrames;
    this.startNanos = nanos;
    this.latencyNanos = nanos;
  }

  /**
   * To be asked before every read.
   *
   * @return 0, or how many frames were lost in an overrun: they count as passed, and the line is to
   *     be flushed
   */
  long lostBeforeRead(long nanos) {
    if (Double.isInfinite(latencyFrames)) {
      return 0;
    }
    double waiting = elapsedFrames(nanos) - position - drifted(nanos);
    if (waiting <= bufferFrames) {
      return 0;
    }
    long lost = Math.round(waiting);
    position += lost;
    return lost;
  }

  /** Counts frames that were read. */
  void read(int frames, long nanos) {
    position += frames;
    latencyFrames = Math.min(drifted(nanos), elapsedFrames(nanos) - position);
    latencyNanos = nanos;
  }

  /** Frames read and lost so far. */
  long position() {
    return position;
  }

  /** How long ago, at the least, the last frame read had been captured. */
  long ageNanos(long nanos) {
    double frames = elapsedFrames(nanos) - position - latencyFrames;
    return Double.isFinite(frames) ? Math.max(0, Math.round(frames * 1e9 / sampleRateHz)) : 0;
  }

  private double drifted(long nanos) {
    return latencyFrames + MOST_DRIFT * sampleRateHz * (nanos - latencyNanos) / 1e9;
  }

  private double elapsedFrames(long nanos) {
    return (nanos - startNanos) * 1e-9 * sampleRateHz;
  }
}
