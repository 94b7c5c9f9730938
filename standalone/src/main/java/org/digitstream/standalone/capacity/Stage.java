package org.digitstream.standalone.capacity;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whom a thread works for, by its name. The order is that in which names are looked at: that of a
 * service says more than what kind of Kafka client a thread is of, so that {@code
 * kafka-producer-network-thread | digitstream-features-...} is of features and not of the broker.
 */
public enum Stage {
  /**
   * Makes chunks, encodes and sends them: the load, and what ingest does for each speaker
   * elsewhere.
   */
  GENERATOR("capacity-generator|digitstream-ingest"),

  /** The service features with its Kafka clients. */
  FEATURES("digitstream-features"),

  /** The service inference with its Kafka clients. */
  INFERENCE("digitstream-inference"),

  /** Reads the events, which makes them visible. */
  EVENTS("^event-reader|digitstream-events"),

  /** The live page, where there is one: its reading of all topics and its web server. */
  PAGE("^page-|digitstream-page|digitstream-health|^jetty|^javalin"),

  /** Shows Kafka's meters and the lag, as every process of ours does. */
  METERS("^kafka-meters|^lag-watch"),

  /** The measuring itself. */
  MEASURING("^main$"),

  /** The broker and the controller. */
  BROKER(
      "^(data-plane-|kafka-|controller-|quorum-|raft-|broker-|group-coordinator|share-|transaction|txn"
          + "|addpartitions|metadata-|expirationreaper|executor-|logdirfailure|client-metrics"
          + "|metrics-meter|persister|network-partition|sensorexpiry|sweeper)"),

  /** Of the Java machine: the collector, the compiler, and threads that have ended meanwhile. */
  JVM("^$"),

  /** None of these. */
  OTHER("");

  private final Pattern name;

  Stage(String name) {
    this.name = Pattern.compile(name);
  }

  /** As it is called in reports: {@code features}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The stage of a thread. */
  public static Stage of(String threadName) {
    String lowerCase = threadName.toLowerCase(Locale.ROOT);
    for (Stage stage : values()) {
      if (stage.name.matcher(lowerCase).find()) {
        return stage;
      }
    }
    return OTHER;
  }
}
