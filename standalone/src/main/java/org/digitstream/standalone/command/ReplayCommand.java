package org.digitstream.standalone.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.digitstream.contract.DigitEvent;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.ingest.source.Pacing;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.console.UtteranceLine;
import org.digitstream.standalone.console.UtterancePrinter;
import org.digitstream.standalone.pipeline.Pipeline;
import org.digitstream.standalone.pipeline.ReplayScorer;
import org.digitstream.standalone.pipeline.Replayer;
import org.digitstream.standalone.replay.EventLines;
import org.digitstream.standalone.replay.Recordings;
import org.digitstream.standalone.replay.ReplayReport;
import org.digitstream.standalone.replay.ReplaySummary;
import org.digitstream.standalone.replay.Transcripts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code digitstream replay}. */
@Command(
    name = "replay",
    description = {
      "Streams recordings through the broker, recognizes their digits and scores them. Each file is"
          + " a stream of its own.",
      "",
      "What is said in a file is read from --transcripts, or else from a name such as"
          + " 7_jackson_32.wav. Other files are recognized and not scored. Latency is measured with"
          + " --speed realtime, for words that at least one second of audio follows.",
      "",
      "Of each file that was not heard as said, or of which that is not known, the strings of digits"
          + " are printed: what was said without a longer pause, with the probability that all its"
          + " digits are right."
    },
    footer = {
      "  digitstream replay recordings/",
      "  digitstream replay numbers/ --transcripts numbers/transcripts.tsv --report report.json",
      "  digitstream replay seven.wav --speed realtime",
      "  digitstream replay recordings/ --bootstrap-servers localhost:9092",
      "",
      "The exit code is 1 if a file could not be read or a stream did not end."
    })
final class ReplayCommand extends DigitstreamCommand {
  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "WAV files, and folders in which all .wav files are taken.")
  private List<Path> paths;

  @Mixin private SpeedOption speed;

  @Option(
      names = "--transcripts",
      paramLabel = "FILE",
      description = "A table of what is said: file name or path, tabulator, digits.")
  private Path transcriptFile;

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Write the result there as JSON.")
  private Path reportFile;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description =
          "Write every digit there as a line of JSON without ids and times, to compare runs.")
  private Path eventsFile;

  @Mixin private PipelineOptions options;
  @Mixin private WebOption web;
  @Mixin private UtteranceOption utterance;

  ReplayCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    web.requireUsable(this);
    options.requireUsable(this);
    Duration pause = utterance.pause(this);
    Pacing pacing = speed.pacing(this);
    Transcripts transcripts =
        transcriptFile == null ? Transcripts.FROM_NAMES : Transcripts.read(transcriptFile);
    List<Path> recordings = Recordings.find(paths);
    requireWritable(reportFile);
    requireWritable(eventsFile);
    ModelBundle model = options.model();
    int sampleRateHz = model.featureSpec().sampleRateHz();
    Replayer.Outcome outcome;
    ReplayReport report;
    try (Pipeline pipeline = options.open(this, model, web.isGiven(), event -> {});
        AutoCloseable page = web.open(pipeline, model, transcripts, pause, surroundings)) {
      try (ProgressBar bar = surroundings.progressBar()) {
        outcome =
            new Replayer(
                    pipeline,
                    sampleRateHz,
                    pacing,
                    () -> UUID.randomUUID().toString(),
                    surroundings.termination()::isRequested,
                    (finished, total) ->
                        bar.update((double) finished / total, finished + " of " + total + " files"))
                .run(recordings);
      }
      ReplayScorer scorer = new ReplayScorer(outcome, pipeline.collector(), sampleRateHz, pacing);
      report = scorer.report(transcripts);
      Map<String, List<DigitEvent>> digits = scorer.digitsByFile();
      print(report, digits, pause, outcome, surroundings);
      write(report, digits);
      web.stay(surroundings);
    }
    return report.isComplete() && !outcome.cancelled() ? SUCCEEDED : FAILED;
  }

  private void write(ReplayReport report, Map<String, List<DigitEvent>> digitsByFile)
      throws CommandFailure {
    if (reportFile != null) {
      write(reportFile, report.toJson());
    }
    if (eventsFile != null) {
      StringBuilder lines = new StringBuilder();
      EventLines.of(new TreeMap<>(digitsByFile)).forEach(line -> lines.append(line).append('\n'));
      write(eventsFile, lines.toString());
    }
  }

  private static void write(Path file, String text) throws CommandFailure {
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + file + ": " + e, e);
    }
  }

  /** Told before the work and not after it. */
  private static void requireWritable(Path file) throws CommandFailure {
    if (file != null) {
      Path folder = file.toAbsolutePath().getParent();
      if (!Files.isDirectory(folder) || Files.isDirectory(file)) {
        throw new CommandFailure(
            "cannot write "
                + file
                + ": "
                + (Files.isDirectory(file) ? "it" : folder)
                + " is "
                + (Files.isDirectory(file) ? "a folder" : "no folder"));
      }
    }
  }

  private static void print(
      ReplayReport report,
      Map<String, List<DigitEvent>> digits,
      Duration pause,
      Replayer.Outcome outcome,
      Surroundings surroundings) {
    surroundings.out().print(report.confusionMatrix().toText());
    surroundings.out().println();
    surroundings.out().print(ReplaySummary.of(report));
    if (outcome.realtime() && report.latencyMillis() == null) {
      surroundings
          .out()
          .println("latency: not measured, since no word is followed by a second of audio");
    }
    for (ReplayReport.PerFile file : report.perFile()) {
      if (file.expected() == null) {
        surroundings.out().printf("%s: heard '%s'%n", file.file(), file.recognized());
      } else if (!file.expected().equals(file.recognized())) {
        surroundings
            .out()
            .printf("%s: said '%s', heard '%s'%n", file.file(), file.expected(), file.recognized());
      } else {
        continue;
      }
      UtterancePrinter strings =
          new UtterancePrinter(
              pause,
              () -> 0,
              said -> surroundings.out().println(UtteranceLine.of(said, surroundings.coloured())));
      digits.getOrDefault(file.file(), List.of()).forEach(strings::digit);
      strings.endAll();
    }
    report.unreadable().forEach(file -> surroundings.err().println("unreadable: " + file.reason()));
    report
        .incomplete()
        .forEach(
            file -> surroundings.err().println("incomplete: the end of " + file + " did not come"));
    if (outcome.cancelled()) {
      surroundings.err().println("ended before all recordings were through");
    }
  }
}
