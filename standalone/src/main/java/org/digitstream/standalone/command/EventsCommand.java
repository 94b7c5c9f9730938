package org.digitstream.standalone.command;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;
import org.digitstream.contract.utterance.Utterance;
import org.digitstream.contract.wire.StreamEventCodec;
import org.digitstream.runtime.events.EventReader;
import org.digitstream.runtime.events.ReadFrom;
import org.digitstream.runtime.events.ReceivedEvent;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.standalone.console.DigitLine;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.console.UtteranceLine;
import org.digitstream.standalone.console.UtterancePrinter;
import org.digitstream.standalone.replay.Latency;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code digitstream events}. */
@Command(
    name = "events",
    description =
        "Prints digit events from the topic: what is there, and with --follow also what comes; and"
            + " each string of digits when it is complete, in a line with a = before it and the"
            + " probability that all its digits are right. At the end it names the streams whose end"
            + " it has not seen.",
    footer = {
      "  digitstream events --follow                     until Ctrl-C",
      "  digitstream events --follow --json | jq .digit  one JSON object a line",
      "  digitstream events --json --utterances | jq -r 'select(.type == \"utterance\").digits'",
      "  digitstream events --bootstrap-servers kafka:9092"
    })
final class EventsCommand extends DigitstreamCommand {
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration ASSIGN_TIMEOUT = Duration.ofSeconds(10);
  private static final int DEFAULT_IDLE_SECONDS = 2;

  @Mixin private ClusterOptions cluster;

  @Option(names = "--follow", description = "Go on with what comes, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--json",
      description = "Print each event as one line of JSON, as it is in the topic.")
  private boolean json;

  @Option(names = "--all", description = "With --json: also the ends of streams.")
  private boolean all;

  @Option(
      names = "--utterances",
      description =
          "With --json: also each string of digits when it is complete, as a line of type utterance.")
  private boolean utterances;

  @Mixin private UtteranceOption utterance;

  @Option(
      names = "--from-beginning",
      description = "With --follow: begin with the first event that is kept.")
  private boolean fromBeginning;

  @Option(
      names = "--idle-seconds",
      paramLabel = "N",
      description =
          "End when no event has come for so long (default: 2 without --follow, never with it).")
  private Integer idleSeconds;

  private final BlockingQueue<ReceivedEvent> queue = new LinkedBlockingQueue<>(10_000);
  private final StreamEventCodec codec = new StreamEventCodec();

  /** Source by stream id, of the streams that have not ended. */
  private final Map<String, String> open = new LinkedHashMap<>();

  private UtterancePrinter strings;

  EventsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    if (idleSeconds != null && idleSeconds < 1) {
      throw wrongUsage("--idle-seconds " + idleSeconds + " is less than 1");
    }
    strings =
        new UtterancePrinter(
            utterance.pause(this),
            System::nanoTime,
            said -> surroundings.out().println(line(said, surroundings)));
    KafkaConnection connection = cluster.reachable(this);
    ReadFrom from = follow && !fromBeginning ? ReadFrom.latest() : ReadFrom.earliest();
    try (EventReader reader =
        new EventReader(
            connection,
            from,
            this::enqueue,
            new Meters(new SimpleMeterRegistry(), "events"),
            Clock.systemUTC())) {
      reader.start();
      awaitAssigned(reader);
      print(reader, surroundings);
      endStrings();
    }
    open.forEach(
        (id, source) ->
            surroundings
                .err()
                .println("incomplete: stream " + id + " of " + source + " has not ended"));
    return SUCCEEDED;
  }

  private static void awaitAssigned(EventReader reader)
      throws InterruptedException, CommandFailure {
    try {
      reader.awaitAssigned(ASSIGN_TIMEOUT);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new CommandFailure(
          "there is no topic digit-events yet: start the services first (" + e.getMessage() + ")",
          e);
    }
  }

  private void enqueue(ReceivedEvent event) {
    try {
      queue.put(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void print(EventReader reader, Surroundings surroundings) throws Exception {
    Duration idleLimit =
        idleSeconds != null
            ? Duration.ofSeconds(idleSeconds)
            : follow ? Duration.ofDays(365) : Duration.ofSeconds(DEFAULT_IDLE_SECONDS);
    long lastNanos = System.nanoTime();
    while (!surroundings.termination().isRequested()
        && System.nanoTime() - lastNanos < idleLimit.toNanos()
        // Whoever read our output may have gone.
        && !surroundings.out().checkError()) {
      ReceivedEvent event = queue.poll(STEP.toMillis(), TimeUnit.MILLISECONDS);
      if (event != null) {
        lastNanos = System.nanoTime();
        print(event, surroundings);
      } else if (reader.failure().isPresent()) {
        throw new CommandFailure("reading stopped: " + reader.failure().get().getMessage());
      }
      if (follow && wantsStrings()) {
        strings.quiet();
      }
    }
  }

  /** JSON has lines of the types that it was asked for only. */
  private boolean wantsStrings() {
    return !json || utterances;
  }

  private void endStrings() {
    if (wantsStrings()) {
      strings.endAll();
    }
  }

  private String line(Utterance said, Surroundings surroundings) {
    return json
        ? UtteranceLine.json(said)
        : UtteranceLine.of(said, surroundings.coloured()) + "  " + said.source();
  }

  private void print(ReceivedEvent received, Surroundings surroundings) {
    StreamEvent event = received.event();
    if (event instanceof DigitEvent digit) {
      open.put(digit.streamId(), digit.source());
      if (wantsStrings()) {
        strings.digit(digit);
      }
      surroundings
          .out()
          .println(
              json
                  ? new String(codec.encode(digit), StandardCharsets.UTF_8)
                  : DigitLine.of(digit, latencyMillis(digit, received), surroundings.coloured())
                      + "  "
                      + digit.source());
    } else if (event instanceof StreamEnd end) {
      open.remove(end.streamId());
      if (wantsStrings()) {
        strings.end(end.streamId());
      }
      if (!json) {
        surroundings
            .out()
            .printf(
                "%s  end of %s, %d digits%n",
                DigitLine.time((double) end.endSample() / end.sampleRateHz()),
                end.source(),
                end.digits());
      } else if (all) {
        surroundings.out().println(new String(codec.encode(end), StandardCharsets.UTF_8));
      }
    }
  }

  /** From the end of the event's span to when it was made: readers may come much later. */
  private static OptionalLong latencyMillis(DigitEvent digit, ReceivedEvent received) {
    return received.stamps().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            Latency.micros(
                    received.stamps().get(),
                    digit.endSample(),
                    digit.sampleRateHz(),
                    received.stamps().get().emittedAtMicros())
                / 1000);
  }
}
