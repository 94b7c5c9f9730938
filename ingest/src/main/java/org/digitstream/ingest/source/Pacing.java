package org.digitstream.ingest.source;

/**
 * How fast a file is streamed, and in which pieces.
 *
 * @param speed times real time, 0.1 to 1000, or {@link Double#POSITIVE_INFINITY} for no pacing
 * @param chunkMillis audio per chunk, 1 to 1000 ms
 */
public record Pacing(double speed, int chunkMillis) {
  /** As a microphone would: a chunk of 20 ms every 20 ms. */
  public static final Pacing REALTIME = new Pacing(1, 20);

  /** As fast as it is taken, in chunks of 200 ms. */
  public static final Pacing MAX = new Pacing(Double.POSITIVE_INFINITY, 200);

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException quoting the value that is out of its bounds
   */
  public Pacing {
    if (!(speed >= 0.1 && (speed <= 1000 || Double.isInfinite(speed)))) {
      throw new IllegalArgumentException("a speed of " + speed + " is not within 0.1..1000");
    }
    if (chunkMillis < 1 || chunkMillis > 1000) {
      throw new IllegalArgumentException("chunkMillis " + chunkMillis + " is not within 1..1000");
    }
  }

  /** {@code speed} times real time: a chunk every 20 ms, of 20 to 200 ms. */
  public static Pacing times(double speed) {
    return new Pacing(speed, (int) Math.max(20, Math.min(200, Math.round(20 * speed))));
  }

  /**
   * {@code realtime}, {@code max} or a number.
   *
   * @throws IllegalArgumentException where it is none of them, saying what is allowed
   */
  public static Pacing parse(String text) {
    return switch (text) {
      case "realtime" -> REALTIME;
      case "max" -> MAX;
      default -> {
        try {
          yield times(Double.parseDouble(text));
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException(
              "'" + text + "' is no speed; use realtime, max or a number such as 4", e);
        }
      }
    };
  }

  /** Whether chunks wait until they are due. */
  public boolean paced() {
    return !Double.isInfinite(speed);
  }
}
