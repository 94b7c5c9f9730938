package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.StreamEvent;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReadFrom;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.standalone.broker.EmbeddedBroker;
import org.digitstream.standalone.pipeline.Pipeline;
import org.digitstream.standalone.pipeline.ServiceSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An ingest that dies in the middle of a file. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class IncompleteStreamIT {
  @TempDir Path folder;

  @Test
  void aStreamWhoseIngestWasKilledIsNamedAsIncompleteAndNoOther() throws Exception {
    String model = folder.resolve("tones.zip").toString();
    ToneModel.bundle().write(Path.of(model));
    Path whole = ToneRecording.write(folder.resolve("whole.wav"), "37");
    Path cut = ToneRecording.write(folder.resolve("cut.wav"), "37".repeat(200));
    List<StreamEvent> events = new CopyOnWriteArrayList<>();

    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      String servers = broker.bootstrapServers();
      KafkaConnection connection = KafkaConnection.to(servers);
      try (Pipeline services =
              Pipeline.at(
                  connection,
                  Optional.of(ToneModel.bundle()),
                  ServiceSettings.DEFAULT,
                  false,
                  received -> {});
          EventReader reader =
              new EventReader(
                  connection,
                  ReadFrom.earliest(),
                  received -> events.add(received.event()),
                  new Meters(new SimpleMeterRegistry(), "test"),
                  Clock.systemUTC());
          ChildProgram ingest =
              ChildProgram.start(
                  "ingest",
                  whole.toString(),
                  cut.toString(),
                  "--speed",
                  "realtime",
                  "--model",
                  model,
                  "--operations-port",
                  "0",
                  "--bootstrap-servers",
                  servers)) {
        reader.start();
        await(ingest.toString())
            .atMost(ChildProgram.PATIENCE)
            .until(() -> digitsOf(events, "cut.wav").count() >= 3);
        ingest.kill();
        String streamId = digitsOf(events, "cut.wav").findFirst().orElseThrow().streamId();

        Program told =
            Program.run(
                "events",
                "--follow",
                "--from-beginning",
                "--idle-seconds",
                "10",
                "--bootstrap-servers",
                servers);

        assertThat(services.failure()).isEmpty();
        assertThat(told.exitCode()).isZero();
        assertThat(told.out()).contains("end of whole.wav, 2 digits");
        assertThat(told.out()).doesNotContain("end of cut.wav");
        assertThat(told.err().lines())
            .containsExactly("incomplete: stream " + streamId + " of cut.wav has not ended");
      }
    }
  }

  private static Stream<DigitEvent> digitsOf(List<StreamEvent> events, String source) {
    return events.stream()
        .filter(DigitEvent.class::isInstance)
        .map(DigitEvent.class::cast)
        .filter(digit -> digit.source().equals(source));
  }
}
