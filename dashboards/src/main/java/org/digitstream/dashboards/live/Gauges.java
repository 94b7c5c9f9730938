package org.digitstream.dashboards.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Counts what comes by, and tells once a second how much it was. Any number of threads. */
public final class Gauges {
  /** Records that a service has not read yet. */
  public record Lag(String service, long records) {}

  /**
   * How things were in the second before.
   *
   * @param atMillis when it was taken, since 1970 UTC
   * @param broker whether the broker answers
   * @param streams how many streams are running
   * @param audioSecondsPerSecond audio that came
   * @param framesPerSecond frames that came
   * @param digitsPerSecond digits that came
   * @param latencyMillis from the end of a word until it was known here, over the last minute; null
   *     where there was none
   * @param lag what each service has not read yet
   * @param gaps since this began to listen
   * @param deadLetters since this began to listen
   */
  public record Reading(
      long atMillis,
      boolean broker,
      long streams,
      double audioSecondsPerSecond,
      double framesPerSecond,
      double digitsPerSecond,
      Quantiles latencyMillis,
      List<Lag> lag,
      long gaps,
      long deadLetters) {}

  private static final long LATENCY_MILLIS = 60_000;
  private static final int MOST_LATENCIES = 10_000;

  private record Timed(long atMillis, long latencyMillis) {}

  private final Deque<Timed> latencies = new ArrayDeque<>();
  private double audioSeconds;
  private long frames;
  private long digits;
  private long gaps;
  private long deadLetters;
  private boolean broker = true;
  private List<Lag> lag = List.of();
  private long readAtMillis;
  private double audioSecondsThen;
  private long framesThen;
  private long digitsThen;

  /** Begins to count at a time, in milliseconds since 1970 UTC. */
  public Gauges(long nowMillis) {
    readAtMillis = nowMillis;
  }

  /** Counts audio. */
  public synchronized void audio(double seconds) {
    audioSeconds += seconds;
  }

  /** Counts gaps. */
  public synchronized void gaps(long count) {
    gaps += count;
  }

  /** Counts frames. */
  public synchronized void frames(long count) {
    frames += count;
  }

  /** Counts a digit; its latency may be null. */
  public synchronized void digit(Long latencyMillis, long nowMillis) {
    digits++;
    if (latencyMillis != null) {
      latencies.add(new Timed(nowMillis, latencyMillis));
      if (latencies.size() > MOST_LATENCIES) {
        latencies.remove();
      }
    }
  }

  /** Sets what was asked of the broker; nothing is known of the lag while it is away. */
  public synchronized void broker(boolean answers, List<Lag> current, long deadLettersSoFar) {
    broker = answers;
    if (answers) {
      lag = List.copyOf(current);
      deadLetters = deadLettersSoFar;
    }
  }

  /** How things were since the last reading. */
  public synchronized Reading read(long nowMillis, long runningStreams) {
    double seconds = Math.max(0.001, (nowMillis - readAtMillis) / 1000.0);
    while (!latencies.isEmpty() && latencies.peek().atMillis < nowMillis - LATENCY_MILLIS) {
      latencies.remove();
    }
    Reading reading =
        new Reading(
            nowMillis,
            broker,
            runningStreams,
            rounded((audioSeconds - audioSecondsThen) / seconds),
            rounded((frames - framesThen) / seconds),
            rounded((digits - digitsThen) / seconds),
            Quantiles.of(latencies.stream().mapToLong(Timed::latencyMillis).toArray()),
            lag,
            gaps,
            deadLetters);
    readAtMillis = nowMillis;
    audioSecondsThen = audioSeconds;
    framesThen = frames;
    digitsThen = digits;
    return reading;
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
