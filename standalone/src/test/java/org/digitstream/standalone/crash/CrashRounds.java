package org.digitstream.standalone.crash;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;
import org.digitstream.inference.model.BundledModel;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.inference.spotting.StreamRecognizer;
import org.digitstream.ingest.kafka.KafkaAudioSink;
import org.digitstream.ingest.source.Pacing;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReadFrom;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.training.evaluation.OfflineRecognizer;

/**
 * Rounds from one seed over one cluster. In each round twelve people speak digits at four times
 * real time, three disturbances happen one after the other, each when the one before is over, and
 * what a reader of committed events saw is compared with what is heard undisturbed. Three rounds
 * have every kind of disturbance once, in an order that follows from the seed.
 */
final class CrashRounds {
  private static final int STREAMS = 12;
  private static final int DISTURBANCES = 3;
  private static final Pacing PACING = Pacing.times(4);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final long seed;
  private final CrashCluster cluster;
  private final CrashReport report;
  private final Random random;
  private final List<Disturbance> kinds;
  private final List<Disturbance> deck = new ArrayList<>();
  private final ModelBundle model = BundledModel.STRINGS.load();
  private final HeardEvents heard = new HeardEvents();

  /**
   * Rounds that are not begun yet.
   *
   * @param kinds what may happen
   */
  CrashRounds(long seed, List<Disturbance> kinds, CrashCluster cluster, CrashReport report) {
    this.seed = seed;
    this.kinds = List.copyOf(kinds);
    this.cluster = cluster;
    this.report = report;
    this.random = new Random(seed);
  }

  /** Runs rounds; gives what differed in any of them, in words. */
  List<String> run(int rounds) throws Exception {
    List<String> differences = new ArrayList<>();
    Meters meters = new Meters(new SimpleMeterRegistry(), "test");
    try (EventReader reader =
            new EventReader(
                cluster.connection(),
                ReadFrom.earliest(),
                heard::received,
                meters,
                Clock.systemUTC());
        KafkaAudioSink sink =
            new KafkaAudioSink(cluster.connection().producer("speakers"), meters)) {
      reader.start();
      for (int round = 1; round <= rounds; round++) {
        List<String> found = round(round, sink);
        differences.addAll(found);
        reader.failure().ifPresent(cause -> differences.add("the reader stopped: " + cause));
      }
    }
    return differences;
  }

  private List<String> round(int round, KafkaAudioSink sink) throws Exception {
    List<String> streamIds = streamIds();
    List<Speech> speeches = Speech.several(STREAMS, random);
    long start = System.nanoTime();
    Speakers speakers = new Speakers(streamIds, speeches, PACING, sink);
    awaitAllPartitions(speakers, start);
    for (int i = 0; i < DISTURBANCES; i++) {
      disturb(round, draw(), speakers);
    }
    long samples = speakers.finish();
    sink.flush();
    HashSet<String> all = new HashSet<>(streamIds);
    await("ends of streams in round " + round + " of seed " + seed)
        .atMost(PATIENCE)
        .until(() -> heard.ended(all) == STREAMS);
    List<String> differences = differences(round, streamIds, speeches, samples);
    long digits = streamIds.stream().mapToLong(id -> heard.of(id).size() - 1L).sum();
    report.ended(seed, round, (double) samples / Speech.RATE, digits, differences);
    return differences;
  }

  /** Every partition gets as many streams, or a partition might have nobody to tell of it. */
  private List<String> streamIds() {
    String[] ids = new String[STREAMS];
    for (int i = 0; i < STREAMS; i++) {
      do {
        ids[i] = "speaker-" + Long.toHexString(random.nextLong());
      } while (partition(ids[i]) != i % CrashCluster.PARTITIONS);
    }
    return Arrays.asList(ids);
  }

  private static int partition(String streamId) {
    return BuiltInPartitioner.partitionForKey(
        streamId.getBytes(java.nio.charset.StandardCharsets.UTF_8), CrashCluster.PARTITIONS);
  }

  private Disturbance draw() {
    if (deck.isEmpty()) {
      deck.addAll(kinds);
      Collections.shuffle(deck, random);
    }
    return deck.remove(0);
  }

  private void disturb(int round, Disturbance what, Speakers speakers) throws Exception {
    int stream = random.nextInt(STREAMS);
    long from = System.nanoTime();
    System.out.printf("seed %d, round %d: %s%n", seed, round, what);
    what.happen(
        cluster,
        speakers,
        new Disturbance.Victim(stream, stream % CrashCluster.PARTITIONS),
        random);
    long done = System.nanoTime();
    cluster.awaitRunning();
    awaitAllPartitions(speakers, done);
    // What restarts may disturb once more when it takes over.
    TimeUnit.SECONDS.sleep(1);
    awaitAllPartitions(speakers, System.nanoTime());
    long to = System.nanoTime();
    report.disturbed(
        seed,
        round,
        what,
        IntStream.range(0, CrashCluster.PARTITIONS)
            .mapToObj(partition -> heard.silenceSeconds(partition, from, to))
            .toList(),
        heard.silenceSeconds(-1, from, to));
    System.out.printf(
        "seed %d, round %d: %s, %.1f s%n",
        seed,
        round,
        what,
        IntStream.range(0, CrashCluster.PARTITIONS)
            .mapToDouble(partition -> heard.silenceSeconds(partition, from, to))
            .max()
            .orElse(0));
  }

  private void awaitAllPartitions(Speakers speakers, long nanos) {
    await("events in all partitions, seed " + seed)
        .atMost(PATIENCE)
        .until(
            () -> {
              if (speakers.failure().isPresent()) {
                throw speakers.failure().get();
              }
              List<String> ended = cluster.ended();
              if (!ended.isEmpty()) {
                throw new AssertionError(String.join("\n", ended));
              }
              return heard.partitionsSince(nanos).size() == CrashCluster.PARTITIONS;
            });
  }

  private List<String> differences(
      int round, List<String> streamIds, List<Speech> speeches, long samples) throws IOException {
    List<String> differences = new ArrayList<>();
    IntStream.range(0, STREAMS)
        .parallel()
        .forEach(
            i -> {
              List<StreamEvent> expected =
                  undisturbed(streamIds.get(i), "speaker " + i, speeches.get(i), samples);
              List<StreamEvent> actual = heard.of(streamIds.get(i));
              // Float.equals in records compares bits.
              if (!actual.equals(expected)) {
                synchronized (differences) {
                  differences.add(
                      "seed %d, round %d, stream %s: %s"
                          .formatted(seed, round, streamIds.get(i), difference(expected, actual)));
                }
              }
            });
    return differences;
  }

  private static String difference(List<StreamEvent> expected, List<StreamEvent> actual) {
    int same = 0;
    while (same < Math.min(expected.size(), actual.size())
        && expected.get(same).equals(actual.get(same))) {
      same++;
    }
    return "%d events and not %d; the first that differs is number %d, %s and not %s"
        .formatted(
            actual.size(),
            expected.size(),
            same,
            same < actual.size() ? actual.get(same) : "none",
            same < expected.size() ? expected.get(same) : "none");
  }

  private List<StreamEvent> undisturbed(
      String streamId, String source, Speech speech, long samples) {
    List<StreamEvent> events = new ArrayList<>();
    try (WindowClassifier classifier = KernelClassifier.load(model)) {
      String modelId = new StreamRecognizer(model, classifier).modelId();
      new OfflineRecognizer(model, classifier)
          .recognize(speech.samples(0, samples))
          .forEach(
              digit ->
                  events.add(
                      new DigitEvent(
                          streamId,
                          source,
                          digit.index(),
                          digit.digit(),
                          digit.startSample(),
                          digit.endSample(),
                          Speech.RATE,
                          digit.confidence(),
                          digit.runnersUp(),
                          modelId)));
      events.add(new StreamEnd(streamId, source, events.size(), samples, Speech.RATE, modelId));
    }
    return events;
  }
}
