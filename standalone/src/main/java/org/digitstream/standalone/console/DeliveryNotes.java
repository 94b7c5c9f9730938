package org.digitstream.standalone.console;

import java.util.Locale;
import java.util.function.Consumer;
import org.digitstream.ingest.kafka.DeliveryListener;

/** Tells people who speak what becomes of their audio while the broker is slow or away. */
public final class DeliveryNotes implements DeliveryListener {
  private final Consumer<String> lines;

  /**
   * Notes that go to a printer of lines.
   *
   * @param lines called on the capturing thread
   */
  public DeliveryNotes(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void waiting(String brokers, int mostSeconds) {
    lines.accept(
        "the broker at "
            + brokers
            + " does not take audio: up to "
            + mostSeconds
            + " s of it are kept and sent when it does; check that it runs");
  }

  @Override
  public void caughtUp() {
    lines.accept("all audio that was kept has been sent");
  }

  @Override
  public void losing(String brokers, double keptSeconds) {
    lines.accept(
        String.format(
            Locale.ROOT,
            "audio is being lost: the broker at %s is still away and %.0f s are kept already;"
                + " start it, and the stream goes on behind a gap",
            brokers,
            keptSeconds));
  }

  @Override
  public void resumed() {
    lines.accept("audio was lost (buffer full); the stream goes on behind the gap");
  }
}
