package org.digitstream.dashboards.web;

import java.time.Duration;

/**
 * How much guests of the page may bring. A client is an IPv4 address, or the first 64 bits of an
 * IPv6 address: one household has as many as it likes of the rest.
 *
 * @param uploadBytes the largest file, 1,000,000 to 500,000,000
 * @param streamLength the longest file and the longest microphone, 1 s to 24 h
 * @param streamsPerClient recordings and microphones of one client at a time, 1 to 1,000
 * @param viewersPerClient windows of one client that look on, 1 to 1,000
 * @param requestsPerMinute of one client, 60 to 100,000; as many may come at once after a pause
 */
public record PageLimits(
    long uploadBytes,
    Duration streamLength,
    int streamsPerClient,
    int viewersPerClient,
    int requestsPerMinute) {
  /** What holds unless told otherwise. */
  public static final PageLimits DEFAULT =
      new PageLimits(50_000_000, Duration.ofHours(2), 16, 60, 1_200);

  /** Checks the bounds. */
  public PageLimits {
    require("uploadBytes", uploadBytes, 1_000_000, 500_000_000);
    require("streamLength in seconds", streamLength.toSeconds(), 1, 24 * 3600);
    require("streamsPerClient", streamsPerClient, 1, 1_000);
    require("viewersPerClient", viewersPerClient, 1, 1_000);
    require("requestsPerMinute", requestsPerMinute, 60, 100_000);
  }

  /** What a client is told that has as many streams as it may. */
  String tooManyStreams() {
    return "you have "
        + streamsPerClient
        + " recordings and microphones running; wait until one has ended";
  }

  private static void require(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " " + value + " is not within " + least + ".." + most);
    }
  }
}
