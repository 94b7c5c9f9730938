package org.digitstream.standalone.pipeline;

import java.time.Duration;
import org.digitstream.runtime.kafka.ProcessingGuarantee;

/**
 * How the services in this JVM run.
 *
 * @param guarantee what a crash may do to the output
 * @param partitions partitions of each topic, 1 to 64
 * @param threads stream threads of each service, 1 to 64; more than partitions stay idle
 * @param linger how long a record may wait for others that are then sent with it
 */
public record ServiceSettings(
    ProcessingGuarantee guarantee, int partitions, int threads, Duration linger) {
  /** At least once, one of each: a crash here ends all that could tell the difference. */
  public static final ServiceSettings DEFAULT =
      new ServiceSettings(ProcessingGuarantee.AT_LEAST_ONCE, 1, 1);

  /** Nothing waits. */
  public ServiceSettings(ProcessingGuarantee guarantee, int partitions, int threads) {
    this(guarantee, partitions, threads, Duration.ZERO);
  }

  /** The same for where nobody waits for a single digit: a quarter more goes through. */
  public ServiceSettings forThroughput() {
    return new ServiceSettings(guarantee, partitions, threads, Duration.ofMillis(20));
  }

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public ServiceSettings {
    if (guarantee == null || linger == null) {
      throw new IllegalArgumentException("guarantee and linger must be set");
    }
    if (partitions < 1 || partitions > 64 || threads < 1 || threads > 64) {
      throw new IllegalArgumentException(
          "partitions " + partitions + " and threads " + threads + " are not both within 1..64");
    }
  }
}
