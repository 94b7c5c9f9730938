package org.digitstream.standalone.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.runtime.kafka.ProcessingGuarantee;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.StreamsFailedException;
import org.digitstream.standalone.capacity.AudioLoop;
import org.digitstream.standalone.capacity.CapacityLevel;
import org.digitstream.standalone.capacity.CapacityReport;
import org.digitstream.standalone.capacity.CapacitySearch;
import org.digitstream.standalone.capacity.CapacityTable;
import org.digitstream.standalone.capacity.EventTimes;
import org.digitstream.standalone.capacity.LevelRun;
import org.digitstream.standalone.capacity.Limits;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.picture.CapacityPicture;
import org.digitstream.standalone.pipeline.Pipeline;
import org.digitstream.standalone.pipeline.ServiceSettings;
import org.digitstream.standalone.replay.Transcripts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code digitstream capacity}. */
@Command(
    name = "capacity",
    description = {
      "Finds how many people can speak at once to one process that has the broker and all services"
          + " in it.",
      "",
      "Streams in real time are added until 99 of 100 digits no longer come within --latency-millis"
          + " after their last chunk was captured, or a service falls behind: their number is"
          + " doubled until it is not held, then the distance is halved. Each number has fresh"
          + " streams, which say the recordings that come with the program again and again, each"
          + " from another place on. A chunk counts as captured when it was due, so a load that"
          + " cannot be made in time counts as latency.",
      "",
      "The streams are spoken by this process, too: the part of its CPU time that this takes is"
          + " told, and is not in what a stream costs."
    },
    footer = {
      "  digitstream capacity",
      "  digitstream capacity --chunk-millis 20 --report capacity.json --plot capacity.png",
      "  digitstream capacity --processing-guarantee exactly-once",
      "  digitstream capacity --from 50 --to 50 --seconds 60     only this number",
      "",
      "Nothing else should run meanwhile. The exit code is 1 if not even --from streams are held."
    })
final class CapacityCommand extends DigitstreamCommand {
  private static final String FOLDER = "/recordings/";
  private static final double LAG_GROWTH_SECONDS = 0.5;
  private static final int FIRST_WARM_UP = 3;

  private final Preflight preflight;

  @Option(
      names = "--chunk-millis",
      defaultValue = "100",
      paramLabel = "N",
      description = "Audio per chunk, 10 to 1000 ms (default: ${DEFAULT-VALUE}).")
  private int chunkMillis;

  @Option(
      names = "--latency-millis",
      defaultValue = "250",
      paramLabel = "N",
      description =
          "The time within which 99 of 100 digits must come, at least 1 (default:"
              + " ${DEFAULT-VALUE}).")
  private int latencyMillis;

  @Option(
      names = "--from",
      defaultValue = "10",
      paramLabel = "N",
      description = "The number of streams to begin with (default: ${DEFAULT-VALUE}).")
  private int from;

  @Option(
      names = "--to",
      defaultValue = "1280",
      paramLabel = "N",
      description = "The largest number to try, at most 20000 (default: ${DEFAULT-VALUE}).")
  private int to;

  @Option(
      names = "--step",
      defaultValue = "10",
      paramLabel = "N",
      description = "How exact the answer shall be (default: ${DEFAULT-VALUE}).")
  private int step;

  @Option(
      names = "--trials",
      defaultValue = "2",
      paramLabel = "N",
      description =
          "How often a number may fail before it counts as not held, since other programs on the"
              + " machine may disturb (default: ${DEFAULT-VALUE}).")
  private int trials;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      paramLabel = "N",
      description = "For how long each number is measured, 2 to 3600 (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "5",
      paramLabel = "N",
      description =
          "Seconds that are passed over at the beginning of each number, 1 to 600; once more and"
              + " three times as long before the first (default: ${DEFAULT-VALUE}).")
  private int warmUpSeconds;

  @Option(
      names = "--processing-guarantee",
      paramLabel = "GUARANTEE",
      defaultValue = "at-least-once",
      description =
          "exactly-once or at-least-once: what a crash may do to the output (default:"
              + " ${DEFAULT-VALUE}, as in everything that runs in one process).")
  private String guarantee;

  @Option(
      names = "--partitions",
      defaultValue = "1",
      paramLabel = "N",
      description = "Partitions of each topic, 1 to 64 (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--threads",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Stream threads of each service, 1 to 64; more than partitions stay idle (default:"
              + " ${DEFAULT-VALUE}).")
  private int threads;

  @Mixin private ModelOption model;
  @Mixin private WebOption web;

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Write all that was measured there as JSON (default: no).")
  private Path reportFile;

  @Option(
      names = "--plot",
      paramLabel = "FILE.png",
      description = "Draw latency and cost over the number of streams there (default: no).")
  private Path plotFile;

  CapacityCommand(Surroundings surroundings, Preflight preflight) {
    super(surroundings);
    this.preflight = preflight;
  }

  @Override
  @SuppressWarnings("try") // The page only has to be there.
  int run(Surroundings surroundings) throws Exception {
    web.requireUsable(this);
    requireWithin("--chunk-millis", chunkMillis, 10, 1000);
    requireWithin("--latency-millis", latencyMillis, 1, 3_600_000);
    requireWithin("--from", from, 1, 20_000);
    requireWithin("--to", to, from, 20_000);
    requireWithin("--step", step, 1, 20_000);
    requireWithin("--trials", trials, 1, 100);
    requireWithin("--seconds", seconds, 2, 3600);
    requireWithin("--warm-up", warmUpSeconds, 1, 600);
    requireWithin("--partitions", partitions, 1, 64);
    requireWithin("--threads", threads, 1, 64);
    ProcessingGuarantee chosen = StreamsOptionGroup.guarantee(this, guarantee);
    requireWritable();
    ModelBundle bundle = model.load();
    int sampleRateHz = bundle.featureSpec().sampleRateHz();
    AudioLoop loop = loop(sampleRateHz);
    EventTimes events = new EventTimes();
    List<CapacityLevel> levels = new ArrayList<>();
    boolean whole;
    surroundings.err().println("starting the broker and the services...");
    try (Pipeline pipeline =
            Pipeline.embedded(
                0,
                bundle,
                new ServiceSettings(chosen, partitions, threads),
                web.isGiven(),
                Meters.prometheusRegistry(),
                events);
        AutoCloseable page =
            web.open(
                pipeline, bundle, Transcripts.FROM_NAMES, Duration.ofSeconds(1), surroundings)) {
      whole = search(pipeline, events, loop, sampleRateHz, levels, surroundings);
    }
    if (levels.isEmpty()) {
      return FAILED;
    }
    CapacityReport report =
        CapacityReport.of(settings(bundle.modelId(), chosen), LevelRun.machine(), levels);
    surroundings.out().print(CapacityTable.legend());
    surroundings.out().print(CapacityTable.summary(report));
    write(report);
    return whole && report.streams() > 0 ? SUCCEEDED : FAILED;
  }

  /** Adds what was measured to the levels, also where it ends early; says whether it did not. */
  private boolean search(
      Pipeline pipeline,
      EventTimes events,
      AudioLoop loop,
      int sampleRateHz,
      List<CapacityLevel> levels,
      Surroundings surroundings)
      throws Exception {
    CapacitySearch search = new CapacitySearch(from, to, step, trials);
    LevelRun.Plan plan =
        new LevelRun.Plan(
            chunkMillis,
            Duration.ofSeconds(warmUpSeconds),
            Duration.ofSeconds(seconds),
            new Limits(latencyMillis, LAG_GROWTH_SECONDS));
    try (ProgressBar bar = surroundings.progressBar();
        LevelRun run =
            new LevelRun(
                pipeline,
                events,
                loop,
                sampleRateHz,
                plan,
                surroundings.termination()::isRequested,
                (fraction, streams, warmingUp) ->
                    bar.update(
                        fraction, streams + " streams" + (warmingUp ? ", warming up" : "")))) {
      run.warmUp(from, Duration.ofSeconds((long) FIRST_WARM_UP * warmUpSeconds));
      bar.clear();
      surroundings.out().print(CapacityTable.head());
      for (OptionalInt next = search.next(); next.isPresent(); next = search.next()) {
        CapacityLevel level = run.measure(next.getAsInt());
        levels.add(level);
        search.tried(level.held());
        bar.clear();
        surroundings.out().print(CapacityTable.line(level));
      }
      return true;
    } catch (CancellationException e) {
      surroundings.err().println("ended before the answer was known");
      return false;
    } catch (StreamsFailedException e) {
      if (levels.isEmpty()) {
        throw e;
      }
      surroundings.err().println("digitstream: " + e.getMessage());
      return false;
    }
  }

  private CapacityReport.Settings settings(String modelId, ProcessingGuarantee chosen) {
    return new CapacityReport.Settings(
        modelId,
        chunkMillis,
        chosen.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        partitions,
        threads,
        web.isGiven(),
        latencyMillis,
        from,
        to,
        step,
        trials,
        warmUpSeconds,
        seconds);
  }

  private void requireWritable() {
    if (plotFile != null && !plotFile.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw wrongUsage("the picture is a PNG: name it something.png, not " + plotFile);
    }
    for (Path file : new Path[] {reportFile, plotFile}) {
      if (file != null) {
        preflight.requireFile(file, 1_000_000);
      }
    }
  }

  private void write(CapacityReport report) {
    Path file = reportFile;
    try {
      if (reportFile != null) {
        Files.writeString(reportFile, report.toJson(), StandardCharsets.UTF_8);
      }
      file = plotFile;
      if (plotFile != null) {
        ImageIO.write(CapacityPicture.draw(report), "png", plotFile.toFile());
      }
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** The recordings that come with the program, in the order of their table. */
  static AudioLoop loop(int sampleRateHz) throws IOException {
    List<short[]> recordings = new ArrayList<>();
    for (String line :
        new String(bundled("transcripts.tsv"), StandardCharsets.UTF_8).lines().toList()) {
      String name = line.substring(0, line.indexOf('\t'));
      recordings.add(WavReader.readMono(Path.of(name), bundled(name), sampleRateHz));
    }
    return new AudioLoop(recordings);
  }

  private static byte[] bundled(String name) throws IOException {
    try (InputStream in = CapacityCommand.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new CommandFailure("the recording " + name + " is missing from this build");
      }
      return in.readAllBytes();
    }
  }
}
