package org.digitstream.dashboards.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.utterance.UtteranceGrouper;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.Scoreboard;
import org.digitstream.dashboards.live.Scorer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A browser that does not read, on a real socket beside one that does. */
class SlowViewerTest {
  /** As wide as frames can be, so that buffers are full soon. */
  private static final FeatureSpec SPEC =
      new FeatureSpec(
          "widest",
          16_000,
          8_192,
          8_192,
          160,
          FeatureSpec.WindowFunction.HANN_PERIODIC,
          FeatureSpec.Spectrum.POWER,
          FeatureSpec.MelScale.SLANEY,
          FeatureSpec.MelNormalization.SLANEY_AREA,
          256,
          50,
          7600,
          FeatureSpec.LogScale.NATURAL,
          1e-10);

  private static final int FRAMES_AT_ONCE = 1_000;

  /** Far more than the system keeps for a connection. */
  private static final long BYTES = 32_000_000;

  private final LiveStreams streams =
      new LiveStreams(SPEC, UtteranceGrouper.DEFAULT_PAUSE, Clock.systemUTC());
  private final LivePage page =
      new LivePage(
          PageAccess.ofThisMachine(0),
          new LivePage.About("1", "m", List.of(), List.of()),
          streams,
          new Gauges(0),
          new Scoreboard(Scorer.NOTHING),
          Optional.empty(),
          routes -> {},
          Clock.systemUTC());

  @AfterEach
  void close() {
    page.close();
  }

  /** A viewer that reads nothing before it is told to. */
  private static final class Guest implements AutoCloseable {
    private final Socket socket = new Socket();
    private final DataInputStream in;
    private volatile long frames;
    private volatile long nextFrame;

    Guest(int port) throws IOException {
      socket.setReceiveBufferSize(8_192);
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      String key = Base64.getEncoder().encodeToString(new byte[16]);
      socket
          .getOutputStream()
          .write(
              ("GET /ws/live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                      + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                      + key
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads from now on. */
    void wake() {
      Thread thread =
          new Thread(
              () -> {
                try {
                  readHead();
                  while (true) {
                    take(readMessage());
                  }
                } catch (IOException e) {
                  // The test has ended, or awaits in vain what did not come.
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    private void readHead() throws IOException {
      int last = 0;
      while (last != 0x0d0a0d0a) {
        last = last << 8 | in.readUnsignedByte();
      }
    }

    private ByteBuffer readMessage() throws IOException {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      boolean whole = false;
      while (!whole) {
        whole = in.readUnsignedByte() >= 0x80;
        int length = in.readUnsignedByte();
        if (length == 126) {
          length = in.readUnsignedShort();
        } else if (length == 127) {
          length = Math.toIntExact(in.readLong());
        }
        message.write(in.readNBytes(length));
      }
      return ByteBuffer.wrap(message.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    private void take(ByteBuffer message) {
      if (message.get(0) == Messages.FRAMES) {
        frames += message.getShort(2);
        nextFrame = (long) message.getDouble(8) + message.getShort(2);
      }
    }

    void awaitFrame(long next) {
      await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(2))
          .until(() -> nextFrame == next);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void oneThatDoesNotReadHoldsUpNobodyAndMissesWhatIsForgotten() throws Exception {
    try (Guest reader = new Guest(page.port());
        Guest sleeper = new Guest(page.port())) {
      reader.wake();
      long told = 0;
      while (told * SPEC.bands() < BYTES) {
        streams.accept(frames(told));
        told += FRAMES_AT_ONCE;
        reader.awaitFrame(told);
      }
      assertThat(reader.frames).isEqualTo(told);

      sleeper.wake();
      sleeper.awaitFrame(told);
      assertThat(sleeper.frames).isLessThan(told / 2);
    }
  }

  private static LogMelFrames frames(long first) {
    return new LogMelFrames(
        "s",
        "s.wav",
        SPEC.id(),
        first,
        SPEC.bands(),
        new float[FRAMES_AT_ONCE * SPEC.bands()],
        0,
        false,
        SPEC.sampleRateHz());
  }
}
