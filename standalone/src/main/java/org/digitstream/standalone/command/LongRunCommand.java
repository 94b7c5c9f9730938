package org.digitstream.standalone.command;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.standalone.capacity.LongRun;
import org.digitstream.standalone.capacity.LongRunSample;
import org.digitstream.standalone.capacity.LongRunVerdict;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.pipeline.Pipeline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code digitstream capacity long-run}. */
@Command(
    name = "long-run",
    description = {
      "Speaks hours of audio as fast as one process with the broker and all services follows, and"
          + " tells whether what it uses stays flat.",
      "",
      "Every --every seconds: heap after a collection, memory off the heap, memory in RAM, threads,"
          + " file handles, and the entries in the state stores. The first third is warm-up; after"
          + " it nothing may grow by more than a tenth. Every digit that the end of a stream tells"
          + " of must have come."
    },
    footer = {
      "  digitstream capacity long-run",
      "  digitstream capacity long-run --minutes 20 --streams 40",
      "",
      "The broker keeps what is spoken in a temporary folder: 50 KB for each second of each stream,"
          + " 7 GB for the default. The exit code is 1 if something grew or was lost."
    })
final class LongRunCommand extends DigitstreamCommand {
  @Option(
      names = "--streams",
      defaultValue = "20",
      paramLabel = "N",
      description = "Streams side by side, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int streams;

  @Option(
      names = "--minutes",
      defaultValue = "120",
      paramLabel = "N",
      description = "Minutes of audio of each stream, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Option(
      names = "--chunk-millis",
      defaultValue = "100",
      paramLabel = "N",
      description = "Audio per chunk, 10 to 1000 ms (default: ${DEFAULT-VALUE}).")
  private int chunkMillis;

  @Option(
      names = "--every",
      defaultValue = "15",
      paramLabel = "SECONDS",
      description = "How often to look, 1 to 3600 (default: ${DEFAULT-VALUE}).")
  private int everySeconds;

  @Mixin private ModelOption model;

  LongRunCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    requireWithin("--streams", streams, 1, 1000);
    requireWithin("--minutes", minutes, 1, 10_000);
    requireWithin("--chunk-millis", chunkMillis, 10, 1000);
    requireWithin("--every", everySeconds, 1, 3600);
    ModelBundle bundle = model.load();
    int sampleRateHz = bundle.featureSpec().sampleRateHz();
    surroundings.err().println("starting the broker and the services...");
    LongRun.Outcome outcome;
    try (Pipeline pipeline =
            Pipeline.embedded(0, bundle, false, Meters.prometheusRegistry(), received -> {});
        ProgressBar bar = surroundings.progressBar()) {
      surroundings
          .out()
          .printf(
              "%7s %8s %9s %9s %9s %8s %8s %8s%n",
              "s", "audio h", "heap MiB", "off-heap", "RAM MiB", "threads", "handles", "entries");
      outcome =
          new LongRun(
                  pipeline,
                  CapacityCommand.loop(sampleRateHz),
                  sampleRateHz,
                  new LongRun.Plan(
                      streams,
                      Duration.ofMinutes(minutes),
                      chunkMillis,
                      Duration.ofSeconds(everySeconds)),
                  surroundings.termination()::isRequested,
                  sample -> {
                    bar.clear();
                    surroundings.out().print(line(sample));
                  },
                  fraction -> bar.update(fraction, streams + " streams"))
              .run();
    } catch (CancellationException e) {
      surroundings.err().println("ended before the answer was known");
      return FAILED;
    }
    return verdict(outcome, surroundings);
  }

  private int verdict(LongRun.Outcome outcome, Surroundings surroundings) {
    surroundings
        .out()
        .printf(
            Locale.ROOT,
            "%d streams of %d min in %.0f s, %.0f times real time: %d digits, %d lost%n",
            streams,
            minutes,
            outcome.seconds(),
            60.0 * minutes * streams / outcome.seconds(),
            outcome.digits(),
            outcome.lost());
    if (outcome.samples().size() < LongRunVerdict.LEAST_SAMPLES) {
      throw new CommandFailure(
          "it was over after "
              + outcome.samples().size()
              + " looks, which say nothing; give more --minutes or a smaller --every",
          null);
    }
    LongRunVerdict verdict = LongRunVerdict.of(outcome.samples());
    surroundings
        .out()
        .println(
            verdict.flat()
                ? "all flat after warm-up"
                : "growing: " + String.join("; ", verdict.growing()));
    return verdict.flat() && outcome.lost() == 0 ? SUCCEEDED : FAILED;
  }

  private static String line(LongRunSample sample) {
    return String.format(
        Locale.ROOT,
        "%7.0f %8.2f %9.1f %9.1f %9.0f %8d %8d %8d%n",
        sample.seconds(),
        sample.audioHours(),
        sample.heapMebibytes(),
        sample.offHeapMebibytes(),
        sample.residentMebibytes(),
        sample.threads(),
        sample.fileHandles(),
        sample.storedEntries());
  }
}
