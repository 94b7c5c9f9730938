package org.digitstream.standalone.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.StreamEnd;
import org.digitstream.ingest.source.Pacing;
import org.digitstream.ingest.source.UnreadableAudioException;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.runtime.events.ReceivedEvent;
import org.digitstream.standalone.pipeline.StreamCollector.Collected;
import org.digitstream.standalone.replay.Latency;
import org.digitstream.standalone.replay.LatencyMillis;
import org.digitstream.standalone.replay.ReplayReport;
import org.digitstream.standalone.replay.Transcripts;
import org.digitstream.standalone.replay.WordEnds;

/** Scores and times what came out of a replay. One thread. */
public final class ReplayScorer {
  private final Replayer.Outcome outcome;
  private final int sampleRateHz;
  private final Pacing pacing;
  private final Map<Replayer.Sent, Collected> collected = new HashMap<>();

  /**
   * Takes what the collector holds; it may be closed afterwards.
   *
   * @param outcome what was streamed
   * @param collector what came out
   * @param sampleRateHz rate of the streams
   * @param pacing how fast they were streamed
   */
  public ReplayScorer(
      Replayer.Outcome outcome, StreamCollector collector, int sampleRateHz, Pacing pacing) {
    this.outcome = outcome;
    this.sampleRateHz = sampleRateHz;
    this.pacing = pacing;
    outcome.sent().forEach(sent -> collected.put(sent, collector.of(sent.streamId())));
  }

  /** The digits by the path of their recording. */
  public Map<String, List<DigitEvent>> digitsByFile() {
    Map<String, List<DigitEvent>> digits = new HashMap<>();
    collected.forEach((sent, what) -> digits.put(sent.file().toString(), what.digitEvents()));
    return digits;
  }

  /** The report. */
  public ReplayReport report(Transcripts transcripts) {
    List<ReplayReport.PerFile> perFile = new ArrayList<>();
    List<String> incomplete = new ArrayList<>();
    long samples = 0;
    String modelId = null;
    for (Replayer.Sent sent : outcome.sent()) {
      Collected what = collected.get(sent);
      samples += sent.samples();
      modelId = what.end().map(StreamEnd::modelId).orElse(modelId);
      perFile.add(
          new ReplayReport.PerFile(
              sent.file().toString(),
              transcripts.digitsOf(sent.file()).orElse(null),
              what.recognized()));
      if (what.end().isEmpty()) {
        incomplete.add(sent.file().toString());
      }
    }
    return ReplayReport.of(
        perFile,
        outcome.unreadable(),
        incomplete,
        latency(),
        (double) samples / sampleRateHz,
        outcome.wallNanos() / 1e9,
        modelId);
  }

  private LatencyMillis latency() {
    if (!pacing.equals(Pacing.REALTIME)) {
      return null;
    }
    List<Double> millis = new ArrayList<>();
    collected.forEach(
        (sent, what) -> {
          try {
            short[] samples = WavReader.readMono(sent.file(), sampleRateHz);
            millis.addAll(latencies(samples, what.digits()));
          } catch (UnreadableAudioException e) {
            // It was there a moment ago; its words cannot be timed.
          }
        });
    return LatencyMillis.of(millis.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private List<Double> latencies(short[] samples, List<ReceivedEvent> digits) {
    WordEnds ends = new WordEnds(samples, sampleRateHz);
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < digits.size(); i++) {
      long next = i + 1 < digits.size() ? event(digits.get(i + 1)).startSample() : Long.MAX_VALUE;
      latencyMicros(ends, digits.get(i), next).ifPresent(micros -> millis.add(micros / 1000.0));
    }
    return millis;
  }

  /**
   * From the end of a word to when its event was received.
   *
   * @param ends of the recording
   * @param received the event
   * @param nextStartSample where the next event begins; {@link Long#MAX_VALUE} if that is not known
   * @return microseconds; nothing if the word has no end that counts
   */
  public static OptionalLong latencyMicros(
      WordEnds ends, ReceivedEvent received, long nextStartSample) {
    DigitEvent digit = event(received);
    OptionalLong end = ends.find(digit.startSample(), digit.endSample(), nextStartSample);
    return end.isEmpty() || received.stamps().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            Latency.micros(
                received.stamps().get(),
                end.getAsLong(),
                digit.sampleRateHz(),
                received.receivedAtMicros()));
  }

  private static DigitEvent event(ReceivedEvent received) {
    return (DigitEvent) received.event();
  }
}
