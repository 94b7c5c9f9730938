package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.Topics;
import org.digitstream.ingest.source.FileSource;
import org.digitstream.ingest.source.Pacing;
import org.digitstream.ingest.source.Timing;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.standalone.broker.EmbeddedBroker;
import org.digitstream.standalone.pipeline.Pipeline;
import org.digitstream.standalone.pipeline.ServiceSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can be learned afterwards from what the topics keep of a stream. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ReadBackIT {
  private static final String STREAM = "session-1";
  private static final int RATE = FeatureSpec.WIDEBAND.sampleRateHz();

  @TempDir Path folder;
  private String servers;
  private Path model;
  private Path why;

  @Test
  void stringsOfDigitsAndTheReasonsForThem() throws Exception {
    model = folder.resolve("tones.zip");
    why = folder.resolve("why");
    ToneModel.bundle().write(model);
    Path recording = ToneRecording.write(folder.resolve("3773.wav"), "3773");
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      servers = broker.bootstrapServers();
      assertThat(explain(STREAM, 1).err())
          .isEqualTo(
              "digitstream: there is no stream session-1 in the topics of "
                  + servers
                  + "; they are empty\n");
      KafkaConnection connection = KafkaConnection.to(servers);
      try (Pipeline pipeline =
          Pipeline.at(
              connection,
              Optional.of(ToneModel.bundle()),
              ServiceSettings.DEFAULT,
              false,
              received -> {})) {
        pipeline.collector().expect(STREAM);
        new FileSource(recording, RATE, Pacing.MAX, Timing.system())
            .stream(STREAM, pipeline.sink(), started -> {});
        assertThat(pipeline.collector().awaitEnded(1, Duration.ofMinutes(2))).isTrue();
      }

      theStringsArePrintedWhereTheyAreComplete();
      theJsonHasOnlyWhatWasAskedFor();
      aMomentIsExplainedAsTheStreamHeardIt();
      anotherModelIsSaid();
      whatIsWrongIsSaid();
      withoutAudioTheFramesAreThere(connection);
      withoutFramesItIsSaidThatNothingIsKept(connection);
    }
  }

  private Program events(String... more) {
    List<String> words = new ArrayList<>(List.of("events", "--bootstrap-servers", servers));
    words.addAll(List.of(more));
    return Program.run(words.toArray(new String[0]));
  }

  private Program explain(String stream, double at, String... more) {
    List<String> words =
        new ArrayList<>(List.of("explain", "--stream-id", stream, "--at", Double.toString(at)));
    words.addAll(List.of("-o", why.toString(), "--bootstrap-servers", servers));
    if (more.length == 0) {
      words.addAll(List.of("--model", model.toString()));
    }
    words.addAll(List.of(more));
    return Program.run(words.toArray(new String[0]));
  }

  private void theStringsArePrintedWhereTheyAreComplete() {
    assertThat(strings(events())).containsExactly("3773");
    assertThat(strings(events("--utterance-pause", "200ms"))).containsExactly("3", "7", "7", "3");
    assertThat(events().out().lines().toList().get(5)).contains("end of 3773.wav, 4 digits");
  }

  private static List<String> strings(Program printed) {
    assertThat(printed.complaints()).isEmpty();
    return printed
        .out()
        .lines()
        .filter(line -> line.startsWith("        = "))
        .map(line -> line.substring(10, line.indexOf(' ', 10)))
        .collect(Collectors.toList());
  }

  private void theJsonHasOnlyWhatWasAskedFor() throws Exception {
    assertThat(events("--json").out().lines()).hasSize(4);
    List<String> lines =
        events("--json", "--utterances").out().lines().collect(Collectors.toList());
    assertThat(lines).hasSize(5);
    JsonNode utterance = new ObjectMapper().readTree(lines.get(4));
    assertThat(utterance.path("type").asText()).isEqualTo("utterance");
    assertThat(utterance.path("digits").asText()).isEqualTo("3773");
    assertThat(utterance.path("streamId").asText()).isEqualTo(STREAM);
  }

  private void aMomentIsExplainedAsTheStreamHeardIt() throws Exception {
    Program told = explain(STREAM, 1.05);

    assertThat(told.complaints()).isEmpty();
    assertThat(told.exitCode()).isZero();
    assertThat(told.out())
        .contains("3773.wav at 0:01.05", "heard there   7 (")
        .contains("note: the stream's own events say the same, to the bit");
    assertThat(WavReader.readMono(why.resolve("audio.wav"), RATE))
        .isEqualTo(Arrays.copyOf(ToneRecording.samples("3773"), RATE * 255 / 100));
  }

  private void anotherModelIsSaid() throws Exception {
    Path strings = folder.resolve("strings.zip");
    ToneModel.strings().write(strings);

    assertThat(explain(STREAM, 1.05, "--model", strings.toString()).out())
        .contains("heard there   7 (", "model string-tones-")
        .contains("note: the stream itself was recognized by another model, tones-");
  }

  private void whatIsWrongIsSaid() throws Exception {
    Path single = folder.resolve("single.zip");
    ToneModel.singleWords().write(single);

    assertThat(explain("nobody", 1).err())
        .contains("there is no stream nobody in the topics of", "there are " + STREAM);
    assertThat(explain(STREAM, 60).err())
        .contains("the stream session-1 ends at 0:03.70: there is nothing at 1:00.00");
    assertThat(explain(STREAM, 1, "--model", single.toString()).err())
        .contains("the stream session-1 has 16000 Hz, but the model hears");
  }

  private void withoutAudioTheFramesAreThere(KafkaConnection connection) throws Exception {
    delete(connection, Topics.AUDIO_CHUNKS);

    Program told = explain(STREAM, 1.05);

    assertThat(told.out())
        .contains("heard there   7 (")
        .contains("note: the audio is no longer kept: explained from its frames")
        .contains("note: the stream's own events say the same, to the bit");
    assertThat(Files.exists(why.resolve("audio.wav"))).isFalse();
    assertThat(Files.exists(why.resolve("mel.png"))).isTrue();
  }

  private void withoutFramesItIsSaidThatNothingIsKept(KafkaConnection connection) throws Exception {
    delete(connection, Topics.LOG_MEL_FRAMES);

    Program refused = explain(STREAM, 1.05);

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains(
            "the audio of the stream session-1 (3773.wav) is no longer kept, only its events");
  }

  private static void delete(KafkaConnection connection, String topic) throws Exception {
    try (AdminClient admin = AdminClient.create(connection.admin("test"))) {
      admin
          .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(-1)))
          .all()
          .get(1, TimeUnit.MINUTES);
    }
  }
}
