package org.digitstream.dashboards.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.Topics;
import org.digitstream.contract.utterance.UtteranceGrouper;
import org.digitstream.contract.wire.AudioChunkCodec;
import org.digitstream.contract.wire.DigitPosteriorsCodec;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.dashboards.SetClock;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.LiveStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicWatcherTest {
  private static final FeatureSpec SPEC = FeatureSpec.WIDEBAND;
  private static final long AT_FIRST = 100;
  private static final List<String> TOPICS =
      List.of(Topics.AUDIO_CHUNKS, Topics.LOG_MEL_FRAMES, Topics.DIGIT_POSTERIORS);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
  private final SetClock clock = new SetClock();
  private final LiveStreams streams = new LiveStreams(SPEC, UtteranceGrouper.DEFAULT_PAUSE, clock);
  private final Gauges gauges = new Gauges(0);
  private final AtomicLong nanos = new AtomicLong();
  private final TopicWatcher watcher = new TopicWatcher(consumer, streams, gauges, nanos::get);

  @AfterEach
  void close() {
    watcher.close();
  }

  private static void soon(Callable<Boolean> condition) {
    await().pollInterval(Duration.ofMillis(2)).until(condition);
  }

  /** Topics of so many partitions, each with records already that nobody shall see. */
  private void topics(int partitions) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (String topic : TOPICS) {
      for (int i = 0; i < partitions; i++) {
        ends.put(new TopicPartition(topic, i), AT_FIRST);
      }
    }
    consumer.updateEndOffsets(ends);
    for (String topic : TOPICS) {
      consumer.updatePartitions(
          topic,
          IntStream.range(0, partitions)
              .mapToObj(i -> new PartitionInfo(topic, i, null, null, null))
              .toList());
    }
  }

  private void started(int partitions) {
    topics(partitions);
    watcher.start();
    soon(() -> assigned(partitions));
  }

  private boolean assigned(int partitions) {
    return consumer.assignment().size() == TOPICS.size() * partitions;
  }

  private void put(String topic, int partition, long offset, byte[] value) {
    consumer.addRecord(new ConsumerRecord<>(topic, partition, offset, new byte[0], value));
  }

  private static byte[] audio(String stream) {
    return new AudioChunkCodec()
        .encode(
            new AudioChunk(stream, "s.wav", 0, 16_000, new short[1_600], 0, GapReason.NONE, false));
  }

  private static byte[] frames(String stream, int count) {
    float[] values = new float[count * SPEC.bands()];
    return new LogMelFramesCodec()
        .encode(
            new LogMelFrames(stream, "s.wav", SPEC.id(), 0, SPEC.bands(), values, 0, false, 1_600));
  }

  private static byte[] outputs(String stream) {
    return new DigitPosteriorsCodec()
        .encode(new DigitPosteriors(stream, "s.wav", "m", 0, 4, 2, new float[] {0, 1, 1, 0}));
  }

  private boolean seen(String stream) {
    return streams.find(stream).isPresent();
  }

  @Test
  void whatComesFromNowOnIsShownAndCounted() {
    started(1);
    put(Topics.AUDIO_CHUNKS, 0, AT_FIRST - 1, audio("before"));
    put(Topics.AUDIO_CHUNKS, 0, AT_FIRST, audio("s"));
    put(Topics.LOG_MEL_FRAMES, 0, AT_FIRST, frames("s", 7));
    put(Topics.DIGIT_POSTERIORS, 0, AT_FIRST, outputs("s"));

    soon(
        () ->
            streams
                .find("s")
                .filter(s -> s.audio(0, 1_600).isPresent())
                .filter(s -> s.frames(0, 10).isPresent())
                .filter(s -> s.outputs(0, 10).isPresent())
                .isPresent());
    assertThat(seen("before")).isFalse();
    Gauges.Reading reading = gauges.read(1_000, 1);
    assertThat(reading.audioSecondsPerSecond()).isEqualTo(0.1);
    assertThat(reading.framesPerSecond()).isEqualTo(7);
  }

  @Test
  void malformedRecordsAreLeftToTheServices() {
    started(1);
    put(Topics.AUDIO_CHUNKS, 0, AT_FIRST, new byte[] {1, 2, 3});
    put(Topics.AUDIO_CHUNKS, 0, AT_FIRST + 1, null);
    put(Topics.AUDIO_CHUNKS, 0, AT_FIRST + 2, audio("s"));
    soon(() -> seen("s"));
    assertThat(watcher.failure()).isEmpty();
  }

  @Test
  void topicsThatAreMadeLaterAreFound() {
    watcher.start();
    topics(1);
    soon(
        () -> {
          nanos.addAndGet(TimeUnit.SECONDS.toNanos(16));
          return assigned(1);
        });
    put(Topics.AUDIO_CHUNKS, 0, AT_FIRST, audio("s"));
    soon(() -> seen("s"));
  }

  @Test
  void partitionsThatAreMadeLaterAreFoundAndTheOthersGoOn() {
    started(1);
    put(Topics.AUDIO_CHUNKS, 0, AT_FIRST, audio("a"));
    soon(() -> seen("a"));
    topics(2);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(16));
    soon(() -> assigned(2));
    put(Topics.AUDIO_CHUNKS, 0, AT_FIRST + 1, audio("b"));
    put(Topics.AUDIO_CHUNKS, 1, AT_FIRST, audio("c"));
    soon(() -> seen("b") && seen("c"));
  }

  @Test
  void ifItFallsBehindItGoesOnWithTheNewest() {
    started(1);
    TopicPartition partition = new TopicPartition(Topics.AUDIO_CHUNKS, 0);
    long end = AT_FIRST + 6_000;
    consumer.updateEndOffsets(Map.of(partition, end));
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));
    soon(() -> consumer.position(partition) == end);
    put(Topics.AUDIO_CHUNKS, 0, end - 1, audio("old"));
    put(Topics.AUDIO_CHUNKS, 0, end, audio("new"));
    soon(() -> seen("new"));
    assertThat(seen("old")).isFalse();
  }

  @Test
  void whileNothingWouldBeShownItOnlyCountsWhatGoesBy() {
    started(1);
    TopicPartition partition = new TopicPartition(Topics.AUDIO_CHUNKS, 0);
    int full = 48;
    for (int i = 0; i < full; i++) {
      put(Topics.AUDIO_CHUNKS, 0, AT_FIRST + i, audio("s" + i));
    }
    soon(() -> seen("s47"));
    for (int i = 0; i < full; i++) {
      streams.accept(new StreamEnd("s" + i, "s.wav", 0, 1_600, 16_000, "m"));
    }
    clock.set(1_000);
    assertThat(streams.isFull()).isFalse();
    for (int i = 0; i < 100; i++) {
      // Heard of elsewhere before the page reads of it.
      streams.accept(new StreamEnd("flood" + i, "s.wav", 0, 1_600, 16_000, "m"));
    }
    clock.set(1_500);
    soon(streams::isFull);
    gauges.read(1_000, 0);
    long end = AT_FIRST + full + 1_000;
    consumer.updateEndOffsets(Map.of(partition, end));
    soon(() -> consumer.position(partition) == end);
    put(Topics.AUDIO_CHUNKS, 0, end - 1, audio("passed over"));
    assertThat(gauges.read(2_000, 0).audioSecondsPerSecond()).isEqualTo(100);

    streams.expect("mine", "mine.wav");
    put(Topics.AUDIO_CHUNKS, 0, end, audio("mine"));
    soon(() -> streams.find("mine").orElseThrow().audio(0, 1_600).isPresent());
    assertThat(seen("passed over")).isFalse();
  }

  @Test
  void fetchesAreFewWhereMuchComesAndFollowEachOtherWhereMoreLiesThere() {
    long tenth = TimeUnit.MILLISECONDS.toNanos(100);
    assertThat(TopicWatcher.gatherMillis(200, tenth)).isEqualTo(20);
    assertThat(TopicWatcher.gatherMillis(300, tenth)).isEqualTo(100);
    assertThat(TopicWatcher.gatherMillis(1_000, tenth)).isZero();
  }

  @Test
  void aBrokerThatIsAwayIsWaitedFor() {
    started(1);
    consumer.setPollException(new TimeoutException("away"));
    put(Topics.AUDIO_CHUNKS, 0, AT_FIRST, audio("s"));
    soon(() -> seen("s"));
    assertThat(watcher.failure()).isEmpty();
  }

  @Test
  void anErrorStopsItVisibly() {
    started(1);
    KafkaException bug = new KafkaException("a bug");
    consumer.setPollException(bug);
    soon(() -> watcher.failure().isPresent());
    assertThat(watcher.failure()).containsSame(bug);
    soon(consumer::closed);
  }

  @Test
  void closingClosesTheConsumerAlsoWhereItWasNeverStarted() {
    watcher.close();
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void closingEndsTheReading() {
    started(1);
    watcher.close();
    assertThat(consumer.closed()).isTrue();
    assertThat(watcher.failure()).isEmpty();
  }
}
