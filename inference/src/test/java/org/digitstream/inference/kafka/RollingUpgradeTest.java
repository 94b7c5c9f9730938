package org.digitstream.inference.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.runtime.metrics.Meters;
import org.junit.jupiter.api.Test;

/**
 * A stream that goes from instance to instance while they are replaced by those of a new version.
 */
class RollingUpgradeTest {
  private static final float[] SPEECH = Speech.frames(7, 7, 0, 9);
  private static final int FRAMES = SPEECH.length / Speech.BANDS;
  private static final int IN_THE_SECOND_WORD =
      2 * Speech.PAUSE_FRAMES + Speech.WORD_FRAMES + Speech.WORD_FRAMES / 2;
  private static final int BEFORE_THE_THIRD_WORD =
      3 * Speech.PAUSE_FRAMES + 2 * Speech.WORD_FRAMES - 5;

  /** The same numbers under another name, as of a new engine. */
  private static final class NewListener implements WindowClassifier {
    private final Speech.Listener listener = new Speech.Listener();

    @Override
    public float[] classify(float[] window) {
      return listener.classify(window);
    }

    @Override
    public String engineId() {
      return "new-listener";
    }

    @Override
    public void close() {}
  }

  private record Run(List<StreamEvent> events, double gaps, double gapSeconds) {
    List<Integer> digits() {
      return InferenceTopologyTest.digits(events);
    }
  }

  /** The stream in turns: each of another instance, up to each of the frames. */
  private static Run run(List<Supplier<? extends WindowClassifier>> instances, int... until)
      throws Exception {
    List<StreamEvent> events = new ArrayList<>();
    List<String> stored = List.of();
    double gaps = 0;
    double gapSeconds = 0;
    int from = 0;
    for (int turn = 0; turn < until.length; turn++) {
      try (StreamBench bench = new StreamBench(Speech.MODEL, instances.get(turn))) {
        bench.restore(stored);
        bench.send(SPEECH, from, until[turn], 3);
        events.addAll(bench.events());
        stored = bench.stored();
        gaps += bench.count(Meters.GAPS);
        gapSeconds += bench.count(Meters.GAP);
      }
      from = until[turn];
    }
    return new Run(events, gaps, gapSeconds);
  }

  @Test
  void instancesOfOneModelAndEngineAgreeToTheBit() throws Exception {
    Run alone = run(List.of(Speech.Listener::new), FRAMES);
    Run handedOn =
        run(
            List.of(Speech.Listener::new, Speech.Listener::new, Speech.Listener::new),
            IN_THE_SECOND_WORD,
            BEFORE_THE_THIRD_WORD,
            FRAMES);

    assertThat(handedOn).isEqualTo(alone);
    assertThat(alone.digits()).containsExactly(7, 7, 0, 9);
  }

  @Test
  void anotherEngineGoesOnBetweenWordsAsAfterAGapAndCountsTheDigitsOn() throws Exception {
    Run run = run(List.of(Speech.Listener::new, NewListener::new), BEFORE_THE_THIRD_WORD, FRAMES);

    assertThat(run.digits()).containsExactly(7, 7, 0, 9);
    List<DigitEvent> digits = digits(run);
    assertThat(digits).extracting(DigitEvent::index).containsExactly(0L, 1L, 2L, 3L);
    String id = Speech.MODEL.modelId();
    assertThat(digits)
        .extracting(DigitEvent::modelId)
        .containsExactly(
            id + "+listener", id + "+listener", id + "+new-listener", id + "+new-listener");
    StreamEnd end = (StreamEnd) run.events().get(run.events().size() - 1);
    assertThat(end.digits()).isEqualTo(4);
    assertThat(run.gaps()).isEqualTo(1);
    assertThat(run.gapSeconds()).isZero();
  }

  @Test
  void ofAWordThatIsBeingSaidNothingIsMixed() throws Exception {
    Run run = run(List.of(Speech.Listener::new, NewListener::new), IN_THE_SECOND_WORD, FRAMES);

    List<DigitEvent> digits = digits(run);
    long handedOver = (long) IN_THE_SECOND_WORD * Speech.SPEC.hopSamples();
    assertThat(digits)
        .allSatisfy(
            digit ->
                assertThat(digit.modelId().endsWith("new-listener"))
                    .isEqualTo(digit.startSample() >= handedOver));
    assertThat(digits).extracting(DigitEvent::index).doesNotHaveDuplicates();
    assertThat(run.digits()).startsWith(7).endsWith(0, 9);
  }

  @Test
  void aStreamMayGoBackToAnOldInstanceAndStillCountsOn() throws Exception {
    Run run =
        run(
            List.of(Speech.Listener::new, NewListener::new, Speech.Listener::new),
            BEFORE_THE_THIRD_WORD,
            BEFORE_THE_THIRD_WORD + Speech.WORD_FRAMES + Speech.PAUSE_FRAMES,
            FRAMES);

    assertThat(run.digits()).containsExactly(7, 7, 0, 9);
    assertThat(digits(run)).extracting(DigitEvent::index).containsExactly(0L, 1L, 2L, 3L);
    assertThat(run.gaps()).isEqualTo(2);
  }

  @Test
  void aStreamThatAnotherModelEndedDoesNotBeginAgain() throws Exception {
    List<String> stored;
    try (StreamBench bench = new StreamBench(Speech.MODEL, Speech.Listener::new)) {
      bench.send(SPEECH, 0, FRAMES, 10);
      stored = bench.stored();
    }
    try (StreamBench bench = new StreamBench(Speech.MODEL, NewListener::new)) {
      bench.restore(stored);
      bench.send(SPEECH, 0, FRAMES, 10);

      assertThat(bench.events()).isEmpty();
      assertThat(bench.count(Meters.DUPLICATE)).isPositive();
      bench.passTime(StreamBench.IDLE.plusSeconds(20));
      bench.passTime(StreamBench.IDLE.plusSeconds(20));
      assertThat(bench.stored()).isEmpty();
      assertThat(bench.count(Meters.STREAMS, "outcome", "incomplete")).isZero();
    }
  }

  /** It wrote the end into the cursor. */
  @Test
  void aStreamThatAnOlderVersionEndedDoesNotBeginAgain() throws Exception {
    try (StreamBench bench = new StreamBench(Speech.MODEL, Speech.Listener::new)) {
      byte[] cursor = new StoredCursor("older+engine", "a.wav", true, new byte[0]).encode();
      bench.store(InferenceTopology.CURSORS).put(StreamBench.STREAM, cursor);
      bench.send(SPEECH, 0, FRAMES, 10);

      assertThat(bench.events()).isEmpty();
      assertThat(bench.count(Meters.DUPLICATE)).isPositive();
    }
  }

  @Test
  void whatAModelOfMoreBlocksKeptIsRemovedAndNothingOfOtherStreams() throws Exception {
    List<String> stored;
    try (StreamBench bench = new StreamBench(Speech.MODEL, Speech.Listener::new)) {
      bench.send(SPEECH, 0, IN_THE_SECOND_WORD, 10);
      stored = new ArrayList<>(bench.stored());
    }
    stored.add(InferenceTopology.BLOCKS + " s/99 00");
    stored.add(InferenceTopology.BLOCKS + " s/t/99 00");
    stored.add(InferenceTopology.BLOCKS + " st/99 00");
    try (StreamBench bench = new StreamBench(Speech.MODEL, NewListener::new)) {
      bench.restore(stored);
      bench.send(SPEECH, IN_THE_SECOND_WORD, IN_THE_SECOND_WORD + 1, 1);

      assertThat(bench.store(InferenceTopology.BLOCKS).get("s/99")).isNull();
      assertThat(bench.store(InferenceTopology.BLOCKS).get("s/t/99")).isNotNull();
      assertThat(bench.store(InferenceTopology.BLOCKS).get("st/99")).isNotNull();
    }
  }

  @Test
  void whatThisVersionCannotReadIsCountedAsAGapOfAllThatCameBefore() throws Exception {
    List<String> ofAVersionToCome = List.of(InferenceTopology.CURSORS + " s 7f0102");
    try (StreamBench bench = new StreamBench(Speech.MODEL, Speech.Listener::new)) {
      bench.restore(ofAVersionToCome);
      bench.send(SPEECH, BEFORE_THE_THIRD_WORD, FRAMES, 10);

      assertThat(InferenceTopologyTest.digits(bench.events())).containsExactly(0, 9);
      assertThat(bench.count(Meters.GAP)).isEqualTo(BEFORE_THE_THIRD_WORD * 0.01);
    }
  }

  /** Kafka restores stores by these names; a service that has others forgets all streams. */
  @Test
  void theNamesOfStoresAndTopicsStay() {
    ModelBundle model = Speech.MODEL;
    assertThat(
            InferenceTopology.of(
                    model,
                    Speech.Listener::new,
                    StreamBench.IDLE,
                    true,
                    Clock.systemUTC(),
                    () -> 0,
                    new Meters(new SimpleMeterRegistry(), "test"))
                .describe()
                .toString()
                .lines()
                .map(String::strip))
        .contains("Sub-topology: 0", "Source: input (topics: [log-mel-frames])")
        .anyMatch(
            line ->
                line.contains("stores: ")
                    && line.contains("ended-streams")
                    && line.contains("frame-blocks")
                    && line.contains("spotter-cursors"))
        .noneMatch(line -> line.startsWith("Sub-topology: 1"));
    assertThat(InferenceService.APPLICATION_ID).isEqualTo("digitstream-inference");
  }

  private static List<DigitEvent> digits(Run run) {
    return run.events().stream()
        .filter(DigitEvent.class::isInstance)
        .map(DigitEvent.class::cast)
        .toList();
  }
}
