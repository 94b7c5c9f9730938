package org.digitstream.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
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
import org.digitstream.runtime.kafka.KeptDeadLetter;
import org.digitstream.runtime.kafka.TopicProvisioner;
import org.digitstream.runtime.kafka.TopicScan;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.standalone.Program;
import org.digitstream.standalone.ToneModel;
import org.digitstream.standalone.ToneRecording;
import org.digitstream.standalone.broker.EmbeddedBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that were put aside are seen, and come back to where they were. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class DeadLettersIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final byte[] NONSENSE = "no chunk".getBytes(StandardCharsets.UTF_8);
  private static final byte[] KEY = "key\u001b[31m".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private KafkaConnection connection;
  private String servers;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void whatWasPutAsideIsListedAndGoesBackToWhereItCameFrom() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      servers = broker.bootstrapServers();
      connection = KafkaConnection.to(servers);
      new TopicProvisioner(connection)
          .provision(Topics.definitions(2, Topics.DEFAULT_AUDIO_RETENTION), PATIENCE);
      assertThat(letters("list").out()).startsWith("no letters on audio-chunks-dead-letters");
      assertThat(letters("replay", "--all").out()).contains("there are no such letters");

      int chunks = aServiceOfTheWrongModelPutsAStreamAside();
      nonsenseIsPutAsideAndListed(chunks);
      aDryRunSendsNothing(chunks);
      theStreamComesBackWhole(chunks);
      nonsenseFailsAgainWithItsCountAndIsNotSentForEver();
    }
  }

  private Program letters(String... words) {
    List<String> all = new ArrayList<>(List.of("dead-letters"));
    all.addAll(Arrays.asList(words));
    all.addAll(List.of("--bootstrap-servers", servers));
    return Program.run(all.toArray(new String[0]));
  }

  private List<JsonNode> json(String... more) {
    List<String> words = new ArrayList<>(List.of("list", "--json"));
    words.addAll(Arrays.asList(more));
    Program listed = letters(words.toArray(new String[0]));
    assertThat(listed.exitCode()).as(listed.err()).isZero();
    ObjectMapper mapper = new ObjectMapper();
    return listed.out().lines().map(line -> read(mapper, line)).toList();
  }

  private static JsonNode read(ObjectMapper mapper, String line) {
    try {
      return mapper.readTree(line);
    } catch (java.io.IOException e) {
      throw new AssertionError(line, e);
    }
  }

  private int aServiceOfTheWrongModelPutsAStreamAside() throws Exception {
    Path recording = ToneRecording.write(folder.resolve("3773.wav"), "3773");
    try (KafkaAudioSink sink =
        new KafkaAudioSink(connection.producer("test"), new Meters(registry, "ingest"))) {
      new FileSource(recording, 16_000, Pacing.MAX, Timing.system())
          .stream("tones-1", sink, start -> {});
    }
    int chunks = records(Topics.AUDIO_CHUNKS).size();
    try (LocalServices services =
        new LocalServices(
            connection,
            ToneModel.singleWords(),
            ServiceSettings.DEFAULT,
            false,
            folder.resolve("wrong"),
            registry)) {
      services.awaitRunning(PATIENCE);
      await().atMost(PATIENCE).until(() -> json().size() == chunks);
      assertThat(services.failure()).isEmpty();
    }
    return chunks;
  }

  private void nonsenseIsPutAsideAndListed(int chunks) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            connection.producer("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(Topics.AUDIO_CHUNKS, 1, KEY, NONSENSE);
      record.headers().add("from", new byte[] {7});
      producer.send(record).get(1, TimeUnit.MINUTES);
    }
    try (LocalServices services = services("right-0")) {
      services.awaitRunning(PATIENCE);
      await().atMost(PATIENCE).until(() -> json("--reason", "malformed").size() == 1);
    }

    JsonNode letter = json("--reason", "malformed").get(0);
    assertThat(letter.path("topic").asText()).isEqualTo("audio-chunks-dead-letters");
    assertThat(letter.path("originTopic").asText()).isEqualTo("audio-chunks");
    assertThat(letter.path("originPartition").asInt()).isEqualTo(1);
    assertThat(letter.path("sizeBytes").asInt()).isEqualTo(NONSENSE.length);
    assertThat(letter.path("key").asText()).isEqualTo("key\u001b[31m");
    assertThat(letter.path("replays").asInt(-1)).isZero();
    assertThat(letter.path("explanation").asText()).startsWith("not an AudioChunkRecord");

    Program table = letters("list", "--newest", "2");
    assertThat(table.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(table.out())
        .contains("audio-chunks-dead-letters: " + (chunks + 1) + ", of which the newest 2")
        .contains("sample-rate-mismatch", "malformed", "'key.[31m'")
        .contains("no letters on log-mel-frames-dead-letters, digit-events-dead-letters")
        .doesNotContain("\u001b");
    assertThat(letters("list", "--topic", "digit-events").out())
        .isEqualTo("no such letters on digit-events-dead-letters\n");
  }

  private void aDryRunSendsNothing(int chunks) {
    int before = records(Topics.AUDIO_CHUNKS).size();
    Program dry = letters("replay", "--all", "--dry-run");
    assertThat(dry.out())
        .contains("would go back: " + (chunks + 1) + " of " + (chunks + 1))
        .contains((chunks + 1) + " to audio-chunks");
    assertThat(records(Topics.AUDIO_CHUNKS)).hasSize(before);
  }

  private void theStreamComesBackWhole(int chunks) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> before = records(Topics.AUDIO_CHUNKS);
    StreamCollector collector = new StreamCollector(System::nanoTime, received -> {});
    collector.expect("tones-1");
    try (LocalServices services = services("right-1");
        EventReader reader =
            new EventReader(
                connection,
                ReadFrom.earliest(),
                collector,
                new Meters(registry, "standalone"),
                Clock.systemUTC())) {
      reader.start();
      services.awaitRunning(PATIENCE);
      Program sent =
          letters("replay", "--topic", "audio-chunks", "--reason", "sample-rate-mismatch");
      assertThat(sent.err()).isEmpty();
      assertThat(sent.out()).contains("sent back: " + chunks + " of " + chunks);
      assertThat(sent.exitCode()).isZero();
      assertThat(collector.awaitEnded(1, PATIENCE)).isTrue();
      assertThat(collector.of("tones-1").recognized()).isEqualTo("3773");
    }
    List<ConsumerRecord<byte[], byte[]>> after = records(Topics.AUDIO_CHUNKS);
    List<ConsumerRecord<byte[], byte[]>> original = of(before, "tones-1").subList(0, chunks);
    List<ConsumerRecord<byte[], byte[]>> again = of(after, "tones-1").subList(chunks, 2 * chunks);
    for (int i = 0; i < chunks; i++) {
      assertThat(again.get(i).value()).isEqualTo(original.get(i).value());
      assertThat(again.get(i).partition()).isEqualTo(original.get(i).partition());
      assertThat(again.get(i).headers().lastHeader(DeadLetter.REPLAYS).value())
          .isEqualTo(new byte[] {'1'});
      assertThat(again.get(i).headers().lastHeader(DeadLetter.REASON)).isNull();
    }
  }

  private void nonsenseFailsAgainWithItsCountAndIsNotSentForEver() throws Exception {
    try (LocalServices services = services("right-2")) {
      services.awaitRunning(PATIENCE);
      for (int replays = 1; replays <= 3; replays++) {
        int letters = replays + 1;
        Program sent = letters("replay", "--reason", "malformed");
        assertThat(sent.out()).contains("sent back: 1 of 1");
        await().atMost(PATIENCE).until(() -> json("--reason", "malformed").size() == letters);
        List<JsonNode> listed = json("--reason", "malformed");
        JsonNode newest = listed.get(letters - 1);
        assertThat(newest.path("replays").asInt()).isEqualTo(replays);
        assertThat(listed.get(0).path("failedAgainAs").asText())
            .isEqualTo("0/" + newest.path("offset").asLong());
      }
      Program refused = letters("replay", "--reason", "malformed");
      assertThat(refused.out())
          .contains("sent back: 0 of 1", "1 stay: were sent back 3 times already")
          .contains("3 older letters of records that failed again");
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(letters("list", "--reason", "malformed").out())
          .contains("sent back 3x", "failed again as");
    }
    List<ConsumerRecord<byte[], byte[]>> kept =
        records(Topics.deadLettersOf(Topics.AUDIO_CHUNKS)).stream()
            .filter(record -> KeptDeadLetter.of(record).reason().equals("malformed"))
            .toList();
    assertThat(kept)
        .allSatisfy(
            letter -> {
              assertThat(letter.value()).isEqualTo(NONSENSE);
              assertThat(letter.key()).isEqualTo(KEY);
              assertThat(letter.headers().lastHeader("from").value()).isEqualTo(new byte[] {7});
            });
  }

  private LocalServices services(String name) {
    return new LocalServices(
        connection,
        ToneModel.bundle(),
        ServiceSettings.DEFAULT,
        false,
        folder.resolve(name),
        registry);
  }

  private static List<ConsumerRecord<byte[], byte[]>> of(
      List<ConsumerRecord<byte[], byte[]>> records, String stream) {
    return records.stream()
        .filter(record -> stream.equals(new String(record.key(), StandardCharsets.UTF_8)))
        .toList();
  }

  private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicScan scan = new TopicScan(connection, "test", topic)) {
      while (!scan.isDone()) {
        records.addAll(scan.next());
      }
    }
    return records;
  }
}
