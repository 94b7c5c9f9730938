package org.digitstream.ingest.source;

/**
 * A stream of samples that somebody else captures and hands over piece by piece, such as a browser:
 * resampled, cut into chunks of 20 ms and numbered. What comes counts as captured when it comes.
 * One thread at a time.
 */
public final class PushedSource {
  private static final int CHUNK_MILLIS = 20;

  private final int sampleRateHz;
  private final StreamResampler resampler;
  private final ChunkNumberer numberer;
  private final AudioSink sink;
  private final Timing timing;
  private CaptureTime time;

  /**
   * Begins a stream; nothing is sent before the first samples.
   *
   * @param streamId fresh for this session
   * @param source what the audio is of, for people
   * @param sourceRateHz rate of the samples to come, within a 20th to 20 times {@code sampleRateHz}
   * @param sampleRateHz rate of the stream: that of the feature specification
   * @throws IllegalArgumentException quoting the rates where they are out of bounds
   */
  public PushedSource(
      String streamId,
      String source,
      int sourceRateHz,
      int sampleRateHz,
      AudioSink sink,
      Timing timing) {
    this.sampleRateHz = sampleRateHz;
    this.resampler = new StreamResampler(sourceRateHz, sampleRateHz);
    this.numberer =
        new ChunkNumberer(streamId, source, sampleRateHz, sampleRateHz * CHUNK_MILLIS / 1000);
    this.sink = sink;
    this.timing = timing;
    this.time = nextSample -> timing.wallMicros();
  }

  /**
   * Takes the next samples.
   *
   * @param samples 16-bit mono at the source's rate; not kept
   * @throws RuntimeException where the sink cannot deliver; the stream is then to be given up
   */
  public void accept(short[] samples) {
    float[] floats = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      floats[i] = samples[i] / 32768f;
    }
    accept(resampler.accept(floats));
  }

  private void accept(float[] resampled) {
    long nowMicros = timing.wallMicros();
    long end = numberer.nextSample() + resampled.length;
    time = nextSample -> nowMicros - Math.round((end - nextSample) * 1e6 / sampleRateHz);
    numberer.accept(Pcm16.fromFloats(resampled), time).forEach(sink::accept);
  }

  /**
   * Ends the stream with its end marker; once.
   *
   * @return its length in samples
   */
  public long finish() {
    accept(resampler.finish());
    sink.accept(numberer.finish(time));
    return numberer.nextSample();
  }
}
