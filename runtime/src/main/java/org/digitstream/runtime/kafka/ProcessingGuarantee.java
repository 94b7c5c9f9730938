package org.digitstream.runtime.kafka;

import java.time.Duration;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What a crash of a service may do to its output.
 *
 * <p>A crash of everything at once, as when all runs in one JVM, leaves nothing to protect, so
 * there the cheaper {@link #AT_LEAST_ONCE} is used; services in processes of their own default to
 * {@link #EXACTLY_ONCE}.
 */
public enum ProcessingGuarantee {
  /**
   * State, output and offsets are written side by side. After a crash a service may have written
   * state whose output was still on its way, so that a stream that was in flight can show repeated
   * records, which are recognised by index and dropped, or a gap, which is counted.
   */
  AT_LEAST_ONCE(StreamsConfig.AT_LEAST_ONCE, Duration.ofMillis(500)),

  /**
   * State, output and offsets are one transaction: after a crash the events are the same to the
   * bit. Readers see a record only once its transaction is committed, so the commit interval is
   * part of the latency.
   */
  EXACTLY_ONCE(StreamsConfig.EXACTLY_ONCE_V2, Duration.ofMillis(10));

  private final String kafkaName;
  private final Duration commitInterval;

  ProcessingGuarantee(String kafkaName, Duration commitInterval) {
    this.kafkaName = kafkaName;
    this.commitInterval = commitInterval;
  }

  /** The value of Kafka's {@code processing.guarantee}. */
  public String kafkaName() {
    return kafkaName;
  }

  /** How often offsets, and with {@link #EXACTLY_ONCE} the output, are committed. */
  public Duration commitInterval() {
    return commitInterval;
  }
}
