package org.digitstream.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.serde.RecordSerdes;
import org.digitstream.dashboards.web.AudioIntake;
import org.digitstream.dashboards.web.IntakeException;
import org.digitstream.dashboards.web.IntakeException.Reason;
import org.digitstream.ingest.kafka.DeliveryListener;
import org.digitstream.ingest.kafka.KafkaAudioSink;
import org.digitstream.runtime.metrics.Meters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who brings audio takes a place, and gives it back however it ends. */
class PageIntakeTest {
  private static final String RECORDING = "7_gb-8bit_150.wav";
  private static final int SAMPLE_RATE_HZ = 16_000;

  /** More than there are places of either kind. */
  private static final int MANY = 100;

  private static final int MORE_THAN_REPLAYS = 40;

  private final List<MockProducer<String, AudioChunk>> producers = new CopyOnWriteArrayList<>();
  private volatile RuntimeException opening;
  private volatile RuntimeException sending;
  private boolean takesAudio = true;
  private final List<String> notes = new ArrayList<>();
  private final PageIntake intake =
      new PageIntake(new Sinks(), SAMPLE_RATE_HZ, Duration.ofMinutes(1));

  private final Logger log = (Logger) LoggerFactory.getLogger(PageIntake.class);

  /** What fails here is meant to. */
  @BeforeEach
  void beQuiet() {
    log.setLevel(Level.OFF);
  }

  @AfterEach
  void close() {
    intake.close();
    log.setLevel(null);
  }

  private final class Sinks implements PageIntake.Sinks {
    @Override
    public KafkaAudioSink forRecording() {
      return new KafkaAudioSink(producer(), "here:9092", meters());
    }

    @Override
    public KafkaAudioSink forMicrophone(DeliveryListener listener) {
      return KafkaAudioSink.live(producer(), "here:9092", meters(), listener);
    }
  }

  private static Meters meters() {
    return new Meters(new SimpleMeterRegistry(), "test");
  }

  private MockProducer<String, AudioChunk> producer() {
    if (opening != null) {
      throw opening;
    }
    MockProducer<String, AudioChunk> producer =
        new MockProducer<>(
            takesAudio,
            new RoundRobinPartitioner(),
            new StringSerializer(),
            RecordSerdes.audioChunks().serializer());
    producer.sendException = sending;
    producers.add(producer);
    return producer;
  }

  private AudioIntake.Session microphone() throws IntakeException {
    return intake.open("ear", 48_000, notes::add);
  }

  @Test
  void whatIsSpokenBecomesAStreamWithAnEnd() throws Exception {
    AudioIntake.Session session = microphone();
    session.accept(new short[48_000]);
    session.end();
    session.end();

    List<AudioChunk> chunks =
        producers.get(0).history().stream().map(record -> record.value()).toList();
    AudioChunk last = chunks.get(chunks.size() - 1);
    assertThat(last.nextSample()).isEqualTo(SAMPLE_RATE_HZ);
    assertThat(chunks).filteredOn(AudioChunk::end).containsExactly(last);
    assertThat(chunks).allMatch(chunk -> chunk.streamId().equals(session.stream()));
    assertThat(producers.get(0).closed()).isTrue();
  }

  @Test
  void aMicrophoneDoesNotWaitForABrokerThatIsAwayAndThePersonIsTold() throws Exception {
    takesAudio = false;
    AudioIntake.Session session = microphone();
    int seconds = KafkaAudioSink.MOST_WAITING_SECONDS + 20;
    for (int i = 0; i < seconds; i++) {
      session.accept(new short[48_000]);
    }
    assertThat(notes).hasSize(2);
    assertThat(notes.get(0)).contains("here:9092", "60 s of it are kept");
    assertThat(notes.get(1)).contains("audio is being lost");

    MockProducer<String, AudioChunk> producer = producers.get(0);
    while (producer.completeNext()) {
      // The broker is back and takes what was kept.
    }
    session.accept(new short[48_000]);
    assertThat(notes).hasSize(4);
    assertThat(notes).anyMatch(note -> note.contains("goes on behind the gap"));
    List<AudioChunk> chunks = producer.history().stream().map(record -> record.value()).toList();
    assertThat(chunks.stream().filter(chunk -> chunk.gap() == GapReason.BUFFER_FULL)).hasSize(1);
    assertThat(chunks.get(chunks.size() - 1).nextSample())
        .isGreaterThan((long) seconds * SAMPLE_RATE_HZ);
  }

  @Test
  void aSinkThatCannotBeOpenedTakesNoPlace() throws Exception {
    opening = new IllegalStateException("a bug");
    for (int i = 0; i < MANY; i++) {
      assertThatThrownBy(this::microphone).isSameAs(opening);
      assertThatThrownBy(() -> intake.replay(RECORDING)).isSameAs(opening);
    }
    opening = null;
    assertThat(intake.replay(RECORDING).stream()).isNotEqualTo(microphone().stream());
  }

  @Test
  void aMicrophoneOfARateThatCannotBeTakenTakesNoPlace() throws Exception {
    for (int i = 0; i < MANY; i++) {
      assertThatThrownBy(() -> intake.open("ear", 1, notes::add))
          .isInstanceOf(RuntimeException.class);
    }
    assertThat(producers).allMatch(MockProducer::closed);
    assertThat(microphone().stream()).isNotEmpty();
  }

  @Test
  void aMicrophoneThatFailsGivesItsPlaceBackWhateverTheReason() throws Exception {
    for (int i = 0; i < MANY; i++) {
      boolean bug = i % 2 == 0;
      sending = bug ? new IllegalStateException("a bug") : new TimeoutException("away");
      AudioIntake.Session session = microphone();
      assertThatThrownBy(() -> session.accept(new short[48_000]))
          .isInstanceOf(bug ? IllegalStateException.class : IntakeException.class);
      session.end();
    }
    assertThat(producers).allMatch(MockProducer::closed);
    sending = null;
    assertThat(microphone().stream()).isNotEmpty();
  }

  @Test
  void aMicrophoneWhoseEndFailsGivesItsPlaceBackWhateverTheReason() throws Exception {
    sending = new IllegalStateException("a bug");
    for (int i = 0; i < MANY; i++) {
      assertThatThrownBy(microphone()::end).isSameAs(sending);
    }
    assertThat(producers).allMatch(MockProducer::closed);
    sending = new TimeoutException("away");
    for (int i = 0; i < MANY; i++) {
      microphone().end();
    }
    sending = null;
    assertThat(microphone().stream()).isNotEmpty();
  }

  @Test
  void aReplayThatFailsGivesItsPlaceBackWhateverTheReason() {
    for (int i = 0; i < MORE_THAN_REPLAYS; i++) {
      sending = i % 2 == 0 ? new IllegalStateException("a bug") : new TimeoutException("away");
      await()
          .pollInterval(Duration.ofMillis(2))
          .ignoreExceptionsInstanceOf(IntakeException.class)
          .until(() -> begins(RECORDING));
    }
    await().until(() -> producers.stream().allMatch(MockProducer::closed));
  }

  private boolean begins(String recording) throws IntakeException {
    return intake.replay(recording).seconds() > 0;
  }

  @Test
  void whoeverComesWhenAllMicrophonesAreTakenIsTold() throws Exception {
    AudioIntake.Session first = microphone();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < MANY; i++) {
                microphone();
              }
            })
        .isInstanceOfSatisfying(
            IntakeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE))
        .hasMessageContaining("64 microphones");
    first.end();
    assertThat(microphone().stream()).isNotEmpty();
  }

  @Test
  void onceItIsClosedNothingIsReplayed() {
    intake.close();
    assertThatThrownBy(() -> intake.replay(RECORDING))
        .isInstanceOf(IntakeException.class)
        .hasMessage("the page is being closed");
    assertThat(producers).allMatch(MockProducer::closed);
  }

  /** 8-bit, mono. */
  private static byte[] silence(int sampleRateHz, int samples) {
    ByteBuffer wav = ByteBuffer.allocate(44 + samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(sampleRateHz).putInt(sampleRateHz);
    wav.putShort((short) 1).putShort((short) 8);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples);
    return wav.array();
  }

  @Test
  void whatLastsTooLongIsRefusedBeforeItIsDecoded() throws Exception {
    assertThatThrownBy(() -> intake.replay("long.wav", silence(8_000, 61 * 8_000)))
        .isInstanceOf(IntakeException.class)
        .hasMessageContaining("long.wav lasts 61 s")
        .hasMessageContaining("60 s");
    assertThat(producers).isEmpty();
    assertThat(intake.replay("short.wav", silence(8_000, 8_000)).seconds()).isEqualTo(1);
  }

  @Test
  void whatIsHeldUntilItIsReplayedIsBounded() throws Exception {
    // With what follows the samples: fewer such files than there are places.
    byte[] large = silence(96_000, 30 * 96_000);
    byte[] larger = new byte[12_000_000];
    System.arraycopy(large, 0, larger, 0, large.length);
    int taken = 0;
    try {
      while (taken < 16) {
        intake.replay("large.wav", larger);
        taken++;
      }
    } catch (IntakeException e) {
      assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(e).hasMessageContaining("too much is being replayed");
    }
    assertThat(taken).isEqualTo(12);
  }
}
