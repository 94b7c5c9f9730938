package org.digitstream.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.digitstream.contract.GapReason;
import org.digitstream.runtime.kafka.DeadLetterReason;
import org.junit.jupiter.api.Test;

class MetersTest {
  private static final TopicPartition P0 = new TopicPartition("audio-chunks", 0);
  private static final TopicPartition P1 = new TopicPartition("audio-chunks", 1);

  @Test
  void theTableOfTheDocumentationIsWhatIsCounted() throws IOException {
    Map<String, Set<String>> documented = new TreeMap<>();
    Matcher row =
        Pattern.compile("^\\| `(digitstream_\\w+)` \\|([^|]*)\\|", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("../docs/metrics.md")));
    while (row.find()) {
      // Label names come before the colon of their values.
      documented.put(row.group(1), labels(row.group(2).replaceAll(":[^;]*", "")));
    }
    assertThat(documented).isEqualTo(counted());
  }

  @Test
  void theTableOfTheJavadocIsWhatIsCounted() throws IOException {
    Map<String, Set<String>> documented = new TreeMap<>();
    Matcher row =
        Pattern.compile("<tr><td>\\{@code (digitstream_\\w+)}<td>(?:\\{@code ([^}]*)})?<td>")
            .matcher(
                Files.readString(
                        Path.of("src/main/java/org/digitstream/runtime/metrics/Meters.java"))
                    .replaceAll("\\n \\* ?", " "));
    while (row.find()) {
      documented.put(
          row.group(1),
          row.group(2) == null ? new TreeSet<>() : new TreeSet<>(Set.of(row.group(2).split(", "))));
    }
    Map<String, Set<String>> counted = counted();
    counted.values().forEach(labels -> labels.remove("le"));
    assertThat(documented).isEqualTo(counted);
  }

  @Test
  void whatIsCountedRarelyIsThereFromTheStart() {
    MeterRegistry registry = new SimpleMeterRegistry();
    new Meters(registry, "features")
        .fromZero(Meters.GAPS, Meters.STREAMS, Meters.EVENTS)
        .deadLettersFromZero("audio-chunks");

    assertThat(registry.get(Meters.GAPS).counters())
        .hasSize(GapReason.values().length)
        .allMatch(counter -> counter.count() == 0);
    assertThat(registry.get(Meters.STREAMS).counters()).hasSize(2);
    assertThat(registry.get(Meters.EVENTS).counters()).hasSize(10);
    assertThat(registry.get(Meters.DEAD_LETTERS).counters())
        .hasSize(DeadLetterReason.values().length);
  }

  @Test
  void aGaugeCannotBeShownAtZero() {
    Meters meters = new Meters(new SimpleMeterRegistry(), "features");
    assertThatThrownBy(() -> meters.fromZero(Meters.MODEL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Meters.MODEL);
  }

  @Test
  void readinessIsAskedAtEachScrape() {
    MeterRegistry registry = new SimpleMeterRegistry();
    AtomicBoolean ready = new AtomicBoolean();
    new Meters(registry, "features").ready(ready::get);
    assertThat(registry.get(Meters.READY).gauge().value()).isZero();
    ready.set(true);
    assertThat(registry.get(Meters.READY).gauge().value()).isEqualTo(1);
  }

  @Test
  void theDigitsOfLabelledRecordingsAddUp() {
    MeterRegistry registry = new SimpleMeterRegistry();
    Meters meters = new Meters(registry, "page");
    meters.scoredDigits(3, 1, 0, 2);
    meters.scoredDigits(4, 0, 1, 0);
    assertThat(
            registry.get(Meters.SCORE_DIGITS).counters().stream()
                .collect(
                    Collectors.toMap(
                        counter -> counter.getId().getTag("outcome"),
                        counter -> (int) counter.count())))
        .isEqualTo(Map.of("right", 7, "substituted", 1, "inserted", 1, "deleted", 2));
  }

  @Test
  void latenciesThatTellOfClocksAreLeftOut() {
    MeterRegistry registry = new SimpleMeterRegistry();
    Meters meters = new Meters(registry, "page").fromZero(Meters.WORD_LATENCY);
    meters.wordLatency(Duration.ofMillis(-1));
    meters.wordLatency(Duration.ofHours(2));
    meters.wordLatency(Duration.ofMillis(300));
    assertThat(registry.get(Meters.WORD_LATENCY).timer().count()).isEqualTo(1);
  }

  /** Labels by name of everything that this class can count, without {@code service}. */
  private static Map<String, Set<String>> counted() {
    PrometheusMeterRegistry registry = Meters.prometheusRegistry();
    Meters meters = new Meters(registry, "features").deadLettersFromZero("audio-chunks");
    meters.ready(() -> true);
    meters.chunk(320, 16_000);
    meters.gap(GapReason.OVERRUN, 1);
    meters.duplicate(1);
    meters.frames(1);
    meters.streamEnded();
    meters.inference(Duration.ofMillis(1));
    meters.event(7, Duration.ofMillis(1));
    meters.model("digits-1", "wideband-2");
    meters.consumerLag(Map.of(P0, 1L, P1, 2L), Map.of(P0, 1L));
    meters.scoredRecording(true);
    meters.scoredDigits(1, 0, 0, 0);
    meters.wordLatency(Duration.ofMillis(1));

    Map<String, Set<String>> counted = new TreeMap<>();
    Matcher sample =
        Pattern.compile("^(digitstream_\\w+)\\{([^}]*)}", Pattern.MULTILINE)
            .matcher(registry.scrape());
    while (sample.find()) {
      String name = sample.group(1).replaceFirst("_(bucket|count|sum|max)$", "");
      counted
          .computeIfAbsent(name, unused -> new TreeSet<>())
          .addAll(
              Pattern.compile("(\\w+)=\"")
                  .matcher(sample.group(2))
                  .results()
                  .map(label -> label.group(1))
                  .toList());
    }
    assertThat(counted.values()).allSatisfy(labels -> assertThat(labels).contains("service"));
    counted.values().forEach(labels -> labels.remove("service"));
    return counted;
  }

  private static Set<String> labels(String cell) {
    return Pattern.compile("`(\\w+)`")
        .matcher(cell)
        .results()
        .map(label -> label.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
