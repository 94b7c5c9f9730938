package org.digitstream.standalone.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {
  /** Names of threads as a run shows them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "capacity-generator; GENERATOR",
        "kafka-producer-network-thread | digitstream-ingest; GENERATOR",
        "digitstream-features-4f5a-StreamThread-1; FEATURES",
        "kafka-producer-network-thread | digitstream-features-4f5a-StreamThread-1-producer; FEATURES",
        "kafka-coordinator-heartbeat-thread | digitstream-inference; INFERENCE",
        "digitstream-inference-4f5a-StateUpdater-1; INFERENCE",
        "kafka-admin-client-thread | digitstream-inference-lag; INFERENCE",
        "event-reader; EVENTS",
        "page-topics; PAGE",
        "JettyServerThreadPool-31; PAGE",
        "kafka-admin-client-thread | digitstream-health; PAGE",
        "kafka-meters; METERS",
        "main; MEASURING",
        "metrics-meter-tick-thread-1; BROKER",
        "TxnMarkerSenderThread-1; BROKER",
        "data-plane-kafka-network-thread-1-ListenerName(PLAINTEXT)-PLAINTEXT-0; BROKER",
        "data-plane-kafka-request-handler-0; BROKER",
        "kafka-1-raft-io-thread; BROKER",
        "group-coordinator-event-processor-0; BROKER",
        "ExpirationReaper-1-Produce; BROKER",
        "quorum-controller-1-event-handler; BROKER",
        "Reference Handler; OTHER",
      })
  void aThreadWorksForWhomItsNameSays(String thread, Stage stage) {
    assertThat(Stage.of(thread)).isEqualTo(stage);
  }
}
