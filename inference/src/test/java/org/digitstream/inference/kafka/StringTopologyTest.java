package org.digitstream.inference.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.Topics;
import org.digitstream.contract.wire.DigitPosteriorsCodec;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.inference.ModelFixtures;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.runtime.metrics.Meters;
import org.junit.jupiter.api.Test;

/** A model that tells parts of words tells the topics of digits. */
class StringTopologyTest {
  private static final ModelBundle MODEL = ModelFixtures.smallStringModel(1);
  private static final int FRAMES = 120;

  @Test
  void posteriorsAreOfDigitsAndTheStreamEnds() throws MalformedRecordException {
    try (TopologyTestDriver driver = driver()) {
      TestInputTopic<byte[], byte[]> frames =
          driver.createInputTopic(
              Topics.LOG_MEL_FRAMES, new ByteArraySerializer(), new ByteArraySerializer());
      int bands = MODEL.featureSpec().bands();
      float[] values = someFrames(bands);
      for (int first = 0; first < FRAMES; first += 3) {
        boolean end = first + 3 >= FRAMES;
        frames.pipeInput(
            "s".getBytes(StandardCharsets.UTF_8),
            new LogMelFramesCodec()
                .encode(
                    new LogMelFrames(
                        "s",
                        "a.wav",
                        MODEL.featureSpec().id(),
                        first,
                        bands,
                        Arrays.copyOfRange(values, first * bands, (first + 3) * bands),
                        nextSample(first + 3),
                        end,
                        nextSample(first + 3))));
      }

      driver.advanceWallClockTime(Duration.ofMillis(100));
      List<byte[]> posteriors = output(driver, Topics.DIGIT_POSTERIORS).readValuesToList();
      int outputs = 0;
      for (byte[] record : posteriors) {
        DigitPosteriors output = new DigitPosteriorsCodec().decode(record);
        assertThat(output.classCount()).isEqualTo(ModelBundle.LABELS.size());
        outputs += output.outputCount();
      }
      assertThat(outputs).isGreaterThan(FRAMES / 2 - 2);
      assertThat(output(driver, Topics.DIGIT_EVENTS).isEmpty()).isFalse();
      assertThat(output(driver, Topics.deadLettersOf(Topics.LOG_MEL_FRAMES)).isEmpty()).isTrue();
    }
  }

  private static TopologyTestDriver driver() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    return new TopologyTestDriver(
        InferenceTopology.of(
            MODEL,
            () -> KernelClassifier.load(MODEL),
            Duration.ofMinutes(15),
            true,
            Clock.systemUTC(),
            System::nanoTime,
            new Meters(new SimpleMeterRegistry(), "inference")),
        properties);
  }

  private static float[] someFrames(int bands) {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[FRAMES * bands];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-15, 0);
    }
    return values;
  }

  private static long nextSample(int frames) {
    return (frames - 1L) * MODEL.featureSpec().hopSamples() + MODEL.featureSpec().fftSamples();
  }

  private static TestOutputTopic<byte[], byte[]> output(TopologyTestDriver driver, String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
