package org.digitstream.dashboards.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often each client may ask: a bucket of tokens that fills evenly (Turner 1986). What is kept
 * is bounded: of the {@value #MOST_CLIENTS} clients seen last. Any number of threads.
 */
final class RequestRate {
  private static final int MOST_CLIENTS = 10_000;
  private static final double NANOS_PER_MINUTE = 60e9;

  private static final class Bucket {
    private double tokens;
    private long filledAt;
  }

  private final int perMinute;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_CLIENTS;
        }
      };

  /**
   * An empty memory.
   *
   * @param perMinute how many a client may ask in a minute, and at once after a pause
   * @param nanoTime monotonic
   */
  RequestRate(int perMinute, LongSupplier nanoTime) {
    this.perMinute = perMinute;
    this.nanoTime = nanoTime;
  }

  /** Counts one request of a client; false where it is one too many, which is not counted. */
  synchronized boolean admits(String client) {
    long now = nanoTime.getAsLong();
    Bucket bucket = buckets.get(client);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.tokens = perMinute;
      bucket.filledAt = now;
      buckets.put(client, bucket);
    }
    bucket.tokens =
        Math.min(perMinute, bucket.tokens + (now - bucket.filledAt) / NANOS_PER_MINUTE * perMinute);
    bucket.filledAt = now;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens--;
    return true;
  }
}
