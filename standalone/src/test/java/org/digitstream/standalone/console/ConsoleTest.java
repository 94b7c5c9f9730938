package org.digitstream.standalone.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.digitstream.contract.DigitEvent;
import org.digitstream.ingest.source.SoundLevel;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private static final String ERASE = "\r\u001B[2K";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void onATerminalTheBarIsDrawnOverAtMostTenTimesASecondAndTakenAway() {
    try (ProgressBar bar = new ProgressBar(out, true, nanos::get)) {
      bar.update(0, "none");
      nanos.addAndGet(100_000_000);
      bar.update(0.5, "half");
      nanos.addAndGet(99_000_000);
      bar.update(0.6, "more");
    }
    assertThat(bytes.toString(UTF_8))
        .isEqualTo(ERASE + "[" + "#".repeat(15) + "-".repeat(15) + "] 50 % half" + ERASE);
  }

  @Test
  void elsewhereProgressIsAPlainLineEveryTenSeconds() {
    try (ProgressBar bar = new ProgressBar(out, false, nanos::get)) {
      for (int second = 1; second <= 25; second++) {
        nanos.addAndGet(1_000_000_000);
        bar.update(second / 100.0, "x");
      }
    }
    assertThat(bytes.toString(UTF_8).lines()).containsExactly("10 % x", "20 % x");
  }

  @Test
  void theStatusLineStaysBelowWhatIsPrinted() {
    StatusLine status = new StatusLine(out, true);
    status.show("level");
    status.println("digit");
    status.clear();

    assertThat(bytes.toString(UTF_8))
        .isEqualTo(
            ERASE + "level" + ERASE + "digit" + System.lineSeparator() + ERASE + "level" + ERASE);
  }

  @Test
  void withoutATerminalThereIsNoStatusLine() {
    StatusLine status = new StatusLine(out, false);
    status.show("level");
    status.println("digit");
    status.clear();

    assertThat(bytes.toString(UTF_8)).isEqualTo("digit" + System.lineSeparator());
  }

  @Test
  void theMeterShowsTheLoudestPeakSinceItWasLastDrawn() {
    LevelMeter meter = new LevelMeter();
    meter.accept(new SoundLevel(-30, -40));
    meter.accept(new SoundLevel(-45, -50));

    assertThat(meter.draw()).isEqualTo("[" + "=".repeat(15) + " ".repeat(15) + "] -30 dB");
    assertThat(meter.draw()).isEqualTo("[" + " ".repeat(30) + "] silence");
  }

  @Test
  void aDigitIsOneLineOfTimeDigitConfidenceAndLatency() {
    DigitEvent event =
        new DigitEvent("id", "s", 0, 7, 1_000_000, 1_004_000, 16_000, 0.987f, List.of(), "m");

    assertThat(DigitLine.of(event, OptionalLong.of(123), false))
        .isEqualTo(" 1:02.50  7   99 %   123 ms");
    assertThat(DigitLine.of(event, OptionalLong.empty(), true))
        .isEqualTo(" 1:02.50  \u001B[1;32m7\u001B[0m   99 %");
  }
}
