package org.digitstream.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.Topics;
import org.digitstream.contract.wire.AudioChunkCodec;
import org.digitstream.ingest.kafka.KafkaAudioSink;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.TopicProvisioner;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.standalone.broker.EmbeddedBroker;
import org.digitstream.standalone.console.DeliveryNotes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker that answers, and takes less audio than is spoken: Kafka's own quotas see to that. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ThrottledBrokerIT {
  private static final int RATE = 16_000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new Meters(registry, KafkaAudioSink.METERS);
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
  private EmbeddedBroker broker;
  private KafkaConnection connection;

  @BeforeEach
  void start() throws Exception {
    broker = EmbeddedBroker.start();
    connection = KafkaConnection.to(broker.bootstrapServers());
    new TopicProvisioner(connection)
        .provision(Topics.definitions(1, Topics.DEFAULT_AUDIO_RETENTION), PATIENCE);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void whatIsSpokenWaitsAndComesInOrder() throws Exception {
    quota(16_000.0);
    try (KafkaAudioSink sink = microphone()) {
      speak(sink, 0, 30);
      assertThat(notes).singleElement().asString().contains("up to 60 s of it are kept");
      // Unthrottled, a second is more than enough for all of it.
      TimeUnit.SECONDS.sleep(1);
      assertThat(stored()).hasSizeBetween(1, 25);
      quota(null);
      awaitStored(30);
      speak(sink, 30, 31);
      awaitStored(31);
    }
    List<AudioChunk> chunks = stored();
    assertThat(chunks).extracting(AudioChunk::gap).containsOnly(GapReason.NONE);
    assertThat(chunks)
        .extracting(AudioChunk::firstSample)
        .containsExactlyElementsOf(seconds(0, 31));
    assertThat(notes).hasSize(2);
    assertThat(notes.get(1)).contains("all audio that was kept has been sent");
  }

  @Test
  void whatCannotBeKeptIsOneGap() throws Exception {
    quota(16_000.0);
    try (KafkaAudioSink sink = microphone()) {
      speak(sink, 0, 90);
      assertThat(notes).hasSize(2);
      assertThat(notes.get(1)).contains("audio is being lost");
      quota(null);
      // A minute was waiting when the loss began, and some of it had been taken before.
      awaitStored(60);
      speak(sink, 90, 92);
    }
    List<AudioChunk> chunks = stored();
    List<AudioChunk> behindGaps =
        chunks.stream().filter(chunk -> chunk.gap() != GapReason.NONE).toList();
    assertThat(behindGaps).extracting(AudioChunk::gap).containsExactly(GapReason.BUFFER_FULL);
    int kept = chunks.indexOf(behindGaps.get(0));
    assertThat(chunks.subList(0, kept))
        .extracting(AudioChunk::firstSample)
        .containsExactlyElementsOf(seconds(0, kept));
    assertThat(chunks.subList(kept, chunks.size()))
        .extracting(AudioChunk::firstSample)
        .containsExactlyElementsOf(seconds(90, 92));
    assertThat(registry.get(Meters.GAP).tag("reason", "buffer-full").counter().count())
        .isEqualTo(90.0 - kept);
    assertThat(notes).anyMatch(note -> note.contains("goes on behind the gap"));
  }

  @Test
  void aRecordingWaitsAndIsWhole() throws Exception {
    quota(320_000.0);
    try (KafkaAudioSink sink = new KafkaAudioSink(connection.producer("ingest"), meters)) {
      speak(sink, 0, 90);
    }
    assertThat(stored())
        .extracting(AudioChunk::firstSample)
        .containsExactlyElementsOf(seconds(0, 90));
  }

  private KafkaAudioSink microphone() {
    return KafkaAudioSink.live(
        connection.producer("microphone"), meters, new DeliveryNotes(notes::add));
  }

  /** What all producers together may send; null for as much as they like. */
  private void quota(Double bytesPerSecond) throws Exception {
    ClientQuotaEntity anybody =
        new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null));
    try (Admin admin = Admin.create(connection.admin("quota"))) {
      admin
          .alterClientQuotas(
              List.of(
                  new ClientQuotaAlteration(
                      anybody,
                      List.of(new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond)))))
          .all()
          .get();
    }
  }

  /** A chunk is a second. */
  private static void speak(KafkaAudioSink sink, int fromSecond, int toSecond) {
    for (int second = fromSecond; second < toSecond; second++) {
      sink.accept(
          new AudioChunk(
              "speaker",
              "test",
              (long) second * RATE,
              RATE,
              new short[RATE],
              0,
              GapReason.NONE,
              false));
    }
  }

  private static List<Long> seconds(int from, int to) {
    List<Long> samples = new ArrayList<>();
    for (int second = from; second < to; second++) {
      samples.add((long) second * RATE);
    }
    return samples;
  }

  private void awaitStored(int seconds) {
    await().atMost(PATIENCE).until(() -> stored().size() >= seconds);
  }

  /** All that is on the topic. */
  private List<AudioChunk> stored() throws Exception {
    List<AudioChunk> chunks = new ArrayList<>();
    TopicPartition partition = new TopicPartition(Topics.AUDIO_CHUNKS, 0);
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            connection.consumer("look"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          chunks.add(new AudioChunkCodec().decode(record.value()));
        }
      }
    }
    return chunks;
  }
}
