package org.digitstream.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The topics, in the order in which data walks through them. Every record's key is its stream id.
 */
public final class Topics {
  /** {@link AudioChunk} as Protobuf: ingest to features. */
  public static final String AUDIO_CHUNKS = "audio-chunks";

  /** {@link LogMelFrames} as Protobuf: features to inference. */
  public static final String LOG_MEL_FRAMES = "log-mel-frames";

  /** {@link StreamEvent} as JSON: inference to whoever wants to know. */
  public static final String DIGIT_EVENTS = "digit-events";

  /**
   * {@link DigitPosteriors} as Protobuf: what inference gives out for people to look at, where it
   * was told to.
   */
  public static final String DIGIT_POSTERIORS = "digit-posteriors";

  /** How long audio is kept unless told otherwise. */
  public static final Duration DEFAULT_AUDIO_RETENTION = Duration.ofHours(1);

  /** How long frames are kept, at most: never longer than the audio that they are of. */
  public static final Duration FRAME_RETENTION = Duration.ofHours(1);

  /** How long posteriors are kept, at most: never longer than the audio that they are of. */
  public static final Duration POSTERIOR_RETENTION = Duration.ofHours(1);

  /** How long events are kept. */
  public static final Duration EVENT_RETENTION = Duration.ofDays(7);

  /** How long dead letters are kept unless told otherwise, also those that hold audio. */
  public static final Duration DEFAULT_DEAD_LETTER_RETENTION = Duration.ofDays(7);

  private Topics() {}

  /** The topic where records of {@code topic} that could not be read are kept aside. */
  public static String deadLettersOf(String topic) {
    return topic + "-dead-letters";
  }

  /**
   * A topic to be created where it is missing.
   *
   * @param name its name
   * @param partitions number of partitions, at least 1
   * @param settings topic settings by Kafka's names
   */
  public record Definition(String name, int partitions, Map<String, String> settings) {}

  /** The topics, with dead letters kept for {@link #DEFAULT_DEAD_LETTER_RETENTION}. */
  public static List<Definition> definitions(int partitions, Duration audioRetention) {
    return definitions(partitions, audioRetention, DEFAULT_DEAD_LETTER_RETENTION);
  }

  /**
   * The four topics, and the dead letters of those that services read.
   *
   * @param partitions partitions of the four topics; their dead letters have one
   * @param audioRetention how long audio is kept
   * @param deadLetterRetention how long records that could not be used are kept
   */
  public static List<Definition> definitions(
      int partitions, Duration audioRetention, Duration deadLetterRetention) {
    return List.of(
        topic(AUDIO_CHUNKS, partitions, audioRetention),
        topic(LOG_MEL_FRAMES, partitions, shorter(FRAME_RETENTION, audioRetention)),
        topic(DIGIT_EVENTS, partitions, EVENT_RETENTION),
        topic(DIGIT_POSTERIORS, partitions, shorter(POSTERIOR_RETENTION, audioRetention)),
        topic(deadLettersOf(AUDIO_CHUNKS), 1, deadLetterRetention),
        topic(deadLettersOf(LOG_MEL_FRAMES), 1, deadLetterRetention),
        topic(deadLettersOf(DIGIT_EVENTS), 1, deadLetterRetention));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static Definition topic(String name, int partitions, Duration retention) {
    return new Definition(
        name,
        partitions,
        Map.of(
            "cleanup.policy", "delete",
            "retention.ms", Long.toString(retention.toMillis()),
            // Kafka deletes whole closed segments only: a shorter segment keeps retention honest.
            "segment.ms", Long.toString(Math.max(60_000, retention.toMillis() / 4))));
  }
}
