package org.digitstream.standalone.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.digitstream.contract.DigitEvent;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.ingest.source.Pacing;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.runtime.events.ReceivedEvent;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.standalone.console.DigitLine;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.pipeline.Pipeline;
import org.digitstream.standalone.pipeline.ReplayScorer;
import org.digitstream.standalone.pipeline.Replayer;
import org.digitstream.standalone.process.TemporaryFolder;
import org.digitstream.standalone.replay.ReplayReport;
import org.digitstream.standalone.replay.ReplaySummary;
import org.digitstream.standalone.replay.Transcripts;
import org.digitstream.standalone.replay.WordEnds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code digitstream demo}. */
@Command(
    name = "demo",
    description =
        "Starts a Kafka broker and all services in this process, streams a recording that comes with"
            + " the program as fast as it was spoken, and prints each digit as it is recognized: its"
            + " time in the recording, the digit, the confidence, and how long after the end of the"
            + " word it came.",
    footer = {"  digitstream demo", "", "The exit code is 0 exactly when every digit is right."})
final class DemoCommand extends DigitstreamCommand {
  private static final String FOLDER = "/recordings/";
  private static final String RECORDING = "demo.wav";
  private static final String TRANSCRIPTS = "transcripts.tsv";

  @Mixin private ModelOption model;
  @Mixin private WebOption web;
  @Mixin private UtteranceOption utterance;

  DemoCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    web.requireUsable(this);
    utterance.pause(this);
    ModelBundle bundle = model.load();
    int sampleRateHz = bundle.featureSpec().sampleRateHz();
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      Path recording = unpacked(RECORDING, folder.path());
      Transcripts transcripts = Transcripts.read(unpacked(TRANSCRIPTS, folder.path()));
      WordEnds ends = new WordEnds(WavReader.readMono(recording, sampleRateHz), sampleRateHz);
      surroundings.err().println("starting the broker and the services...");
      ReplayReport report;
      try (Pipeline pipeline =
              Pipeline.embedded(
                  0,
                  bundle,
                  web.isGiven(),
                  Meters.prometheusRegistry(),
                  received -> print(received, ends, surroundings));
          AutoCloseable page =
              web.open(pipeline, bundle, transcripts, utterance.pause(this), surroundings)) {
        surroundings
            .out()
            .println(
                "   time  digit  sure   after the word (said: "
                    + transcripts.digitsOf(recording).orElse("?")
                    + ")");
        Replayer.Outcome outcome =
            new Replayer(
                    pipeline,
                    sampleRateHz,
                    Pacing.REALTIME,
                    () -> UUID.randomUUID().toString(),
                    surroundings.termination()::isRequested,
                    (finished, total) -> {})
                .run(List.of(recording));
        report =
            new ReplayScorer(outcome, pipeline.collector(), sampleRateHz, Pacing.REALTIME)
                .report(transcripts);
        print(report, surroundings);
        web.stay(surroundings);
      }
      return report.isPerfect() && report.digits() > 0 ? SUCCEEDED : FAILED;
    }
  }

  private static void print(ReceivedEvent received, WordEnds ends, Surroundings surroundings) {
    if (received.event() instanceof DigitEvent digit) {
      OptionalLong micros = ReplayScorer.latencyMicros(ends, received, Long.MAX_VALUE);
      surroundings
          .out()
          .println(
              DigitLine.of(
                  digit,
                  micros.isPresent()
                      ? OptionalLong.of(micros.getAsLong() / 1000)
                      : OptionalLong.empty(),
                  surroundings.coloured()));
    }
  }

  private static void print(ReplayReport report, Surroundings surroundings) {
    surroundings.out().println();
    for (ReplayReport.PerFile file : report.perFile()) {
      surroundings.out().println("expected    " + file.expected());
      surroundings.out().println("recognized  " + file.recognized());
    }
    surroundings.out().print(ReplaySummary.of(report));
    if (!report.incomplete().isEmpty()) {
      surroundings.err().println("the end of the stream did not come");
    }
  }

  private static Path unpacked(String name, Path folder) throws IOException, CommandFailure {
    try (InputStream in = DemoCommand.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new CommandFailure("the recording " + name + " is missing from this build");
      }
      Path file = folder.resolve(name);
      Files.copy(in, file);
      return file;
    }
  }
}
