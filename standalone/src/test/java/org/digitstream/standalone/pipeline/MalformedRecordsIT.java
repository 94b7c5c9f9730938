package org.digitstream.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.digitstream.contract.Topics;
import org.digitstream.ingest.kafka.KafkaAudioSink;
import org.digitstream.ingest.source.FileSource;
import org.digitstream.ingest.source.Pacing;
import org.digitstream.ingest.source.Timing;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReadFrom;
import org.digitstream.runtime.kafka.DeadLetter;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.TopicProvisioner;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.standalone.ToneModel;
import org.digitstream.standalone.ToneRecording;
import org.digitstream.standalone.broker.EmbeddedBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that are none, on every topic, through a real broker. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MalformedRecordsIT {
  private static final List<String> TOPICS =
      List.of(Topics.AUDIO_CHUNKS, Topics.LOG_MEL_FRAMES, Topics.DIGIT_EVENTS);
  private static final byte[] KEY = "a stream".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NONSENSE = "this is no record".getBytes(StandardCharsets.UTF_8);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void arePutAsideAndCountedAndTheServicesGoOn() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    StreamCollector collector = new StreamCollector(System::nanoTime, received -> {});
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      KafkaConnection connection = KafkaConnection.to(broker.bootstrapServers());
      new TopicProvisioner(connection)
          .provision(Topics.definitions(1, Topics.DEFAULT_AUDIO_RETENTION), PATIENCE);
      try (LocalServices services =
              new LocalServices(
                  connection,
                  ToneModel.bundle(),
                  ServiceSettings.DEFAULT,
                  false,
                  folder,
                  registry);
          EventReader reader =
              new EventReader(
                  connection,
                  ReadFrom.earliest(),
                  collector,
                  new Meters(registry, "standalone"),
                  Clock.systemUTC())) {
        services.awaitRunning(PATIENCE);
        reader.start();

        for (String topic : TOPICS) {
          putNonsense(connection, topic);
        }
        assertPutAside(connection);
        await().atMost(PATIENCE).untilAsserted(() -> assertCounted(registry));

        collector.expect("afterwards");
        send(connection, registry, "37733", "afterwards");
        assertThat(collector.awaitEnded(1, PATIENCE)).as("the stream comes through").isTrue();
        assertThat(collector.of("afterwards").recognized()).isEqualTo("37733");
        assertThat(services.failure()).isEmpty();
        assertThat(reader.failure()).isEmpty();
      }
    }
  }

  /** Bytes that are no record, and no bytes. */
  private static void putNonsense(KafkaConnection connection, String topic) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            connection.producer("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, KEY, NONSENSE)).get(1, TimeUnit.MINUTES);
      producer.send(new ProducerRecord<>(topic, KEY, null)).get(1, TimeUnit.MINUTES);
    }
  }

  private static void assertPutAside(KafkaConnection connection) {
    Map<String, List<ConsumerRecord<byte[], byte[]>>> letters = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            connection.consumer("test"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          TOPICS.stream().map(topic -> new TopicPartition(Topics.deadLettersOf(topic), 0)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(100))
                    .forEach(
                        letter ->
                            letters
                                .computeIfAbsent(letter.topic(), topic -> new ArrayList<>())
                                .add(letter));
                return letters.values().stream().mapToInt(List::size).sum() >= 2 * TOPICS.size();
              });
    }
    for (String topic : TOPICS) {
      List<ConsumerRecord<byte[], byte[]>> of = letters.get(Topics.deadLettersOf(topic));
      assertThat(of).as("dead letters of %s", topic).hasSize(2);
      assertThat(of.get(0).value()).isEqualTo(NONSENSE);
      assertThat(of.get(1).value()).isNull();
      assertThat(header(of.get(0), DeadLetter.REASON)).isEqualTo("malformed");
      assertThat(header(of.get(1), DeadLetter.REASON)).isEqualTo("no-value");
      assertThat(of)
          .allSatisfy(
              letter -> {
                assertThat(letter.key()).isEqualTo(KEY);
                assertThat(header(letter, DeadLetter.EXPLANATION)).isNotEmpty();
                assertThat(header(letter, DeadLetter.ORIGIN_TOPIC)).isEqualTo(topic);
                assertThat(header(letter, DeadLetter.ORIGIN_PARTITION)).isEqualTo("0");
              });
      assertThat(of.stream().map(letter -> header(letter, DeadLetter.ORIGIN_OFFSET)))
          .containsExactly("0", "1");
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static void assertCounted(SimpleMeterRegistry registry) {
    for (String topic : TOPICS) {
      for (String reason : List.of("malformed", "no-value")) {
        assertThat(
                registry
                    .get(Meters.DEAD_LETTERS)
                    .tags("topic", topic, "reason", reason)
                    .counter()
                    .count())
            .as("%s records on %s", reason, topic)
            .isEqualTo(1);
      }
    }
  }

  private void send(
      KafkaConnection connection, SimpleMeterRegistry registry, String digits, String streamId)
      throws Exception {
    Path recording = ToneRecording.write(folder.resolve("tones.wav"), digits);
    try (KafkaAudioSink sink =
        new KafkaAudioSink(connection.producer("test"), new Meters(registry, "ingest"))) {
      int sampleRateHz = ToneModel.bundle().featureSpec().sampleRateHz();
      new FileSource(recording, sampleRateHz, Pacing.MAX, Timing.system())
          .stream(streamId, sink, start -> {});
    }
  }
}
