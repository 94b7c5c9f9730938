package org.digitstream.ingest.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.Topics;
import org.digitstream.contract.serde.RecordSerdes;
import org.digitstream.ingest.source.AudioSink;
import org.digitstream.runtime.metrics.KafkaMeters;
import org.digitstream.runtime.metrics.Meters;

/**
 * Publishes chunks to the topic {@code audio-chunks}, keyed by stream id.
 *
 * <p>Chunks are sent at once, acknowledged by all replicas and in order. {@link #accept} does not
 * wait for the broker; a chunk that could not be delivered is told by the next {@link #accept},
 * {@link #flush} or {@link #close}, so none is lost silently. A sink that failed stays failed: what
 * follows a lost chunk would hide the loss. The broker may be away for 12 s. A broker that cannot
 * be reached at the start is told by the constructor after 10 s.
 *
 * <p>Records carry no timestamp of the audio: brokers refuse times far from now. One thread.
 */
public final class KafkaAudioSink implements AudioSink, AutoCloseable {
  /** The label {@code service} of ingest's meters. */
  public static final String METERS = "ingest";

  /** What is sent unless the properties say otherwise. */
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          ProducerConfig.ACKS_CONFIG, "all",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
          ProducerConfig.LINGER_MS_CONFIG, 0,
          ProducerConfig.COMPRESSION_TYPE_CONFIG, "none",
          ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000,
          ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 6_000,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 12_000);

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(13);

  private final Producer<String, AudioChunk> producer;
  private final String brokers;
  private final IngestMeters meters;
  private final KafkaMeters kafkaMeters;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private boolean failureTold;

  /**
   * Connects.
   *
   * @param properties the bootstrap servers and any other property of Kafka's producer, which win
   *     over the defaults here
   * @param meters count what is accepted, and show the producer's own meters while this is open
   * @throws AudioDeliveryException where no broker answers or the topic is missing, within 15 s
   */
  public KafkaAudioSink(Map<String, Object> properties, Meters meters) {
    this(
        connected(properties),
        String.valueOf(properties.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)),
        meters);
  }

  /**
   * Shows what sinks count, at 0, where there may not be a sink for long.
   *
   * @return the same meters
   */
  public static Meters showFromZero(Meters meters) {
    return IngestMeters.fromZero(meters);
  }

  /**
   * Over a producer that is connected already, and that is closed with this.
   *
   * @param brokers where it is connected to, for people
   * @param meters as above
   */
  public KafkaAudioSink(Producer<String, AudioChunk> producer, String brokers, Meters meters) {
    this.producer = producer;
    this.brokers = brokers;
    this.meters = new IngestMeters(meters);
    this.kafkaMeters = KafkaMeters.of(producer, meters);
  }

  /**
   * {@inheritDoc}
   *
   * @throws AudioDeliveryException where an earlier chunk or this one could not be delivered
   */
  @Override
  public void accept(AudioChunk chunk) {
    throwFailure();
    try {
      // The future tells nothing that the callback does not.
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(Topics.AUDIO_CHUNKS, chunk.streamId(), chunk),
              (metadata, exception) -> {
                if (exception != null) {
                  failure.compareAndSet(null, exception);
                }
              });
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
      throwFailure();
    }
    meters.count(chunk);
  }

  /**
   * Waits until everything that was accepted is stored.
   *
   * @throws AudioDeliveryException where some of it could not be delivered
   */
  public void flush() {
    producer.flush();
    throwFailure();
  }

  /**
   * Flushes and disconnects.
   *
   * @throws AudioDeliveryException where some chunk could not be delivered and nobody was told yet
   */
  @Override
  public void close() {
    kafkaMeters.close();
    producer.close(CLOSE_WAIT);
    if (!failureTold) {
      throwFailure();
    }
  }

  private void throwFailure() {
    Exception exception = failure.get();
    if (exception != null) {
      failureTold = true;
      throw undelivered(brokers, exception);
    }
  }

  private static Producer<String, AudioChunk> connected(Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>(DEFAULTS);
    all.putAll(properties);
    Producer<String, AudioChunk> producer =
        new KafkaProducer<>(all, new StringSerializer(), RecordSerdes.audioChunks().serializer());
    try {
      // Fetches what the first send would otherwise wait for, and tells who is not there.
      producer.partitionsFor(Topics.AUDIO_CHUNKS);
      return producer;
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw undelivered(String.valueOf(properties.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)), e);
    }
  }

  private static AudioDeliveryException undelivered(String brokers, Exception e) {
    String remedy;
    if (e instanceof TimeoutException) {
      remedy =
          "check that the broker runs, that the address is right and that the topic '"
              + Topics.AUDIO_CHUNKS
              + "' exists";
    } else if (e instanceof AuthenticationException || e instanceof AuthorizationException) {
      remedy = "check the security settings in the Kafka properties";
    } else {
      remedy = "see the broker's log";
    }
    return new AudioDeliveryException(
        "audio could not be delivered to the Kafka broker at "
            + brokers
            + " ("
            + e.getMessage()
            + "); "
            + remedy,
        e);
  }
}
