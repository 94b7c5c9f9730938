package org.digitstream.standalone.console;

import java.util.Locale;
import java.util.function.Consumer;
import org.digitstream.contract.GapReason;
import org.digitstream.ingest.source.MicrophoneListener;
import org.digitstream.ingest.source.MicrophoneSource;

/** Tells people what is the matter with their microphone, and what to do. */
public class MicrophoneNotes implements MicrophoneListener {
  private final Consumer<String> lines;

  /** What was told of a device that is gone; it is tried again every second and told once. */
  private String lossTold = "";

  /**
   * Notes that go to a printer of lines.
   *
   * @param lines called on the capturing thread
   */
  public MicrophoneNotes(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void digitalSilence() {
    lines.accept(
        "the microphone has given nothing but zeros for "
            + MicrophoneSource.SILENCE_SECONDS
            + " s: switch it on, allow this program to use it (privacy settings), or choose another"
            + " one (digitstream live --list-microphones)");
  }

  @Override
  public void soundReturned() {
    lines.accept("the microphone gives sound again");
  }

  @Override
  public void deviceLost(String reason) {
    if (!reason.equals(lossTold)) {
      lossTold = reason;
      lines.accept("the microphone is gone, trying again: " + reason);
    }
  }

  @Override
  public void gap(GapReason reason, long lostSamples) {
    lossTold = "";
    lines.accept(
        "audio was lost (" + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")");
  }
}
