package org.digitstream.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.serde.RecordSerdes;
import org.digitstream.runtime.metrics.Meters;
import org.junit.jupiter.api.Test;

class KafkaAudioSinkTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MockProducer<String, AudioChunk> producer = producer(true);

  @Test
  void recordsAreKeyedByStreamAndCarryNoTimestamp() {
    KafkaAudioSink sink = new KafkaAudioSink(producer, "here:9092", new Meters(registry, "ingest"));
    AudioChunk chunk = chunk(0, 320, GapReason.NONE, false);
    sink.accept(chunk);
    sink.flush();
    assertThat(producer.history())
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent.topic()).isEqualTo("audio-chunks");
              assertThat(sent.key()).isEqualTo("stream");
              assertThat(sent.value()).isSameAs(chunk);
              assertThat(sent.timestamp()).isNull();
              assertThat(sent.partition()).isNull();
            });
  }

  @Test
  void audioChunksAndGapsAreCounted() {
    KafkaAudioSink sink = new KafkaAudioSink(producer, "here:9092", new Meters(registry, "ingest"));
    sink.accept(chunk(0, 320, GapReason.NONE, false));
    sink.accept(chunk(16_320, 320, GapReason.OVERRUN, false));
    sink.accept(chunk(16_640, 0, GapReason.NONE, true));
    assertThat(registry.get("digitstream.chunks").counter().count()).isEqualTo(3);
    assertThat(registry.get("digitstream.audio").counter().count()).isEqualTo(0.04);
    assertThat(registry.get("digitstream.gaps").tag("reason", "overrun").counter().count())
        .isEqualTo(1);
    assertThat(registry.get("digitstream.gap").tag("reason", "overrun").counter().count())
        .isEqualTo(1);
  }

  @Test
  void aChunkThatWasNotDeliveredIsToldByTheNextCallAndEverAfter() {
    MockProducer<String, AudioChunk> manual = producer(false);
    KafkaAudioSink sink = new KafkaAudioSink(manual, "there:9092", new Meters(registry, "ingest"));
    sink.accept(chunk(0, 320, GapReason.NONE, false));
    manual.errorNext(new TimeoutException("expiring 1 record"));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> sink.accept(chunk(320, 320, GapReason.NONE, false)))
          .isInstanceOf(AudioDeliveryException.class)
          .hasMessageContaining("there:9092")
          .hasMessageContaining("check that the broker runs");
    }
    assertThat(manual.history()).hasSize(1);
    assertThatThrownBy(sink::flush).isInstanceOf(AudioDeliveryException.class);
    assertThatCode(sink::close).doesNotThrowAnyException();
  }

  @Test
  void aFailureThatNobodySawIsToldAtTheEnd() {
    MockProducer<String, AudioChunk> manual = producer(false);
    KafkaAudioSink sink = new KafkaAudioSink(manual, "there:9092", new Meters(registry, "ingest"));
    sink.accept(chunk(0, 320, GapReason.NONE, true));
    manual.errorNext(new TimeoutException("expiring 1 record"));
    assertThatThrownBy(sink::close).isInstanceOf(AudioDeliveryException.class);
  }

  @Test
  void aBrokerThatIsNotThereIsToldByItsAddress() {
    Map<String, Object> properties =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            "127.0.0.1:1",
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            300);
    assertThatThrownBy(() -> new KafkaAudioSink(properties, new Meters(registry, "ingest")))
        .isInstanceOf(AudioDeliveryException.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageContaining("check that the broker runs");
  }

  /** Chunks of a second: 60 fit, and 31 must have left before there is room again. */
  @Test
  void whatDoesNotFitIsOneGapBehindWhichTheStreamGoesOn() {
    MockProducer<String, AudioChunk> away = producer(false);
    Told told = new Told();
    KafkaAudioSink sink =
        KafkaAudioSink.live(away, "there:9092", new Meters(registry, "ingest"), told);
    int second = 0;
    for (; second < 70; second++) {
      sink.accept(second(second));
    }
    assertThat(away.history()).hasSize(KafkaAudioSink.MOST_WAITING_SECONDS);
    for (int i = 0; i < 30; i++) {
      away.completeNext();
    }
    sink.accept(second(second++));
    assertThat(away.history()).hasSize(KafkaAudioSink.MOST_WAITING_SECONDS);
    away.completeNext();
    sink.accept(second(second++));
    sink.accept(second(second));

    assertThat(away.history()).hasSize(KafkaAudioSink.MOST_WAITING_SECONDS + 2);
    AudioChunk behind = away.history().get(60).value();
    assertThat(behind.gap()).isEqualTo(GapReason.BUFFER_FULL);
    assertThat(behind.firstSample()).isEqualTo(71 * 16_000L);
    assertThat(away.history().get(61).value().gap()).isEqualTo(GapReason.NONE);
    assertThat(registry.get("digitstream.gap").tag("reason", "buffer-full").counter().count())
        .isEqualTo(11);
    assertThat(told.lines).containsExactly("waiting there:9092 60", "losing 60", "resumed");
    while (away.completeNext()) {
      // all that was kept leaves
    }
    sink.accept(second(73));
    assertThat(told.lines).endsWith("caught up");
  }

  @Test
  void theEndOfAStreamIsSentEvenWhereThereIsNoRoomForItsSamples() {
    MockProducer<String, AudioChunk> away = producer(false);
    KafkaAudioSink sink =
        KafkaAudioSink.live(
            away, "there:9092", new Meters(registry, "ingest"), DeliveryListener.NONE);
    for (int second = 0; second < 65; second++) {
      sink.accept(second(second));
    }
    sink.accept(chunk(65 * 16_000, 16_000, GapReason.NONE, true));

    AudioChunk end = away.history().get(60).value();
    assertThat(end.end()).isTrue();
    assertThat(end.samples()).isEmpty();
    assertThat(end.firstSample()).isEqualTo(66 * 16_000L);
    assertThat(end.gap()).isEqualTo(GapReason.BUFFER_FULL);
  }

  @Test
  void recordingsWaitForRoomAndLoseNothing() throws Exception {
    MockProducer<String, AudioChunk> away = producer(false);
    KafkaAudioSink sink = new KafkaAudioSink(away, "there:9092", new Meters(registry, "ingest"));
    Thread file =
        new Thread(
            () -> {
              for (int second = 0; second < 65; second++) {
                sink.accept(second(second));
              }
            });
    file.start();
    while (file.isAlive()) {
      assertThat(away.history().size()).isLessThanOrEqualTo(65);
      if (away.history().size() >= 60) {
        away.completeNext();
      }
    }
    assertThat(away.history()).extracting(sent -> sent.value().gap()).containsOnly(GapReason.NONE);
    assertThat(away.history()).extracting(sent -> sent.value().firstSample() / 16_000).isSorted();
    assertThat(away.history()).hasSize(65);
  }

  @Test
  void bytesOfAllStreamsTogetherAreBounded() {
    MockProducer<String, AudioChunk> away = producer(false);
    KafkaAudioSink sink =
        KafkaAudioSink.live(
            away, "there:9092", new Meters(registry, "ingest"), DeliveryListener.NONE);
    long bytes = 0;
    for (int i = 0; i < 4000; i++) {
      sink.accept(
          new AudioChunk("s" + i, "name", 0, 16_000, new short[8000], 5, GapReason.NONE, false));
    }
    bytes = away.history().stream().mapToLong(sent -> 2L * sent.value().samples().length).sum();
    assertThat(bytes).isBetween(15L << 20, (long) KafkaAudioSink.MOST_WAITING_BYTES);
  }

  @Test
  void whatTheProducerWouldNotTakeIsTriedAgainForRecordingsAndAGapForPeople() {
    Refusing refusing = new Refusing(2);
    new KafkaAudioSink(refusing, "there:9092", new Meters(registry, "ingest")).accept(second(0));
    assertThat(refusing.history())
        .extracting(sent -> sent.value().firstSample())
        .containsExactly(0L);

    Refusing again = new Refusing(1);
    KafkaAudioSink live =
        KafkaAudioSink.live(
            again, "there:9092", new Meters(registry, "ingest"), DeliveryListener.NONE);
    live.accept(second(0));
    live.accept(second(1));
    assertThat(again.history())
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent.value().gap()).isEqualTo(GapReason.BUFFER_FULL);
              assertThat(sent.value().firstSample()).isEqualTo(16_000);
            });
  }

  /** As a producer that does not know where the topic is. */
  private static final class Refusing extends MockProducer<String, AudioChunk> {
    private int times;

    Refusing(int times) {
      super(
          true,
          new RoundRobinPartitioner(),
          new StringSerializer(),
          RecordSerdes.audioChunks().serializer());
      this.times = times;
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<String, AudioChunk> record, Callback callback) {
      if (times-- > 0) {
        TimeoutException timeout = new TimeoutException("not present in metadata");
        callback.onCompletion(null, timeout);
        return CompletableFuture.failedFuture(timeout);
      }
      return super.send(record, callback);
    }
  }

  private static AudioChunk second(int second) {
    return chunk(second * 16_000L, 16_000, GapReason.NONE, false);
  }

  private static final class Told implements DeliveryListener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void waiting(String brokers, int mostSeconds) {
      lines.add("waiting " + brokers + " " + mostSeconds);
    }

    @Override
    public void caughtUp() {
      lines.add("caught up");
    }

    @Override
    public void losing(String brokers, double keptSeconds) {
      lines.add("losing " + Math.round(keptSeconds));
    }

    @Override
    public void resumed() {
      lines.add("resumed");
    }
  }

  private static MockProducer<String, AudioChunk> producer(boolean autoComplete) {
    return new MockProducer<>(
        autoComplete,
        new RoundRobinPartitioner(),
        new StringSerializer(),
        RecordSerdes.audioChunks().serializer());
  }

  private static AudioChunk chunk(long first, int samples, GapReason gap, boolean end) {
    return new AudioChunk("stream", "name", first, 16_000, new short[samples], 5, gap, end);
  }
}
