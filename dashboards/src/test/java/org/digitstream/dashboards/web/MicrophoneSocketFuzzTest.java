package org.digitstream.dashboards.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever a browser sends: samples, or a refusal that says why. */
class MicrophoneSocketFuzzTest {
  private static final long FIXED_BYTES = 400_000;
  private static final long BYTES_PER_BYTE = 64;
  private static final int WARM_UP = 500;
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "\"end\"",
          ":",
          "true",
          "false",
          "null",
          "[",
          "[[[[[[[[",
          "{\"a\":",
          "1e999",
          "\\u0000",
          "\"",
          "-1",
          "16000",
          "99999999999999",
          "\ud800",
          " ",
          "{\"end\":true}",
          "96001",
          "8000",
          "1e4",
          "\u0000");

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void whateverComesIsTakenOrRefusedInWords() {
    int inputs = Integer.getInteger("digitstream.fuzz.inputs", 2_000);
    long seed = Long.getLong("digitstream.fuzz.seed", 20_261_123L);
    SplittableRandom random = new SplittableRandom(seed);
    long taken = 0;
    long worst = 0;
    for (int i = 0; i < inputs; i++) {
      String text = text(random);
      byte[] bytes =
          new byte[random.nextInt(10) == 0 ? 64 * 1024 + random.nextInt(4) : random.nextInt(99)];
      random.nextBytes(bytes);
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      taken += answers(text, bytes) ? 1 : 0;
      long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
      worst = Math.max(worst, i < WARM_UP ? 0 : allocated);
      if (i >= WARM_UP) {
        assertThat(allocated)
            .as("input %d of seed %d: %s", i, seed, text)
            .isLessThan(FIXED_BYTES + BYTES_PER_BYTE * (text.length() + bytes.length));
      }
    }
    System.out.printf(
        "fuzz microphone messages: %d inputs, seed %d: %d taken, at most %d bytes allocated%n",
        inputs, seed, taken, worst);
    assertThat(taken).isBetween(1L, inputs - 1L);
  }

  private static boolean answers(String text, byte[] bytes) {
    Intake intake = new Intake();
    try {
      MicrophoneSocket socket =
          MicrophoneSocket.open(
              intake,
              text.length() % 2 == 0 ? text : "16000",
              text,
              Duration.ofMinutes(1),
              () -> 0,
              note -> {});
      socket.accept(bytes, 0, bytes.length);
      assertThat(intake.samples).isEqualTo(bytes.length / 2);
      return socket.accept(text);
    } catch (MicrophoneSocket.Refusal e) {
      assertThat(e.getMessage()).isNotBlank();
      return false;
    }
  }

  private static String text(SplittableRandom random) {
    if (random.nextInt(20) == 0) {
      return "[".repeat(random.nextInt(20_000));
    }
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(6); n > 0; n--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static final class Intake implements AudioIntake {
    private int samples;

    @Override
    public List<Recording> recordings() {
      return List.of();
    }

    @Override
    public Replay replay(String recording) {
      throw new AssertionError();
    }

    @Override
    public Replay replay(String name, byte[] wav) {
      throw new AssertionError();
    }

    @Override
    public Session open(String name, int sampleRateHz, Consumer<String> notes) {
      assertThat(name).hasSizeBetween(1, 100);
      assertThat(sampleRateHz).isBetween(8_000, 96_000);
      return new Session() {
        @Override
        public String stream() {
          return "s";
        }

        @Override
        public void accept(short[] more) {
          samples += more.length;
        }

        @Override
        public void end() {}
      };
    }
  }
}
