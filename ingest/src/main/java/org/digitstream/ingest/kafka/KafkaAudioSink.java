package org.digitstream.ingest.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.CommonClientConfigs;
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
import org.digitstream.contract.GapReason;
import org.digitstream.contract.Topics;
import org.digitstream.contract.serde.RecordSerdes;
import org.digitstream.ingest.source.AudioSink;
import org.digitstream.runtime.metrics.KafkaMeters;
import org.digitstream.runtime.metrics.Meters;

/**
 * Publishes chunks to the topic {@code audio-chunks}, keyed by stream id.
 *
 * <p>Chunks are sent at once, acknowledged by all replicas and in order. While the broker is slow
 * or away they are kept, at most {@value #MOST_WAITING_SECONDS} s of each stream and {@value
 * #MOST_WAITING_BYTES} bytes of all, and leave in order when it is back. What happens beyond that
 * is chosen when the sink is made:
 *
 * <ul>
 *   <li>{@linkplain #KafkaAudioSink(Map, Meters) for recordings}, {@link #accept} waits. A chunk
 *       that could not be delivered for two minutes is told by the next {@link #accept}, {@link
 *       #flush} or {@link #close}.
 *   <li>{@linkplain #live for what cannot wait}, {@link #accept} drops chunks until half of what
 *       was kept has left. The next one says {@link GapReason#BUFFER_FULL}; end markers are never
 *       dropped. It waits for the broker for ever.
 * </ul>
 *
 * <p>So none is lost silently. A sink that failed stays failed: what follows a lost chunk would
 * hide the loss. A broker that cannot be reached at the start is told by the constructor after 10
 * s.
 *
 * <p>Records carry no timestamp of the audio: brokers refuse times far from now. One thread.
 */
public final class KafkaAudioSink implements AudioSink, AutoCloseable {
  /** The label {@code service} of ingest's meters. */
  public static final String METERS = "ingest";

  /** How long a broker may be away before audio that can wait is given up. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What is sent unless the properties say otherwise. */
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          ProducerConfig.ACKS_CONFIG,
          "all",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          true,
          ProducerConfig.LINGER_MS_CONFIG,
          0,
          ProducerConfig.COMPRESSION_TYPE_CONFIG,
          "none",
          ProducerConfig.MAX_BLOCK_MS_CONFIG,
          10_000,
          ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
          6_000,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          (int) PATIENCE.toMillis());

  /** The most audio of one stream that is kept for a broker, in seconds. */
  public static final int MOST_WAITING_SECONDS = 60;

  /** The most audio of all streams that is kept for a broker, in bytes. */
  public static final int MOST_WAITING_BYTES = 16 << 20;

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(13);
  private static final Duration ROOM_WAIT = Duration.ofMillis(200);

  /** Enough that a short pause of the broker's is not worth telling. */
  private static final int TOLD_WAITING_SECONDS = 2;

  private final Producer<String, AudioChunk> producer;
  private final String brokers;
  private final IngestMeters meters;
  private final KafkaMeters kafkaMeters;
  private final boolean live;
  private final DeliveryListener listener;
  private final Backlog backlog = new Backlog(MOST_WAITING_SECONDS, MOST_WAITING_BYTES);
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private boolean failureTold;
  private boolean waitingTold;
  private boolean lossTold;

  /**
   * Connects, for audio that can wait.
   *
   * @param properties the bootstrap servers and any other property of Kafka's producer, which win
   *     over the defaults here
   * @param meters count what is accepted, and show the producer's own meters while this is open
   * @throws AudioDeliveryException where no broker answers or the topic is missing, within 15 s
   */
  public KafkaAudioSink(Map<String, Object> properties, Meters meters) {
    this(connected(properties, DEFAULTS), brokers(properties), meters);
  }

  /**
   * Connects, for audio that comes whether it can be sent or not.
   *
   * @param properties as above
   * @param meters as above
   * @param listener is told what becomes of the audio
   * @throws AudioDeliveryException as above
   */
  public static KafkaAudioSink live(
      Map<String, Object> properties, Meters meters, DeliveryListener listener) {
    Map<String, Object> defaults = new HashMap<>(DEFAULTS);
    defaults.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    // Else a client that has lost all brokers forgets the topic, and send waits for it.
    defaults.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
    return live(connected(properties, defaults), brokers(properties), meters, listener);
  }

  /**
   * Over a producer that is connected already, and that is closed with this, for audio that comes
   * whether it can be sent or not.
   *
   * @param brokers where it is connected to, for people
   * @param meters as above
   * @param listener is told what becomes of the audio
   */
  public static KafkaAudioSink live(
      Producer<String, AudioChunk> producer,
      String brokers,
      Meters meters,
      DeliveryListener listener) {
    return new KafkaAudioSink(producer, brokers, meters, true, listener);
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
    this(producer, brokers, meters, false, DeliveryListener.NONE);
  }

  private KafkaAudioSink(
      Producer<String, AudioChunk> producer,
      String brokers,
      Meters meters,
      boolean live,
      DeliveryListener listener) {
    this.live = live;
    this.listener = listener;
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
    if (live) {
      tellWaiting(chunk.streamId());
      backlog.admit(chunk).ifPresentOrElse(this::send, () -> tellLosing(chunk));
    } else {
      awaitRoom(chunk);
      send(chunk);
    }
  }

  private void awaitRoom(AudioChunk chunk) {
    try {
      while (!backlog.awaitRoom(chunk, ROOM_WAIT)) {
        throwFailure();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw undelivered(brokers, e);
    }
    throwFailure();
  }

  private void send(AudioChunk chunk) {
    backlog.add(chunk);
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    boolean handedOver = handOver(chunk);
    while (!live && !handedOver && System.nanoTime() < giveUp) {
      handedOver = handOver(chunk);
    }
    if (!handedOver) {
      backlog.remove(chunk);
      if (live) {
        backlog.lose(chunk);
        tellLosing(chunk);
        return;
      }
      failure.compareAndSet(
          null, new TimeoutException("no broker for " + PATIENCE.toSeconds() + " s"));
    }
    throwFailure();
    meters.count(chunk);
    if (lossTold && chunk.gap() == GapReason.BUFFER_FULL) {
      lossTold = false;
      listener.resumed();
    }
  }

  /**
   * Gives a chunk to the producer; returns whether it took it. It does not where it has no broker
   * to ask where the topic is: a client that has lost all brokers forgets what it knew of them.
   */
  private boolean handOver(AudioChunk chunk) {
    Thread here = Thread.currentThread();
    // Both are for this thread alone.
    boolean[] sending = {true};
    boolean[] refused = {false};
    try {
      // The future tells nothing that the callback does not.
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(Topics.AUDIO_CHUNKS, chunk.streamId(), chunk),
              (metadata, exception) -> {
                if (exception instanceof TimeoutException
                    && Thread.currentThread() == here
                    && sending[0]) {
                  refused[0] = true;
                  return;
                }
                if (exception != null) {
                  failure.compareAndSet(null, exception);
                }
                backlog.remove(chunk);
              });
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    sending[0] = false;
    return !refused[0];
  }

  private void tellWaiting(String streamId) {
    double waiting = backlog.waitingSeconds(streamId);
    if (waiting >= TOLD_WAITING_SECONDS && !waitingTold) {
      waitingTold = true;
      listener.waiting(brokers, MOST_WAITING_SECONDS);
    } else if (waiting < TOLD_WAITING_SECONDS / 4.0 && waitingTold) {
      waitingTold = false;
      listener.caughtUp();
    }
  }

  private void tellLosing(AudioChunk chunk) {
    if (!lossTold) {
      lossTold = true;
      listener.losing(brokers, backlog.waitingSeconds(chunk.streamId()));
    }
  }

  /**
   * Waits until everything that was accepted is stored.
   *
   * @throws AudioDeliveryException where some of it could not be delivered
   */
  public void flush() {
    if (live) {
      awaitDelivery();
    } else {
      producer.flush();
    }
    throwFailure();
  }

  /** Not for ever: whoever ends a program wants it to end. */
  private void awaitDelivery() {
    try {
      if (!backlog.awaitEmpty(CLOSE_WAIT)) {
        failure.compareAndSet(
            null,
            new TimeoutException(
                "%.1f s of audio were still waiting".formatted(backlog.waitingSeconds())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure.compareAndSet(null, e);
    }
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

  private static Producer<String, AudioChunk> connected(
      Map<String, Object> properties, Map<String, Object> defaults) {
    Map<String, Object> all = new HashMap<>(defaults);
    all.putAll(properties);
    Producer<String, AudioChunk> producer =
        new KafkaProducer<>(all, new StringSerializer(), RecordSerdes.audioChunks().serializer());
    try {
      // Fetches what the first send would otherwise wait for, and tells who is not there.
      producer.partitionsFor(Topics.AUDIO_CHUNKS);
      return producer;
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw undelivered(brokers(properties), e);
    }
  }

  private static String brokers(Map<String, Object> properties) {
    return String.valueOf(properties.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG));
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
