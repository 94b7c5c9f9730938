package org.digitstream.runtime.streams;

import java.nio.file.Path;
import org.digitstream.runtime.kafka.ProcessingGuarantee;

/**
 * How a Kafka Streams application runs.
 *
 * @param applicationId names the consumer group, the changelogs and the transactions; the same in
 *     every process that shares the work
 * @param guarantee what a crash may do to the output
 * @param threads stream threads in this process, 1 to 64; more than there are partitions stay idle
 * @param stateFolder where Kafka Streams may put files; with stores in memory it puts none
 * @param mostLagRecords further behind than this, in records of all its partitions together, a
 *     process is not ready; at least 1
 */
public record StreamsOptions(
    String applicationId,
    ProcessingGuarantee guarantee,
    int threads,
    Path stateFolder,
    long mostLagRecords) {
  /** Ten seconds of twenty streams of 20 ms chunks. */
  public static final long DEFAULT_MOST_LAG_RECORDS = 10_000;

  /** With {@link #DEFAULT_MOST_LAG_RECORDS}. */
  public StreamsOptions(
      String applicationId, ProcessingGuarantee guarantee, int threads, Path stateFolder) {
    this(applicationId, guarantee, threads, stateFolder, DEFAULT_MOST_LAG_RECORDS);
  }

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public StreamsOptions {
    if (!applicationId.matches("[A-Za-z0-9._-]{1,200}")) {
      throw new IllegalArgumentException(
          "application id '"
              + applicationId
              + "' is not 1 to 200 letters, digits, dots, dashes and underscores");
    }
    if (threads < 1 || threads > 64) {
      throw new IllegalArgumentException("threads " + threads + " is not within 1..64");
    }
    if (mostLagRecords < 1) {
      throw new IllegalArgumentException("most lag of " + mostLagRecords + " records is below 1");
    }
    if (guarantee == null || stateFolder == null) {
      throw new IllegalArgumentException("guarantee and stateFolder must be set");
    }
  }
}
