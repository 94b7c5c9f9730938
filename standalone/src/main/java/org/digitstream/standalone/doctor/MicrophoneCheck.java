package org.digitstream.standalone.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.digitstream.ingest.source.Microphone;
import org.digitstream.ingest.source.MicrophoneException;
import org.digitstream.ingest.source.MicrophoneInfo;
import org.digitstream.ingest.source.MicrophoneListener;
import org.digitstream.ingest.source.MicrophoneSource;
import org.digitstream.ingest.source.Microphones;
import org.digitstream.ingest.source.SoundLevel;
import org.digitstream.ingest.source.Timing;
import org.digitstream.standalone.pipeline.MicrophoneStream;

/** Which microphones there are, and whether the default one hears anything. */
public final class MicrophoneCheck {
  private static final int SAMPLE_RATE_HZ = 16_000;
  private static final int LISTEN_MILLIS = 1_500;

  private MicrophoneCheck() {}

  /** Lists the microphones and listens to the default one for a moment. */
  public static List<Finding> run() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    List<MicrophoneInfo> microphones = Microphones.list();
    if (microphones.isEmpty()) {
      return List.of(
          Finding.warning(
              "microphones",
              "none was found, so 'live' will not work: plug one in and check the sound settings"));
    }
    findings.add(
        Finding.well(
            "microphones",
            String.join(", ", microphones.stream().map(MicrophoneInfo::name).toList())));
    findings.add(listen());
    return findings;
  }

  private static Finding listen() throws InterruptedException {
    PeakLevel peak = new PeakLevel();
    try {
      Microphone microphone = Microphones.byDefault(SAMPLE_RATE_HZ);
      MicrophoneSource source =
          new MicrophoneSource(microphone, SAMPLE_RATE_HZ, Timing.system(), peak);
      try (MicrophoneStream stream = MicrophoneStream.start(source, "doctor", chunk -> {})) {
        TimeUnit.MILLISECONDS.sleep(LISTEN_MILLIS);
        stream.finish();
      }
      return judge(microphone.name(), peak.dbfs);
    } catch (MicrophoneException e) {
      return Finding.warning("level", e.getMessage());
    }
  }

  /**
   * Judges the loudest peak that was heard.
   *
   * @param dbfs in dB of full scale
   */
  static Finding judge(String name, double dbfs) {
    if (dbfs <= SoundLevel.SILENCE_DBFS) {
      return Finding.warning(
          "level",
          name
              + " gives nothing but zeros: switch it on, raise its level, and allow this program to"
              + " use it");
    }
    return Finding.well("level", String.format(Locale.ROOT, "%s, peak %.0f dB", name, dbfs));
  }

  private static final class PeakLevel implements MicrophoneListener {
    private volatile double dbfs = SoundLevel.SILENCE_DBFS;

    @Override
    public void level(SoundLevel level) {
      dbfs = Math.max(dbfs, level.peakDbfs());
    }
  }
}
