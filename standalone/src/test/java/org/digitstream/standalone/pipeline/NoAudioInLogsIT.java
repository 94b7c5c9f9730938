package org.digitstream.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.Topics;
import org.digitstream.contract.wire.AudioChunkCodec;
import org.digitstream.ingest.kafka.KafkaAudioSink;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReadFrom;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.TopicProvisioner;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.standalone.ToneModel;
import org.digitstream.standalone.broker.EmbeddedBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Samples that are easily known again go through all services and a broker, good chunks and chunks
 * that cannot be used, while everything that has a log tells all that it can tell.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class NoAudioInLogsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int CHUNK = 320;
  private static final int CHUNKS = 100;
  private static final short[] PATTERN = {23_089, -17_203, 12_345, -30_011};

  @TempDir Path folder;

  private final Listening listening = new Listening();
  private ch.qos.logback.classic.Logger root;
  private Level before;
  private Level projectsBefore;

  /** Keeps no line but those with audio in them. */
  private static final class Listening extends AppenderBase<ILoggingEvent> {
    private final List<String> forms = formsOfAudio();
    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private final AtomicLong ofKafka = new AtomicLong();
    private final AtomicLong ofDigitstream = new AtomicLong();

    @Override
    protected void append(ILoggingEvent event) {
      String text = event.getFormattedMessage();
      if (event.getThrowableProxy() != null) {
        text += ThrowableProxyUtil.asString(event.getThrowableProxy());
      }
      (event.getLoggerName().startsWith("org.digitstream") ? ofDigitstream : ofKafka)
          .incrementAndGet();
      for (String form : forms) {
        if (text.contains(form)) {
          found.add(event.getLoggerName() + " as '" + form + "'");
        }
      }
    }
  }

  /** Two samples next to each other, beginning with each of the pattern, in every way to write. */
  private static List<String> formsOfAudio() {
    List<String> forms = new ArrayList<>();
    for (int from = 0; from < PATTERN.length; from++) {
      short first = PATTERN[from];
      short second = PATTERN[(from + 1) % PATTERN.length];
      byte[] bytes = bytes(new short[] {first, second});
      forms.add(first + ", " + second);
      forms.add(first + "," + second);
      forms.add(first + " " + second);
      String list = Arrays.toString(bytes);
      forms.add(list.substring(1, list.length() - 1));
      forms.add(HexFormat.of().formatHex(bytes));
      forms.add(HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT));
      forms.add(HexFormat.ofDelimiter(" ").formatHex(bytes));
      forms.add(new String(bytes, StandardCharsets.ISO_8859_1));
      forms.add(TextFormat.escapeBytes(ByteString.copyFrom(bytes)));
    }
    byte[] many = bytes(someAudio(4 * PATTERN.length));
    for (int shift = 0; shift < 3; shift++) {
      // Enough to be cut off at both ends.
      String base64 =
          Base64.getEncoder().encodeToString(Arrays.copyOfRange(many, shift, 21 + shift));
      forms.add(base64.substring(4, 16));
    }
    return forms;
  }

  private static byte[] bytes(short[] samples) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    return bytes.array();
  }

  private static short[] someAudio(int count) {
    short[] samples = new short[count];
    for (int i = 0; i < count; i++) {
      samples[i] = PATTERN[i % PATTERN.length];
    }
    return samples;
  }

  @BeforeEach
  void listen() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    before = root.getLevel();
    projectsBefore = context.getLogger("org.digitstream").getLevel();
    listening.setContext(context);
    listening.start();
    root.iteratorForAppenders().forEachRemaining(root::detachAppender);
    root.addAppender(listening);
    root.setLevel(Level.TRACE);
    context.getLogger("org.digitstream").setLevel(Level.TRACE);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(listening);
    root.setLevel(before);
    root.getLoggerContext().getLogger("org.digitstream").setLevel(projectsBefore);
  }

  @Test
  void whatIsSaidIsInNoLogHoweverVerbose() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    StreamCollector collector = new StreamCollector(System::nanoTime, received -> {});
    collector.expect("s");
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      KafkaConnection connection = KafkaConnection.to(broker.bootstrapServers());
      new TopicProvisioner(connection)
          .provision(Topics.definitions(1, Topics.DEFAULT_AUDIO_RETENTION), PATIENCE);
      try (LocalServices services =
              new LocalServices(
                  connection, ToneModel.bundle(), ServiceSettings.DEFAULT, true, folder, registry);
          EventReader reader =
              new EventReader(
                  connection,
                  ReadFrom.earliest(),
                  collector,
                  new Meters(registry, "standalone"),
                  Clock.systemUTC())) {
        services.awaitRunning(PATIENCE);
        reader.start();
        putAside(connection);
        speak(connection, registry);
        assertThat(collector.awaitEnded(1, PATIENCE)).as("the stream comes through").isTrue();
        assertThat(registry.find(Meters.DEAD_LETTERS).counters())
            .as("dead letters")
            .anyMatch(counter -> counter.count() > 0);
      }
    }
    // As many lines as there are in truth, or nothing would have been listened to.
    assertThat(listening.ofKafka.get()).isGreaterThan(10L * CHUNKS);
    assertThat(listening.ofDigitstream.get()).isPositive();
    assertThat(listening.found).isEmpty();
  }

  @Test
  void audioInALogWouldBeFound() {
    for (Object told :
        List.of(
            Arrays.toString(someAudio(9)),
            Arrays.toString(bytes(someAudio(9))),
            HexFormat.of().formatHex(bytes(someAudio(9))),
            Base64.getEncoder().encodeToString(bytes(someAudio(60))),
            ByteString.copyFrom(bytes(someAudio(9))))) {
      listening.found.clear();
      LoggerFactory.getLogger("org.digitstream.test").trace("got {}", told);
      assertThat(listening.found).as(told.toString()).isNotEmpty();
    }
  }

  private static AudioChunk chunk(String stream, int index, int sampleRateHz) {
    return new AudioChunk(
        stream,
        "a.wav",
        (long) index * CHUNK,
        sampleRateHz,
        someAudio(CHUNK),
        0,
        GapReason.NONE,
        index == CHUNKS - 1);
  }

  private static void speak(KafkaConnection connection, SimpleMeterRegistry registry)
      throws Exception {
    try (KafkaAudioSink sink =
        new KafkaAudioSink(connection.producer("test"), new Meters(registry, "ingest"))) {
      for (int i = 0; i < CHUNKS; i++) {
        sink.accept(chunk("s", i, ToneModel.bundle().featureSpec().sampleRateHz()));
      }
    }
  }

  /** Of the wrong rate, of the wrong key, and bytes that are only audio. */
  private static void putAside(KafkaConnection connection) throws Exception {
    AudioChunkCodec codec = new AudioChunkCodec();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            connection.producer("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] key = "t".getBytes(StandardCharsets.UTF_8);
      for (byte[] value :
          List.of(
              codec.encode(chunk("t", 0, 44_100)),
              codec.encode(chunk("u", 0, 16_000)),
              bytes(someAudio(CHUNK)))) {
        for (String topic : List.of(Topics.AUDIO_CHUNKS, Topics.LOG_MEL_FRAMES)) {
          producer.send(new ProducerRecord<>(topic, key, value)).get(1, TimeUnit.MINUTES);
        }
      }
    }
  }
}
