package org.digitstream.inference.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEvent;
import org.digitstream.contract.Topics;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.contract.wire.StreamEventCodec;
import org.digitstream.inference.SingleWords;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.inference.spotting.Detection;
import org.digitstream.inference.spotting.StreamRecognizer;
import org.digitstream.runtime.metrics.Meters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A model that knows digits only, in the topology, run by the real engine. */
class SingleWordTopologyTest {
  private static final int[] SAID = {7, 7, 0, 9, 4};
  private static final float[] FRAMES = SingleWords.frames(SAID);
  private static final int COUNT = FRAMES.length / SingleWords.BANDS;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TopologyTestDriver driver =
      new TopologyTestDriver(
          InferenceTopology.of(
              SingleWords.MODEL,
              () -> KernelClassifier.load(SingleWords.MODEL),
              Duration.ofMinutes(15),
              false,
              Clock.systemUTC(),
              System::nanoTime,
              new Meters(registry, "inference")),
          properties());
  private final TestInputTopic<byte[], byte[]> frames =
      driver.createInputTopic(
          Topics.LOG_MEL_FRAMES, new ByteArraySerializer(), new ByteArraySerializer());
  private final TestOutputTopic<byte[], byte[]> events =
      driver.createOutputTopic(
          Topics.DIGIT_EVENTS, new ByteArrayDeserializer(), new ByteArrayDeserializer());

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void eventsAreThoseOfTheRecognizerAloneHoweverTheFramesAreCut() throws Exception {
    List<Detection> alone = alone();
    assertThat(alone).extracting(Detection::digit).containsExactly(7, 7, 0, 9, 4);
    for (int size : new int[] {1, 2, 3, 7, 64, 65, COUNT}) {
      send("s" + size, size, COUNT);
      assertThat(received())
          .as("records of %d frames", size)
          .extracting(
              DigitEvent::index,
              DigitEvent::digit,
              DigitEvent::startSample,
              DigitEvent::endSample,
              DigitEvent::confidence,
              DigitEvent::runnersUp,
              DigitEvent::sampleRateHz)
          .containsExactlyElementsOf(
              alone.stream()
                  .map(
                      digit ->
                          tuple(
                              digit.index(),
                              digit.digit(),
                              digit.startSample(),
                              digit.endSample(),
                              digit.confidence(),
                              digit.runnersUp(),
                              22_050))
                  .toList());
    }
  }

  @Test
  void theNetworkIsCalledOnceForEachWord() {
    send("s", 10, COUNT);
    assertThat(registry.get(Meters.WINDOWS).counter().count()).isEqualTo(SAID.length);
  }

  @Test
  void theStoresHoldOnePictureOfAStreamHoweverLongItIs() {
    send("s", 3, COUNT - 5);
    var blocks = driver.getKeyValueStore(InferenceTopology.BLOCKS);
    assertThat(blocks.approximateNumEntries()).isEqualTo(9);
    byte[] cursor = driver.<String, byte[]>getKeyValueStore(InferenceTopology.CURSORS).get("s");
    assertThat(cursor.length).isLessThan(256);
  }

  private static List<Detection> alone() {
    try (KernelClassifier classifier = KernelClassifier.load(SingleWords.MODEL)) {
      StreamRecognizer recognizer = new StreamRecognizer(SingleWords.MODEL, classifier);
      List<Detection> digits = new ArrayList<>(recognizer.accept(0, FRAMES).digits());
      digits.addAll(recognizer.finish().digits());
      return digits;
    }
  }

  private void send(String stream, int size, int until) {
    for (int from = 0; from < until; from += size) {
      int to = Math.min(until, from + size);
      LogMelFrames record =
          new LogMelFrames(
              stream,
              "a.wav",
              SingleWords.SPEC.id(),
              from,
              SingleWords.BANDS,
              Arrays.copyOfRange(FRAMES, from * SingleWords.BANDS, to * SingleWords.BANDS),
              0,
              to == COUNT,
              SingleWords.SPEC.firstSampleOfFrame(to - 1) + SingleWords.SPEC.fftSamples());
      frames.pipeInput(
          stream.getBytes(StandardCharsets.UTF_8), new LogMelFramesCodec().encode(record));
    }
  }

  private List<DigitEvent> received() throws MalformedRecordException {
    List<DigitEvent> received = new ArrayList<>();
    for (byte[] value : events.readValuesToList()) {
      StreamEvent event = new StreamEventCodec().decode(value);
      if (event instanceof DigitEvent digit) {
        received.add(digit);
      }
    }
    return received;
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    return properties;
  }
}
