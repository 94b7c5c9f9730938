package org.digitstream.dashboards.live;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamSampler;

/**
 * All streams that were seen lately. However many there are, memory is bounded: of {@value
 * #MOST_WITH_MEMORY} the last half minute is kept, of the latest {@value #MOST} what was heard.
 *
 * <p>Those {@value #MOST_WITH_MEMORY} are the latest, unless streams come so fast that these would
 * give room before anybody had looked at them: then many get no memory, so that of some, which are
 * of a {@linkplain StreamSampler sample}, everything is there. Those are the last to be forgotten.
 * Any number of threads.
 */
public final class LiveStreams {
  static final int MOST_WITH_MEMORY = 48;
  static final int MOST = 400;
  private static final long SILENT_MILLIS = 10_000;

  /** For so long a stream keeps its memory after its end, */
  static final long KEPT_AFTER_END_MILLIS = 1_000;

  /** for so long where many come, and people have to find those of which there is something, */
  static final long KEPT_AFTER_END_IN_A_FLOOD_MILLIS = 5_000;

  /** and for so long after its beginning if it has not ended. */
  private static final long KEPT_AFTER_BEGINNING_MILLIS = 5_000;

  /** The end of a stream may be heard of before the last of its frames and posteriors. */
  static final long COMPLETE_AFTER_END_MILLIS = 500;

  private final ShownFeatures features;
  private final Duration utterancePause;
  private final Clock clock;

  /** In the order in which they began, as {@link #withMemory}, which holds a part of them. */
  private final Map<String, StreamHistory> streams = new LinkedHashMap<>();

  private final Map<String, StreamHistory> withMemory = new LinkedHashMap<>();

  /** Those that have ended, in that order; together with {@link #running} all. */
  private final Map<String, StreamHistory> ended = new LinkedHashMap<>();

  /** Those that go on, the one that was seen last is the last one. */
  private final Map<String, StreamHistory> running = new LinkedHashMap<>(16, 0.75f, true);

  /** By how many viewers each stream is watched, if by any. */
  private final Map<StreamHistory, Integer> watchers = new HashMap<>();

  private final StreamSampler sampler = new StreamSampler();

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
    return history(chunk.streamId(), chunk.firstSample() == 0).accept(chunk, clock.millis());
  }

  /** Records were passed over: what is missing in their streams is no gap in these. */
  public void passedOver() {
    all().forEach(StreamHistory::passedOver);
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
    synchronized (this) {
      if (running.remove(end.streamId()) != null) {
        ended.put(end.streamId(), history);
      }
    }
    return history;
  }

  private StreamHistory history(String id) {
    return history(id, false);
  }

  private synchronized StreamHistory history(String id, boolean fromBeginning) {
    StreamHistory seen = running.get(id);
    if (seen == null) {
      seen = ended.get(id);
    }
    if (seen != null) {
      return seen;
    }
    long now = clock.millis();
    // Where so many come that some are forgotten, one may seem to begin in its middle.
    boolean remembers =
        sampler.begins(id, now) && (fromBeginning || streams.size() < MOST) && makeRoom(now);
    return begun(id, now, remembers);
  }

  /**
   * Keeps everything of a stream that is about to begin, whatever else comes: somebody at the page
   * brings it. Does nothing where it is known already.
   *
   * @param source what its audio is of, until the audio itself tells
   */
  public synchronized void expect(String id, String source) {
    if (!streams.containsKey(id)) {
      long now = clock.millis();
      begun(id, now, makeRoom(now, 0, 0)).expected(source);
    }
  }

  private StreamHistory begun(String id, long now, boolean remembers) {
    StreamHistory history = new StreamHistory(id, features, utterancePause, now, remembers);
    streams.put(id, history);
    running.put(id, history);
    if (remembers) {
      withMemory.put(id, history);
      changes++;
    }
    if (streams.size() > MOST) {
      String dispensable =
          Stream.of(ended, running)
              .flatMap(some -> some.keySet().stream())
              .filter(some -> !withMemory.containsKey(some))
              .findFirst()
              .orElseThrow();
      streams.remove(dispensable);
      running.remove(dispensable);
      ended.remove(dispensable);
    }
    return history;
  }

  /** Whether there is memory for one that nobody asked for. */
  private boolean makeRoom(long nowMillis) {
    return sampler.isSampling(nowMillis)
        ? makeRoomForMany(nowMillis)
        : makeRoom(nowMillis, KEPT_AFTER_END_MILLIS, KEPT_AFTER_BEGINNING_MILLIS);
  }

  /**
   * Whether there is memory for one of many, after it was taken from all that have ended, and that
   * nobody watches, if need be: at once, when the last of them has been kept for long enough. So
   * there are times in which nobody gets any.
   */
  private boolean makeRoomForMany(long nowMillis) {
    if (withMemory.size() < MOST_WITH_MEMORY) {
      return true;
    }
    List<StreamHistory> over =
        withMemory.values().stream()
            .filter(history -> !watchers.containsKey(history))
            .filter(
                history ->
                    history.hasEnded() || nowMillis - history.seenAtMillis() >= SILENT_MILLIS)
            .toList();
    if (over.stream().anyMatch(history -> isKept(history, nowMillis))) {
      return false;
    }
    over.forEach(this::forget);
    return !over.isEmpty();
  }

  private static boolean isKept(StreamHistory ended, long nowMillis) {
    return nowMillis - ended.seenAtMillis() < KEPT_AFTER_END_IN_A_FLOOD_MILLIS;
  }

  private void forget(StreamHistory history) {
    history.letGo();
    withMemory.remove(history.id());
  }

  /**
   * Whether there is memory for one more, after it was taken from a stream that nobody watches if
   * need be: one that has ended for so long, of these the one that began first; where there is
   * none, of those that began so long ago the one that was not seen for longest.
   */
  private boolean makeRoom(long nowMillis, long keptAfterEnd, long keptAfterBeginning) {
    if (withMemory.size() < MOST_WITH_MEMORY) {
      return true;
    }
    StreamHistory dispensable = null;
    for (StreamHistory history : withMemory.values()) {
      if (watchers.containsKey(history)) {
        continue;
      }
      if (history.hasEnded()) {
        if (nowMillis - history.seenAtMillis() >= keptAfterEnd) {
          dispensable = history;
          break;
        }
      } else if (nowMillis - history.startedAtMillis() >= keptAfterBeginning
          && (dispensable == null || history.seenAtMillis() < dispensable.seenAtMillis())) {
        dispensable = history;
      }
    }
    if (dispensable == null) {
      return false;
    }
    forget(dispensable);
    return true;
  }

  /**
   * Whether nothing of what comes now would be shown: more streams begin than anybody could follow,
   * and all memory is taken by streams that have ended, and is kept for a while yet.
   */
  public synchronized boolean isFull() {
    long now = clock.millis();
    return sampler.isSampling(now)
        && withMemory.size() >= MOST_WITH_MEMORY
        && withMemory.values().stream().allMatch(history -> isComplete(history, now))
        && withMemory.values().stream()
            .anyMatch(history -> !watchers.containsKey(history) && isKept(history, now));
  }

  private static boolean isComplete(StreamHistory history, long nowMillis) {
    return history.hasEnded() && nowMillis - history.seenAtMillis() >= COMPLETE_AFTER_END_MILLIS;
  }

  /** Whether more streams begin than anybody could follow. */
  public synchronized boolean isFlooded() {
    return sampler.isSampling(clock.millis());
  }

  /** A stream by its id. */
  public synchronized Optional<StreamHistory> find(String id) {
    return Optional.ofNullable(streams.get(id));
  }

  /** Of the streams of which everything is kept the one that began last. */
  public synchronized Optional<StreamHistory> newest() {
    return withMemory.values().stream().reduce((earlier, later) -> later);
  }

  /**
   * Keeps everything of a stream from now on, whatever else comes, until {@link #unwatch}. Does
   * nothing where the stream is not known any more.
   */
  public synchronized void watch(StreamHistory history) {
    if (streams.get(history.id()) != history) {
      return;
    }
    watchers.merge(history, 1, Integer::sum);
    if (!history.holdsMemory() && makeRoom(clock.millis(), 0, 0)) {
      history.remember();
      withMemory.put(history.id(), history);
    }
  }

  /** The opposite of one {@link #watch}. */
  public synchronized void unwatch(StreamHistory history) {
    watchers.computeIfPresent(history, (same, count) -> count > 1 ? count - 1 : null);
  }

  /** Whoever sees this number change looks at {@link #newest} again. */
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
