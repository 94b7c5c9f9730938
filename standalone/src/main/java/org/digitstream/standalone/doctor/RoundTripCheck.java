package org.digitstream.standalone.doctor;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;
import org.digitstream.standalone.pipeline.Pipeline;

/** Whether audio that goes in at one end comes out at the other. */
public final class RoundTripCheck {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private RoundTripCheck() {}

  /**
   * Sends a stream of one second of silence and waits for its end.
   *
   * @param pipeline the road
   * @param streamId fresh
   * @param sampleRateHz rate of the stream
   * @param where the broker is, in words
   */
  public static Finding run(
      Pipeline pipeline, String streamId, int sampleRateHz, String where, Clock clock)
      throws InterruptedException {
    long start = System.nanoTime();
    pipeline.collector().expect(streamId);
    pipeline
        .sink()
        .accept(
            new AudioChunk(
                streamId,
                "doctor",
                0,
                sampleRateHz,
                new short[sampleRateHz],
                clock.millis() * 1000,
                GapReason.NONE,
                true));
    pipeline.sink().flush();
    if (!pipeline.collector().awaitEnded(1, TIMEOUT)) {
      return Finding.broken(
          "round trip",
          "the broker ("
              + where
              + ") took a stream, but its end did not come within "
              + TIMEOUT.toSeconds()
              + " s: check that 'digitstream features' and 'digitstream inference' run against it");
    }
    return Finding.well(
        "round trip",
        String.format(
            Locale.ROOT,
            "%s: audio went in, the end of its stream came out after %.0f ms",
            where,
            (System.nanoTime() - start) / 1e6));
  }
}
