package org.digitstream.standalone.capacity;

import java.util.List;
import java.util.Locale;

/** Whom a thread works for, by its name. The order is that in which rules are tried. */
public enum Stage {
  /**
   * Makes chunks, encodes and sends them: the load, and what ingest does for each speaker
   * elsewhere.
   */
  GENERATOR("capacity-generator", "digitstream-ingest"),

  /** The service features with its Kafka clients. */
  FEATURES("digitstream-features"),

  /** The service inference with its Kafka clients. */
  INFERENCE("digitstream-inference"),

  /** Reads the events, which makes them visible. */
  EVENTS("event-reader", "digitstream-events"),

  /** The live page, where there is one: its reading of all topics and its web server. */
  PAGE("page-", "digitstream-page", "digitstream-health", "jetty", "javalin"),

  /** Shows Kafka's meters and the lag, as every process of ours does. */
  METERS("kafka-meters", "lag-watch"),

  /** The measuring itself. */
  MEASURING("main", "capacity-", "progress"),

  /** The broker and the controller. */
  BROKER(
      "data-plane-",
      "kafka-",
      "controller-",
      "quorum-",
      "raft-",
      "broker-",
      "group-coordinator",
      "share-coordinator",
      "share-group",
      "transaction",
      "txn",
      "metadata-",
      "expirationreaper",
      "executor-",
      "logdirfailurehandler",
      "client-metrics",
      "metrics-meter",
      "addpartitions",
      "persister",
      "network-partition",
      "sensorexpiry",
      "sweeper"),

  /** Of the Java machine: the collector, the compiler, and threads that have ended meanwhile. */
  JVM(),

  /** None of these. */
  OTHER();

  private final List<String> parts;

  Stage(String... parts) {
    this.parts = List.of(parts);
  }

  /** As it is called in reports: {@code features}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The stage of a thread. The name of a service says more than what kind of Kafka client the
   * thread is of: {@code kafka-producer-network-thread | digitstream-features-...} is of features.
   */
  public static Stage of(String threadName) {
    String name = threadName.toLowerCase(Locale.ROOT);
    for (Stage stage : values()) {
      boolean service = stage.ordinal() < PAGE.ordinal();
      for (String part : stage.parts) {
        if (service ? name.contains(part) : name.startsWith(part) || name.contains("| " + part)) {
          return stage;
        }
      }
    }
    return OTHER;
  }
}
