package org.digitstream.dashboards.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.digitstream.contract.Topics;
import org.digitstream.contract.wire.AudioChunkCodec;
import org.digitstream.contract.wire.DigitPosteriorsCodec;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.runtime.kafka.AccessDenied;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows {@link LiveStreams} what comes on {@code audio-chunks}, {@code log-mel-frames} and {@code
 * digit-posteriors} from now on, in a thread of its own. It reads without a consumer group, so the
 * services do not notice it. Records that are malformed are left to the services, which count them.
 * If it falls behind by more than {@value #MOST_BEHIND} records it goes on with the newest: people
 * want to see what is said now. While {@linkplain LiveStreams#isFull() nothing of it would be
 * shown} it reads nothing, and counts what goes by from how much a record held lately. A broker
 * that is away is waited for; a bug stops it, and {@link #failure()} tells.
 */
final class TopicWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicWatcher.class);
  private static final List<String> TOPICS =
      List.of(Topics.AUDIO_CHUNKS, Topics.LOG_MEL_FRAMES, Topics.DIGIT_POSTERIORS);

  /**
   * Records are fetched together that came in this time: a picture on a screen lasts as long, and
   * the broker would answer a thousand times a second in a replay at full speed.
   */
  private static final int GATHER_MILLIS = 20;

  /** The same where more comes than anybody could follow, and fetches are what it costs. */
  private static final int BUSY_GATHER_MILLIS = 100;

  /** As of 80 streams in real time with chunks of 100 ms. */
  private static final double BUSY_RECORDS_PER_SECOND = 2_500;

  private static final int MOST_RECORDS_A_POLL = 1_000;

  /** How soon somebody is shown a stream who asks for one while nothing is read. */
  private static final long REST_MILLIS = 100;

  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final long RETRY_MILLIS = 500;
  private static final long LAG_CHECK_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long PARTITION_CHECK_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long MOST_BEHIND = 5_000;

  private final Consumer<byte[], byte[]> consumer;
  private final LiveStreams streams;
  private final Gauges gauges;
  private final LongSupplier nanoTime;
  private final AudioChunkCodec audio = new AudioChunkCodec();
  private final LogMelFramesCodec frames = new LogMelFramesCodec();
  private final DigitPosteriorsCodec posteriors = new DigitPosteriorsCodec();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "page-topics");
  private final RecentMean audioSeconds = new RecentMean();
  private final RecentMean frameCounts = new RecentMean();
  private volatile boolean closing;
  private long lastReadNanos;

  TopicWatcher(KafkaConnection connection, LiveStreams streams, Gauges gauges) {
    this(
        new KafkaConsumer<>(
            properties(connection), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        streams,
        gauges,
        System::nanoTime);
  }

  /**
   * Over a consumer that is closed with this.
   *
   * @param nanoTime tells when to look for partitions and lag; monotonic
   */
  TopicWatcher(
      Consumer<byte[], byte[]> consumer,
      LiveStreams streams,
      Gauges gauges,
      LongSupplier nanoTime) {
    this.consumer = consumer;
    this.nanoTime = nanoTime;
    this.streams = streams;
    this.gauges = gauges;
    thread.setDaemon(true);
  }

  private static Map<String, Object> properties(KafkaConnection connection) {
    Map<String, Object> properties = new HashMap<>(connection.consumer("digitstream-page"));
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS_A_POLL);
    return properties;
  }

  void start() {
    thread.start();
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    if (thread.getState() == Thread.State.NEW) {
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    } else {
      try {
        thread.join(CLOSE_TIMEOUT.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    Set<TopicPartition> known = new HashSet<>();
    long partitionsChecked = nanoTime.getAsLong() - PARTITION_CHECK_NANOS;
    long lagChecked = nanoTime.getAsLong();
    try {
      while (!closing) {
        try {
          long now = nanoTime.getAsLong();
          if (known.isEmpty() || now - partitionsChecked > PARTITION_CHECK_NANOS) {
            assign(known);
            partitionsChecked = now;
          }
          if (now - lagChecked > LAG_CHECK_NANOS) {
            skipIfBehind(known);
            lagChecked = now;
          }
          if (known.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
          } else if (streams.isFull()) {
            passOver(known);
            TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
          } else {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            read(records);
            if (!records.isEmpty()) {
              long read = nanoTime.getAsLong();
              TimeUnit.MILLISECONDS.sleep(gatherMillis(records.count(), read - lastReadNanos));
              lastReadNanos = read;
            }
          }
        } catch (RetriableException e) {
          LOG.debug("the page waits for the broker", e);
          TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
      }
    } catch (WakeupException | InterruptException | InterruptedException e) {
      LOG.debug("the page was told to stop reading", e);
    } catch (RuntimeException | Error e) {
      failure.set(e);
      AccessDenied.explain(e)
          .ifPresentOrElse(
              denied -> LOG.error("the page stops reading: {}", denied),
              () -> LOG.error("the page stops reading because of an error", e));
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
  }

  /** Topics may be made, and get partitions, after the page has begun. */
  private void assign(Set<TopicPartition> known) {
    List<TopicPartition> found = new ArrayList<>();
    for (String topic : TOPICS) {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic);
      if (partitions != null) {
        partitions.forEach(info -> found.add(new TopicPartition(topic, info.partition())));
      }
    }
    List<TopicPartition> fresh = found.stream().filter(known::add).toList();
    if (!fresh.isEmpty()) {
      Map<TopicPartition, Long> places = new HashMap<>();
      consumer
          .assignment()
          .forEach(partition -> places.put(partition, consumer.position(partition)));
      consumer.assign(known);
      places.forEach(consumer::seek);
      consumer.seekToEnd(fresh);
      fresh.forEach(consumer::position);
    }
  }

  private void skipIfBehind(Set<TopicPartition> known) {
    List<TopicPartition> behind =
        known.stream()
            .filter(partition -> consumer.currentLag(partition).orElse(0) > MOST_BEHIND)
            .toList();
    if (!behind.isEmpty()) {
      LOG.info("the page cannot keep up and goes on with what is newest");
      consumer.seekToEnd(behind);
      streams.passedOver();
    }
  }

  private void passOver(Set<TopicPartition> known) {
    consumer
        .endOffsets(known)
        .forEach(
            (partition, end) -> {
              long records = Math.max(0, end - consumer.position(partition));
              switch (partition.topic()) {
                case Topics.AUDIO_CHUNKS -> gauges.audio(records * audioSeconds.get());
                case Topics.LOG_MEL_FRAMES ->
                    gauges.frames(Math.round(records * frameCounts.get()));
                default -> {}
              }
              consumer.seek(partition, end);
            });
    streams.passedOver();
  }

  /** How long to wait after records; not at all where more of them may lie there. */
  static int gatherMillis(int records, long nanosSinceLastOnes) {
    if (records >= MOST_RECORDS_A_POLL) {
      return 0;
    }
    return records > BUSY_RECORDS_PER_SECOND * nanosSinceLastOnes / 1e9
        ? BUSY_GATHER_MILLIS
        : GATHER_MILLIS;
  }

  private void read(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.value() != null) {
        try {
          show(record.topic(), record.value());
        } catch (MalformedRecordException e) {
          LOG.debug("left to the services: {}", e.getMessage());
        }
      }
    }
  }

  private void show(String topic, byte[] value) throws MalformedRecordException {
    switch (topic) {
      case Topics.AUDIO_CHUNKS -> {
        var chunk = audio.decode(value);
        double seconds = (double) chunk.samples().length / chunk.sampleRateHz();
        audioSeconds.add(seconds);
        gauges.audio(seconds);
        gauges.gaps(streams.accept(chunk));
      }
      case Topics.LOG_MEL_FRAMES -> {
        var decoded = frames.decode(value);
        frameCounts.add(decoded.frameCount());
        gauges.frames(decoded.frameCount());
        streams.accept(decoded);
      }
      default -> streams.accept(posteriors.decode(value));
    }
  }
}
