package org.digitstream.ingest.source;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;

/**
 * The recording child of {@link MicrophoneIT}: records from the default microphone at the rate of
 * the first argument into the file of the second, as big-endian 16-bit samples, until its input is
 * closed. Says what microphones there are, {@code READY} at the first chunk, and how many gaps
 * there were.
 */
final class MicrophoneRecorder {
  private MicrophoneRecorder() {}

  /** Records. */
  public static void main(String[] args) throws Exception {
    int rateHz = Integer.parseInt(args[0]);
    Microphones.list().forEach(info -> System.out.println("MICROPHONE " + info));
    AtomicInteger gaps = new AtomicInteger();
    AtomicReference<Double> worstMillis = new AtomicReference<>(0.0);
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(Path.of(args[1])))) {
      MicrophoneSource source =
          new MicrophoneSource(
              Microphones.byDefault(rateHz), rateHz, Timing.system(), MicrophoneListener.NONE);
      Thread stopper = new Thread(() -> stopAtEndOfInput(source), "stopper");
      stopper.setDaemon(true);
      stopper.start();
      long[] previous = {0};
      long samples =
          source.run(
              "id",
              chunk -> {
                if (chunk.gap() != GapReason.NONE) {
                  gaps.incrementAndGet();
                }
                if (chunk.firstSample() == 0) {
                  System.out.println("READY");
                } else if (chunk.firstSample() > rateHz / 2) {
                  double millis = (System.nanoTime() - previous[0]) / 1e6;
                  worstMillis.set(Math.max(worstMillis.get(), millis));
                }
                previous[0] = System.nanoTime();
                write(chunk, out);
              });
      System.out.printf(
          "RECORDED gaps=%d samples=%d longestPause=%.1fms%n",
          gaps.get(), samples, worstMillis.get());
    }
  }

  private static void stopAtEndOfInput(MicrophoneSource source) {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      source.stop();
    }
  }

  private static void write(AudioChunk chunk, DataOutputStream out) {
    try {
      for (short sample : chunk.samples()) {
        out.writeShort(sample);
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
