package org.digitstream.dashboards.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.utterance.Utterance;
import org.digitstream.contract.utterance.UtteranceView;

/**
 * The last half minute of one stream: what was heard, and, unless it was let go for want of memory,
 * audio, frames and posteriors. Any number of threads.
 */
public final class StreamHistory {
  /** Frames, outputs or levels that follow each other, as the page is sent them. */
  public record Items(int width, long first, int stride, int count, byte[] bytes, long cursor) {}

  /** Happenings from a place on, and the place after them. */
  public record News(List<Happening> happenings, long next) {}

  private static final int KEPT_SECONDS = 30;
  private static final int MOST_HAPPENINGS = 500;
  private static final int MOST_DIGITS_SHOWN = 10_000;
  private static final int LEVELS_PER_SECOND = 50;

  /** What takes memory. */
  private static final class Recall {
    private final AudioRing audio;
    private final ItemRing frames;
    private final ItemRing levels;
    private ItemRing outputs;
    private int outputStride = 1;
    private int outputPhase;

    Recall(FeatureSpec spec) {
      audio = new AudioRing(KEPT_SECONDS * spec.sampleRateHz());
      frames = new ItemRing(spec.bands(), KEPT_SECONDS * spec.sampleRateHz() / spec.hopSamples());
      levels = new ItemRing(2, KEPT_SECONDS * LEVELS_PER_SECOND);
    }
  }

  private final String id;
  private final ShownFeatures features;
  private final FeatureSpec spec;
  private final int levelSamples;
  private final long startedAtMillis;
  private final LevelCutter levelCutter;
  private final List<Happening> happenings = new ArrayList<>();
  private final StringBuilder digits = new StringBuilder();
  private final UtteranceView utterances;
  private Recall recall;
  private String source = "";
  private long forgotten;
  private long nextSample;

  /** Whether all audio was seen since some of it was. */
  private boolean follows;

  private long seenAtMillis;
  private boolean ended;
  private long digitsAtEnd;

  /**
   * Nothing heard yet.
   *
   * @param features of the frames to show
   * @param utterancePause the longest pause within an utterance
   * @param nowMillis when it began
   * @param remembers whether there is memory for audio, frames and posteriors
   */
  StreamHistory(
      String id,
      ShownFeatures features,
      Duration utterancePause,
      long nowMillis,
      boolean remembers) {
    this.id = id;
    this.features = features;
    this.spec = features.spec();
    this.utterances = new UtteranceView(utterancePause);
    this.levelSamples = spec.sampleRateHz() / LEVELS_PER_SECOND;
    this.startedAtMillis = nowMillis;
    this.seenAtMillis = nowMillis;
    this.recall = remembers ? new Recall(spec) : null;
    this.levelCutter =
        new LevelCutter(
            levelSamples,
            (number, rms, peak) -> recall.levels.put(number, new byte[] {rms, peak}, 0));
  }

  /** Identifies the stream. */
  public String id() {
    return id;
  }

  synchronized long accept(AudioChunk chunk, long nowMillis) {
    seen(chunk.source(), nowMillis);
    long missing = 0;
    if (chunk.firstSample() > nextSample && (follows || chunk.gap() != GapReason.NONE)) {
      happened(new Happening.Gap(id, nextSample, chunk.firstSample()));
      utterances.gap(nextSample, chunk.firstSample());
      missing = 1;
    }
    follows = true;
    if (chunk.nextSample() > nextSample) {
      nextSample = chunk.nextSample();
      if (recall != null && chunk.sampleRateHz() == spec.sampleRateHz()) {
        recall.audio.put(chunk.firstSample(), chunk.samples());
        levelCutter.accept(chunk.firstSample(), chunk.samples());
      }
    }
    return missing;
  }

  /** Audio may have been passed over here: that it is missing will be no gap. */
  synchronized void passedOver() {
    follows = false;
  }

  synchronized void accept(LogMelFrames frames, long nowMillis) {
    seen(frames.source(), nowMillis);
    if (recall == null || !frames.featureSpecId().equals(features.id())) {
      return;
    }
    byte[] frame = new byte[spec.bands()];
    for (int i = 0; i < frames.frameCount(); i++) {
      for (int band = 0; band < frame.length; band++) {
        frame[band] = features.bytes().of(frames.values()[i * frame.length + band]);
      }
      recall.frames.put(frames.firstFrame() + i, frame, 0);
    }
  }

  synchronized void accept(DigitPosteriors posteriors, long nowMillis) {
    seen(posteriors.source(), nowMillis);
    if (recall == null) {
      return;
    }
    int stride = posteriors.strideFrames();
    if (recall.outputs == null
        || recall.outputs.width() != posteriors.classCount()
        || recall.outputStride != stride) {
      recall.outputs =
          new ItemRing(
              posteriors.classCount(),
              Math.max(16, KEPT_SECONDS * spec.sampleRateHz() / spec.hopSamples() / stride));
      recall.outputStride = stride;
      recall.outputPhase = (int) Math.floorMod(posteriors.firstFrame(), (long) stride);
    }
    // Where a network is called for each word there is no grid: the nearest place is near enough.
    long first =
        Math.floorDiv(posteriors.firstFrame() - recall.outputPhase + stride / 2, (long) stride);
    byte[] output = new byte[posteriors.classCount()];
    for (int i = 0; i < posteriors.outputCount(); i++) {
      for (int label = 0; label < output.length; label++) {
        output[label] = (byte) Math.round(255 * posteriors.values()[i * output.length + label]);
      }
      recall.outputs.put(first + i, output, 0);
    }
  }

  /**
   * Takes a digit.
   *
   * @param latencyMillis from the end of its word until now; null where that is not known
   */
  synchronized void heard(DigitEvent event, Long latencyMillis, long nowMillis) {
    seen(event.source(), nowMillis);
    digits.append(event.digit());
    utterances.accept(event, nowMillis).ifPresent(this::complete);
    happened(
        new Happening.Digit(
            id,
            event.index(),
            utterances.open().map(Utterance::firstIndex).orElse(event.index()),
            event.digit(),
            event.startSample(),
            event.endSample(),
            event.confidence(),
            event.runnersUp(),
            event.modelId(),
            latencyMillis));
  }

  /** Tells of what was said last if nothing has followed for long enough. */
  synchronized void settle(long nowMillis) {
    utterances.quiet(nowMillis).ifPresent(this::complete);
  }

  private void complete(Utterance utterance) {
    happened(
        new Happening.Utterance(
            id,
            utterance.firstIndex(),
            utterance.digits(),
            utterance.startSample(),
            utterance.endSample(),
            utterance.confidence()));
  }

  synchronized void ended(String ofSource, Happening.End end, long nowMillis) {
    seen(ofSource, nowMillis);
    if (!ended) {
      ended = true;
      digitsAtEnd = end.digits();
      utterances.finish().ifPresent(this::complete);
      nextSample = Math.max(nextSample, end.endSample());
      happened(end);
    }
  }

  /** What its audio will be of. */
  synchronized void expected(String ofSource) {
    source = ofSource;
  }

  private void seen(String ofSource, long nowMillis) {
    seenAtMillis = nowMillis;
    if (!ofSource.isEmpty()) {
      source = ofSource;
    }
  }

  private void happened(Happening happening) {
    happenings.add(happening);
    if (happenings.size() > MOST_HAPPENINGS) {
      happenings.remove(0);
      forgotten++;
    }
  }

  /** Has memory again, from now on. */
  synchronized void remember() {
    if (recall == null) {
      recall = new Recall(spec);
    }
  }

  /** Lets go of what takes memory. */
  synchronized void letGo() {
    recall = null;
  }

  synchronized boolean holdsMemory() {
    return recall != null;
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /** Whether it has ended and each of its digits was heard here, once. */
  synchronized boolean isWhole() {
    return ended && digits.length() == digitsAtEnd;
  }

  long startedAtMillis() {
    return startedAtMillis;
  }

  synchronized long seenAtMillis() {
    return seenAtMillis;
  }

  /** What the stream's audio is of. */
  public synchronized String source() {
    return source;
  }

  /** All digits that were heard so far. */
  public synchronized String digits() {
    return digits.toString();
  }

  /**
   * The stream in a list.
   *
   * @param silentMillis after how long without a record it counts as silent
   */
  synchronized StreamSummary summary(long nowMillis, long silentMillis) {
    StreamSummary.State state =
        ended
            ? StreamSummary.State.ENDED
            : nowMillis - seenAtMillis > silentMillis
                ? StreamSummary.State.SILENT
                : StreamSummary.State.RUNNING;
    return new StreamSummary(
        id,
        source,
        state,
        startedAtMillis,
        Math.round(10.0 * nextSample / spec.sampleRateHz()) / 10.0,
        digits.substring(Math.max(0, digits.length() - MOST_DIGITS_SHOWN)));
  }

  /** What happened from a place on; the first place is 0. */
  public synchronized News news(long from) {
    int skip = (int) Math.max(0, Math.min(happenings.size(), from - forgotten));
    return new News(
        List.copyOf(happenings.subList(skip, happenings.size())), forgotten + happenings.size());
  }

  /**
   * Frames from an index on.
   *
   * @param cursor the index, then each time {@link Items#cursor()}
   * @param most at most so many
   */
  public synchronized Optional<Items> frames(long cursor, int most) {
    return recall == null ? Optional.empty() : items(recall.frames, cursor, most, 1, 0);
  }

  /** Outputs of the network, as {@link #frames}; the cursor counts outputs. */
  public synchronized Optional<Items> outputs(long cursor, int most) {
    return recall == null || recall.outputs == null
        ? Optional.empty()
        : items(recall.outputs, cursor, most, recall.outputStride, recall.outputPhase);
  }

  /** Levels of the audio, as {@link #frames}; the cursor counts levels. */
  public synchronized Optional<Items> levels(long cursor, int most) {
    return recall == null ? Optional.empty() : items(recall.levels, cursor, most, levelSamples, 0);
  }

  private static Optional<Items> items(
      ItemRing ring, long cursor, int most, int stride, int phase) {
    return Optional.ofNullable(ring.run(cursor, most))
        .map(
            run ->
                new Items(
                    ring.width(),
                    run.first() * stride + phase,
                    stride,
                    run.count(),
                    run.bytes(),
                    run.next()));
  }

  /** The output number that a frame belongs to. */
  public synchronized long outputAt(long frame) {
    return recall == null ? 0 : Math.floorDiv(frame, (long) recall.outputStride);
  }

  /** Audio from where to where, as far as it is kept; nothing where none of it is. */
  public synchronized Optional<AudioClip> audio(long fromSample, long toSample) {
    return recall == null ? Optional.empty() : recall.audio.read(fromSample, toSample);
  }

  /** The digits whose words touch a span. */
  public synchronized List<Happening.Digit> digitsWithin(long fromSample, long toSample) {
    List<Happening.Digit> within = new ArrayList<>();
    for (Happening happening : happenings) {
      if (happening instanceof Happening.Digit digit
          && digit.endSample() > fromSample
          && digit.startSample() < toSample) {
        within.add(digit);
      }
    }
    return within;
  }
}
