package org.digitstream.standalone.pipeline;

import org.digitstream.runtime.kafka.ProcessingGuarantee;

/**
 * How the services in this JVM run.
 *
 * @param guarantee what a crash may do to the output
 * @param partitions partitions of each topic, 1 to 64
 * @param threads stream threads of each service, 1 to 64; more than partitions stay idle
 */
public record ServiceSettings(ProcessingGuarantee guarantee, int partitions, int threads) {
  /** At least once, one of each: a crash here ends all that could tell the difference. */
  public static final ServiceSettings DEFAULT =
      new ServiceSettings(ProcessingGuarantee.AT_LEAST_ONCE, 1, 1);

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public ServiceSettings {
    if (guarantee == null) {
      throw new IllegalArgumentException("guarantee must be set");
    }
    if (partitions < 1 || partitions > 64 || threads < 1 || threads > 64) {
      throw new IllegalArgumentException(
          "partitions " + partitions + " and threads " + threads + " are not both within 1..64");
    }
  }
}
