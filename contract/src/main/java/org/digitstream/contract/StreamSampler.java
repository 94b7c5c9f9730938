package org.digitstream.contract;

import java.util.function.Supplier;

/**
 * Which streams are shown whole: all of them, or, where more begin than anybody could follow, a
 * sample. Services that know nothing of each other choose the same streams for it, since a hash of
 * the id decides, as in OpenTelemetry's {@code TraceIdRatioBased}. One thread at a time.
 */
public final class StreamSampler {
  /** While no more begin in a second, all are chosen. */
  public static final int MOST_IN_A_SECOND = 50;

  /** Of more, one in so many. */
  public static final int OF_MORE_ONE_IN = 8;

  private static final long MILLIS = 1_000;

  private long second = Long.MIN_VALUE;
  private int begun;
  private int begunBefore;

  /**
   * Counts a stream that begins.
   *
   * @param nowMillis when, never before the last one
   * @return whether it is to be shown whole
   */
  public boolean begins(String streamId, long nowMillis) {
    turnTo(nowMillis);
    begun++;
    return !isSampling(nowMillis) || isInSample(streamId);
  }

  /**
   * Whether so many begin that only a sample is chosen.
   *
   * @param nowMillis never before the last one
   */
  public boolean isSampling(long nowMillis) {
    turnTo(nowMillis);
    return Math.max(begun, begunBefore) > MOST_IN_A_SECOND;
  }

  private void turnTo(long nowMillis) {
    long now = Math.floorDiv(nowMillis, MILLIS);
    if (now != second) {
      begunBefore = now == second + 1 ? begun : 0;
      begun = 0;
      second = now;
    }
  }

  /**
   * An id for a stream that somebody is sure to look at: the first of some that is in the sample.
   */
  public static String idInSample(Supplier<String> ids) {
    String id = ids.get();
    while (!isInSample(id)) {
      id = ids.get();
    }
    return id;
  }

  private static boolean isInSample(String streamId) {
    return Integer.remainderUnsigned(mixed(streamId.hashCode()), OF_MORE_ONE_IN) == 0;
  }

  /** Ids may be numbered: their own hashes would follow each other. The end of MurmurHash3. */
  private static int mixed(int hash) {
    int mixed = hash;
    mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
    mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
    return mixed ^ (mixed >>> 16);
  }
}
