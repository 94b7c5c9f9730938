package org.digitstream.dashboards.live;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEnd;

/**
 * All streams that were seen lately. However many there are, memory is bounded: of the latest
 * {@value #MOST_WITH_MEMORY} the last half minute is kept, of the latest {@value #MOST} what was
 * heard. Any number of threads.
 */
public final class LiveStreams {
  static final int MOST_WITH_MEMORY = 48;
  static final int MOST = 400;
  private static final long SILENT_MILLIS = 10_000;

  private final ShownFeatures features;
  private final Duration utterancePause;
  private final Clock clock;

  /** In the order in which they began, as {@link #withMemory}, which holds a part of them. */
  private final Map<String, StreamHistory> streams = new LinkedHashMap<>();

  private final Map<String, StreamHistory> withMemory = new LinkedHashMap<>();
  private long changes;

  /**
   * No streams yet.
   *
   * @param spec the features of the frames to show; others are not shown
   * @param utterancePause the longest pause within an utterance; see {@link
   *     org.digitstream.contract.utterance.UtteranceGrouper}
   * @param clock tells when a stream began and was seen last
   */
  public LiveStreams(FeatureSpec spec, Duration utterancePause, Clock clock) {
    this.features = ShownFeatures.of(spec);
    this.utterancePause = utterancePause;
    this.clock = clock;
  }

  /** The features of the frames that are shown. */
  public FeatureSpec spec() {
    return features.spec();
  }

  /**
   * Takes audio.
   *
   * @return how many gaps it told of, 0 or 1
   */
  public long accept(AudioChunk chunk) {
    return history(chunk.streamId()).accept(chunk, clock.millis());
  }

  /** Takes frames. */
  public void accept(LogMelFrames frames) {
    history(frames.streamId()).accept(frames, clock.millis());
  }

  /** Takes posteriors. */
  public void accept(DigitPosteriors posteriors) {
    history(posteriors.streamId()).accept(posteriors, clock.millis());
  }

  /**
   * Takes a digit.
   *
   * @param latencyMillis from the end of its word until now; null where that is not known
   */
  public void accept(DigitEvent event, Long latencyMillis) {
    history(event.streamId()).heard(event, latencyMillis, clock.millis());
  }

  /** Takes the end of a stream, and tells what was heard in it. */
  public StreamHistory accept(StreamEnd end) {
    StreamHistory history = history(end.streamId());
    history.ended(
        end.source(),
        new Happening.End(end.streamId(), end.digits(), end.endSample()),
        clock.millis());
    return history;
  }

  private synchronized StreamHistory history(String id) {
    StreamHistory known = streams.get(id);
    if (known != null) {
      return known;
    }
    StreamHistory history = new StreamHistory(id, features, utterancePause, clock.millis());
    streams.put(id, history);
    withMemory.put(id, history);
    changes++;
    makeRoom();
    return history;
  }

  /**
   * First give room the streams that have ended, of these the one that began first; where none has
   * ended, the one that was not seen for longest.
   */
  private void makeRoom() {
    if (withMemory.size() > MOST_WITH_MEMORY) {
      StreamHistory dispensable = dispensable(withMemory.values());
      dispensable.letGo();
      withMemory.remove(dispensable.id());
    }
    if (streams.size() > MOST) {
      StreamHistory dispensable = dispensable(streams.values());
      streams.remove(dispensable.id());
      withMemory.remove(dispensable.id());
    }
  }

  private static StreamHistory dispensable(Collection<StreamHistory> histories) {
    for (StreamHistory history : histories) {
      if (history.hasEnded()) {
        return history;
      }
    }
    return Collections.min(histories, Comparator.comparingLong(StreamHistory::seenAtMillis));
  }

  /** A stream by its id. */
  public synchronized Optional<StreamHistory> find(String id) {
    return Optional.ofNullable(streams.get(id));
  }

  /** The stream that began last. */
  public synchronized Optional<StreamHistory> newest() {
    return streams.values().stream().reduce((earlier, later) -> later);
  }

  /** How many streams have begun: whoever sees the number change looks at {@link #newest} again. */
  public synchronized long changes() {
    return changes;
  }

  private synchronized List<StreamHistory> all() {
    return new ArrayList<>(streams.values());
  }

  /**
   * Tells of utterances that nothing has followed for so long that they are complete. To be called
   * a few times a second.
   */
  public void settle() {
    long now = clock.millis();
    all().forEach(history -> history.settle(now));
  }

  /** The streams, the newest first. */
  public List<StreamSummary> list() {
    List<StreamHistory> all = all();
    Collections.reverse(all);
    long now = clock.millis();
    return all.stream().map(history -> history.summary(now, SILENT_MILLIS)).toList();
  }
}
