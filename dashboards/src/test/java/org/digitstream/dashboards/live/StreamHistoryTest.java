package org.digitstream.dashboards.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.LogMelFrames;
import org.junit.jupiter.api.Test;

class StreamHistoryTest {
  private static final FeatureSpec SPEC = FeatureSpec.WIDEBAND;
  private static final int RATE = SPEC.sampleRateHz();
  private static final long NOW = 1_000;

  private final StreamHistory history =
      new StreamHistory("s", ShownFeatures.of(SPEC), Duration.ofSeconds(1), NOW, true);

  private static AudioChunk audio(long first, int samples, GapReason gap) {
    short[] values = new short[samples];
    Arrays.fill(values, (short) 100);
    return new AudioChunk("s", "s.wav", first, RATE, values, 0, gap, false);
  }

  private static LogMelFrames frames(FeatureSpec spec, long first, int count) {
    float[] values = new float[count * spec.bands()];
    return new LogMelFrames(
        "s", "s.wav", spec.id(), first, spec.bands(), values, 0, false, spec.sampleRateHz());
  }

  private static DigitPosteriors outputs(long firstFrame, int stride, float... values) {
    return new DigitPosteriors("s", "s.wav", "m", firstFrame, stride, 2, values);
  }

  private static Happening.Digit digit(long index, int digit, long start, long end) {
    return new Happening.Digit("s", index, 0, digit, start, end, 0.9f, List.of(), "m", null);
  }

  private void hear(long index, int digit, long start, long end) {
    hear(index, digit, start, end, NOW);
  }

  private void hear(long index, int digit, long start, long end, long nowMillis) {
    history.heard(
        new DigitEvent("s", "s.wav", index, digit, start, end, RATE, 0.9f, List.of(), "m"),
        null,
        nowMillis);
  }

  @Test
  void missingSamplesAreAGapUnlessThePageOnlyCameLater() {
    assertThat(history.accept(audio(50_000, 320, GapReason.NONE), NOW)).isZero();
    assertThat(history.accept(audio(50_320, 320, GapReason.NONE), NOW)).isZero();
    assertThat(history.accept(audio(60_000, 320, GapReason.OVERRUN), NOW)).isEqualTo(1);
    assertThat(history.accept(audio(60_000, 320, GapReason.OVERRUN), NOW)).isZero();

    assertThat(history.news(0).happenings())
        .containsExactly(new Happening.Gap("s", 50_640, 60_000));
  }

  @Test
  void whatThePagePassedOverIsNoGap() {
    history.accept(audio(0, 320, GapReason.NONE), NOW);
    history.passedOver();
    assertThat(history.accept(audio(640, 320, GapReason.NONE), NOW)).isZero();
    assertThat(history.accept(audio(1_280, 320, GapReason.NONE), NOW)).isEqualTo(1);
    history.passedOver();
    assertThat(history.accept(audio(1_920, 320, GapReason.OVERRUN), NOW)).isEqualTo(1);
  }

  @Test
  void aStreamMayBeginWithAGap() {
    assertThat(history.accept(audio(800, 320, GapReason.DEVICE_LOST), NOW)).isEqualTo(1);
    assertThat(history.news(0).happenings()).containsExactly(new Happening.Gap("s", 0, 800));
  }

  @Test
  void audioIsKeptForHalfAMinuteAndSilenceStandsInItsGaps() {
    history.accept(audio(0, 320, GapReason.NONE), NOW);
    history.accept(audio(640, 320, GapReason.OVERRUN), NOW);
    AudioClip clip = history.audio(-100, 5_000).orElseThrow();
    assertThat(clip.firstSample()).isZero();
    assertThat(clip.samples()).hasSize(960);
    assertThat(clip.samples()[319]).isEqualTo((short) 100);
    assertThat(clip.samples()[320]).isZero();
    assertThat(clip.samples()[640]).isEqualTo((short) 100);

    for (int second = 1; second <= 31; second++) {
      history.accept(audio((long) second * RATE, RATE, GapReason.NONE), NOW);
    }
    assertThat(history.audio(0, RATE)).isEmpty();
    assertThat(history.audio(0, 2 * RATE + 10).orElseThrow().firstSample()).isEqualTo(2 * RATE);
  }

  @Test
  void audioOfAnotherRateIsCountedButNotKept() {
    history.accept(
        new AudioChunk("s", "s.wav", 0, 8_000, new short[8_000], 0, GapReason.NONE, false), NOW);
    assertThat(history.audio(0, 8_000)).isEmpty();
    assertThat(history.summary(NOW, 10).seconds()).isEqualTo(0.5);
  }

  @Test
  void framesOfAnotherSpecificationAreNotShown() {
    history.accept(frames(FeatureSpec.SEED, 0, 5), NOW);
    assertThat(history.frames(0, 100)).isEmpty();

    history.accept(frames(SPEC, 3, 5), NOW);
    StreamHistory.Items items = history.frames(Long.MIN_VALUE / 4, 100).orElseThrow();
    assertThat(items.width()).isEqualTo(SPEC.bands());
    assertThat(items.first()).isEqualTo(3);
    assertThat(items.count()).isEqualTo(5);
    assertThat(history.frames(items.cursor(), 100)).isEmpty();
  }

  @Test
  void outputsAreToldByTheFramesThatTheySpeakOf() {
    history.accept(outputs(-9, 4, 0, 1, 0.5f, 0.5f), NOW);
    StreamHistory.Items items = history.outputs(Long.MIN_VALUE / 4, 100).orElseThrow();
    assertThat(items.first()).isEqualTo(-9);
    assertThat(items.stride()).isEqualTo(4);
    assertThat(items.bytes()).containsExactly(0, 255, 128, 128);
    assertThat(history.outputAt(-9)).isEqualTo(items.cursor() - 2);

    history.accept(outputs(-1, 4, 1, 0), NOW);
    assertThat(history.outputs(items.cursor(), 100).orElseThrow().first()).isEqualTo(-1);
  }

  @Test
  void outputsOfAnotherStrideTakeThePlaceOfAllBefore() {
    history.accept(outputs(0, 4, 0, 1), NOW);
    history.accept(outputs(8, 2, 1, 0), NOW);
    StreamHistory.Items items = history.outputs(Long.MIN_VALUE / 4, 100).orElseThrow();
    assertThat(items.stride()).isEqualTo(2);
    assertThat(items.first()).isEqualTo(8);
    assertThat(items.count()).isEqualTo(1);
  }

  @Test
  void outputsOffTheGridAreToldAtItsNearestPlace() {
    history.accept(outputs(3, 8, 0, 1), NOW);
    history.accept(outputs(28, 8, 1, 0), NOW);
    history.accept(outputs(46, 8, 1, 0), NOW);
    StreamHistory.Items first = history.outputs(Long.MIN_VALUE / 4, 100).orElseThrow();
    StreamHistory.Items second = history.outputs(first.cursor(), 100).orElseThrow();
    StreamHistory.Items third = history.outputs(second.cursor(), 100).orElseThrow();
    assertThat(List.of(first.first(), second.first(), third.first())).containsExactly(3L, 27L, 43L);
  }

  @Test
  void levelsComeFiftyTimesASecond() {
    history.accept(audio(0, RATE, GapReason.NONE), NOW);
    StreamHistory.Items items = history.levels(0, 1_000).orElseThrow();
    assertThat(items.count()).isEqualTo(50);
    assertThat(items.stride()).isEqualTo(RATE / 50);
    assertThat(items.width()).isEqualTo(2);
  }

  @Test
  void newsGoOnWhereTheyEndedAlsoWhenTheOldestAreForgotten() {
    hear(0, 7, 0, 100);
    StreamHistory.News first = history.news(0);
    assertThat(first.happenings()).hasSize(1);
    assertThat(history.news(first.next()).happenings()).isEmpty();

    for (int i = 1; i < 1_000; i++) {
      hear(i, i % 10, 100L * i, 100L * i + 50);
    }
    StreamHistory.News later = history.news(first.next());
    assertThat(later.next()).isEqualTo(1_000);
    assertThat(later.happenings()).hasSize(500).endsWith(digit(999, 9, 99_900, 99_950));
    assertThat(history.digits()).hasSize(1_000).startsWith("7123456789012");
  }

  @Test
  void digitsWhoseWordsTouchASpanAreFound() {
    hear(0, 1, 100, 200);
    history.accept(audio(500, 320, GapReason.OVERRUN), NOW);
    hear(1, 2, 300, 400);

    assertThat(history.digitsWithin(150, 250))
        .extracting(Happening.Digit::digit)
        .containsExactly(1);
    assertThat(history.digitsWithin(200, 300)).isEmpty();
    assertThat(history.digitsWithin(0, 1_000)).hasSize(2);
  }

  private List<String> utterances() {
    return history.news(0).happenings().stream()
        .filter(Happening.Utterance.class::isInstance)
        .map(Happening.Utterance.class::cast)
        .map(utterance -> utterance.first() + ":" + utterance.digits())
        .toList();
  }

  @Test
  void anUtteranceIsToldBeforeTheDigitThatFollowsIt() {
    hear(0, 7, 0, 100);
    hear(1, 3, 200, 300);
    hear(2, 5, 301 + RATE, 400 + RATE);

    List<Happening> happenings = history.news(0).happenings();
    assertThat(happenings.subList(0, 2))
        .containsExactly(digit(0, 7, 0, 100), digit(1, 3, 200, 300));
    assertThat(happenings.get(2))
        .isEqualTo(new Happening.Utterance("s", 0, "73", 0, 300, (double) 0.9f * 0.9f));
    assertThat(((Happening.Digit) happenings.get(3)).utterance()).isEqualTo(2);
    assertThat(happenings).hasSize(4);
  }

  @Test
  void anUtteranceIsToldWhenNothingFollowsItOrWhenTheStreamEnds() {
    hear(0, 7, 0, 100, 5_000);
    history.settle(7_000);
    assertThat(utterances()).isEmpty();
    history.settle(7_001);
    history.settle(7_500);
    assertThat(utterances()).containsExactly("0:7");

    hear(1, 3, 5 * RATE, 6 * RATE, 10_000);
    history.ended("s.wav", new Happening.End("s", 2, 7 * RATE), 10_100);
    assertThat(utterances()).containsExactly("0:7", "1:3");
    assertThat(history.news(0).happenings()).last().isInstanceOf(Happening.End.class);
  }

  @Test
  void aGapInTheAudioEndsAnUtterance() {
    history.accept(audio(0, 6_000, GapReason.NONE), NOW);
    hear(0, 7, 0, 5_000);
    history.accept(audio(6_400, 6_000, GapReason.OVERRUN), NOW);
    hear(1, 3, 6_400, 12_000);

    assertThat(utterances()).containsExactly("0:7");
  }

  @Test
  void theEndIsToldOnce() {
    history.ended("s.wav", new Happening.End("s", 2, 48_000), NOW);
    history.ended("s.wav", new Happening.End("s", 2, 48_000), NOW);
    assertThat(history.news(0).happenings()).containsExactly(new Happening.End("s", 2, 48_000));
    assertThat(history.hasEnded()).isTrue();
    assertThat(history.summary(NOW, 10).seconds()).isEqualTo(3);
  }

  @Test
  void aStreamRunsIsSilentOrHasEnded() {
    history.accept(audio(0, 320, GapReason.NONE), 5_000);
    assertThat(history.summary(15_000, 10_000).state()).isEqualTo(StreamSummary.State.RUNNING);
    assertThat(history.summary(15_001, 10_000).state()).isEqualTo(StreamSummary.State.SILENT);
    history.ended("", new Happening.End("s", 0, 320), 15_002);
    StreamSummary ended = history.summary(99_000, 10_000);
    assertThat(ended.state()).isEqualTo(StreamSummary.State.ENDED);
    assertThat(ended.source()).isEqualTo("s.wav");
    assertThat(ended.startedAtMillis()).isEqualTo(NOW);
  }

  @Test
  void whatWasLetGoIsNotKeptAgainButWhatWasHeardStays() {
    history.accept(audio(0, RATE, GapReason.NONE), NOW);
    history.accept(frames(SPEC, 0, 5), NOW);
    history.accept(outputs(0, 4, 0, 1), NOW);
    hear(0, 7, 0, 100);
    history.letGo();
    history.accept(audio(RATE, RATE, GapReason.NONE), NOW);
    history.accept(frames(SPEC, 5, 5), NOW);
    history.accept(outputs(4, 4, 0, 1), NOW);

    assertThat(history.holdsMemory()).isFalse();
    assertThat(history.audio(0, 2L * RATE)).isEmpty();
    assertThat(history.frames(0, 100)).isEmpty();
    assertThat(history.outputs(0, 100)).isEmpty();
    assertThat(history.levels(0, 100)).isEmpty();
    assertThat(history.digits()).isEqualTo("7");
    assertThat(history.summary(NOW, 10).seconds()).isEqualTo(2);
  }
}
