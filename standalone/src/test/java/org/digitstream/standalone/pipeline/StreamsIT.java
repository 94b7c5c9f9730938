package org.digitstream.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.digitstream.contract.Topics;
import org.digitstream.ingest.kafka.KafkaAudioSink;
import org.digitstream.ingest.source.FileSource;
import org.digitstream.ingest.source.Pacing;
import org.digitstream.ingest.source.Timing;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.TopicProvisioner;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.standalone.Program;
import org.digitstream.standalone.ToneModel;
import org.digitstream.standalone.ToneRecording;
import org.digitstream.standalone.broker.EmbeddedBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the topics keep of a stream is shown, and removed as far as Kafka can. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class StreamsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ObjectMapper mapper = new ObjectMapper();
  private KafkaConnection connection;

  @Test
  void whatIsKeptOfAStreamIsShownAndRemovedAsFarAsKafkaCan() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      connection = KafkaConnection.to(broker.bootstrapServers());
      new TopicProvisioner(connection)
          .provision(Topics.definitions(1, Topics.DEFAULT_AUDIO_RETENTION), PATIENCE);
      assertThat(streams("list").out()).isEqualTo("no records of any stream are kept\n");
      try (LocalServices services =
          new LocalServices(
              connection, ToneModel.bundle(), ServiceSettings.DEFAULT, true, folder, registry)) {
        services.awaitRunning(PATIENCE);
        for (String stream : List.of("anna", "ben", "cleo")) {
          say(stream, true);
        }
        theListShowsThem();
        theFirstGoesAloneAndTheOthersStayWhole();
        oneBehindOthersStaysAndItIsSaidUntilWhen();
        withWhatIsOlderItGoes();
        say("dora", false);
        aStreamThatStillRunsIsNotRemovedUnasked();
        assertThat(services.failure()).isEmpty();
      }
    }
  }

  private Program streams(String... words) {
    List<String> all = new ArrayList<>(List.of("streams"));
    all.addAll(Arrays.asList(words));
    all.addAll(List.of("--bootstrap-servers", connection.bootstrapServers()));
    return Program.run(all.toArray(new String[0]));
  }

  private void say(String stream, boolean toTheEnd) throws Exception {
    Path recording = ToneRecording.write(folder.resolve(stream + ".wav"), "37");
    try (KafkaAudioSink sink =
        new KafkaAudioSink(connection.producer("test"), new Meters(registry, "ingest"))) {
      new FileSource(recording, 16_000, Pacing.MAX, Timing.system())
          .stream(
              stream,
              chunk -> {
                if (toTheEnd || !chunk.end()) {
                  sink.accept(chunk);
                }
              },
              start -> {});
    }
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                json().stream()
                    .anyMatch(
                        kept ->
                            kept.path("id").asText().equals(stream)
                                && kept.path("records").path(Topics.DIGIT_EVENTS).asInt()
                                    == (toTheEnd ? 3 : 2)));
  }

  private List<JsonNode> json() {
    return streams("list", "--json")
        .out()
        .lines()
        .map(
            line -> {
              try {
                return mapper.readTree(line);
              } catch (java.io.IOException e) {
                throw new AssertionError(line, e);
              }
            })
        .toList();
  }

  private List<String> ids() {
    return json().stream().map(kept -> kept.path("id").asText()).toList();
  }

  private void theListShowsThem() {
    assertThat(ids()).containsExactly("anna", "ben", "cleo");
    JsonNode anna = json().get(0);
    assertThat(anna.path("source").asText()).isEqualTo("anna.wav");
    assertThat(anna.path("ended").asBoolean()).isTrue();
    assertThat(anna.path("lastMillis").asLong())
        .isGreaterThanOrEqualTo(anna.path("firstMillis").asLong());
    for (String topic :
        List.of(Topics.AUDIO_CHUNKS, Topics.LOG_MEL_FRAMES, Topics.DIGIT_POSTERIORS)) {
      assertThat(anna.path("records").path(topic).asInt()).as(topic).isPositive();
    }
    String table = streams("list").out();
    assertThat(table).contains("anna  anna.wav", ", ended", " 3 events, 0 dead letters");
    assertThat(table.lines()).allMatch(line -> line.length() <= 80);
  }

  private void theFirstGoesAloneAndTheOthersStayWhole() {
    JsonNode ben = json().get(1);
    Program dry = streams("delete", "anna", "--dry-run");
    assertThat(dry.out()).contains("audio-chunks-0: would remove").doesNotContain("stay");
    assertThat(ids()).containsExactly("anna", "ben", "cleo");

    Program deleted = deleted("anna");
    assertThat(deleted.err()).isEmpty();
    assertThat(deleted.out()).contains("audio-chunks-0: removed", "digit-events-0: removed 3 of 3");
    assertThat(deleted.exitCode()).isZero();
    assertThat(ids()).containsExactly("ben", "cleo");
    assertThat(json().get(0)).isEqualTo(ben);
  }

  /** Once the services have said to the broker that they have read everything. */
  private Program deleted(String... words) {
    List<Program> runs = new ArrayList<>();
    List<String> all = new ArrayList<>(List.of("delete"));
    all.addAll(Arrays.asList(words));
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              runs.add(streams(all.toArray(new String[0])));
              return !runs.get(runs.size() - 1).err().contains("has still to read");
            });
    return runs.get(runs.size() - 1);
  }

  private void oneBehindOthersStaysAndItIsSaidUntilWhen() {
    Program stays = deleted("cleo");
    assertThat(stays.exitCode()).isEqualTo(1);
    assertThat(stays.out())
        .contains("digit-events-0: removed 0 of 3; 3 stay until 2")
        .contains("at the latest", "--with-older removes these, too");
    assertThat(ids()).containsExactly("ben", "cleo");
  }

  private void withWhatIsOlderItGoes() {
    Program gone = deleted("cleo", "--with-older");
    assertThat(gone.exitCode()).as(gone.err()).isZero();
    assertThat(gone.out())
        .contains("digit-events-0: removed 3 of 3, with 3 older ones of others")
        .contains("1 other streams lost records: ben");
    assertThat(ids()).isEmpty();
  }

  private void aStreamThatStillRunsIsNotRemovedUnasked() {
    Program refused = streams("delete", "dora");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("the stream dora has not ended", "or say --running");
    assertThat(ids()).containsExactly("dora");
    assertThat(streams("delete", "dora", "--running").exitCode()).isZero();
    assertThat(ids()).isEmpty();
    assertThat(streams("delete", "dora").err())
        .contains("keeps a record of the stream dora: digitstream streams list");
  }
}
