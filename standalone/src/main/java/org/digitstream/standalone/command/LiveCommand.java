package org.digitstream.standalone.command;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.StreamSampler;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.ingest.kafka.KafkaAudioSink;
import org.digitstream.ingest.source.Microphone;
import org.digitstream.ingest.source.MicrophoneInfo;
import org.digitstream.ingest.source.MicrophoneSource;
import org.digitstream.ingest.source.Microphones;
import org.digitstream.ingest.source.SoundLevel;
import org.digitstream.ingest.source.Timing;
import org.digitstream.runtime.events.ReceivedEvent;
import org.digitstream.runtime.streams.StreamsFailedException;
import org.digitstream.standalone.console.DeliveryNotes;
import org.digitstream.standalone.console.DigitLine;
import org.digitstream.standalone.console.LevelMeter;
import org.digitstream.standalone.console.MicrophoneNotes;
import org.digitstream.standalone.console.StatusLine;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.console.UtteranceLine;
import org.digitstream.standalone.console.UtterancePrinter;
import org.digitstream.standalone.pipeline.MicrophoneStream;
import org.digitstream.standalone.pipeline.Pipeline;
import org.digitstream.standalone.pipeline.StreamCollector.Collected;
import org.digitstream.standalone.replay.Latency;
import org.digitstream.standalone.replay.Transcripts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code digitstream live}. */
@Command(
    name = "live",
    description =
        "Recognizes digits from the microphone until Ctrl-C: the time, the digit, the confidence, and"
            + " how long after the recognized end of the word it came. After a pause the string of"
            + " digits follows in a line with a = before it and the probability that all of them are"
            + " right.",
    footer = {
      "  digitstream live",
      "  digitstream live --list-microphones",
      "  digitstream live --microphone USB"
    })
final class LiveCommand extends DigitstreamCommand {
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration LAST_DIGITS = Duration.ofSeconds(5);

  @Option(names = "--list-microphones", description = "Print the microphones and end.")
  private boolean list;

  @Option(
      names = "--microphone",
      paramLabel = "NAME",
      description =
          "The microphone with this name or a part of it (default: the system's default).")
  private String name;

  @Mixin private PipelineOptions options;
  @Mixin private WebOption web;
  @Mixin private UtteranceOption utterance;

  LiveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    if (list) {
      return list(surroundings);
    }
    web.requireUsable(this);
    options.requireUsable(this);
    Duration pause = utterance.pause(this);
    ModelBundle model = options.model();
    int sampleRateHz = model.featureSpec().sampleRateHz();
    Microphone microphone =
        name == null ? Microphones.byDefault(sampleRateHz) : Microphones.named(name, sampleRateHz);
    StatusLine notes = new StatusLine(surroundings.err(), surroundings.errIsTerminal());
    UtterancePrinter strings =
        new UtterancePrinter(
            pause,
            System::nanoTime,
            said ->
                notes.above(
                    () ->
                        surroundings
                            .out()
                            .println(UtteranceLine.of(said, surroundings.coloured()))));
    surroundings.err().println("starting...");
    try (Pipeline pipeline =
            options.open(
                this,
                model,
                web.isGiven(),
                received -> print(received, strings, notes, surroundings));
        AutoCloseable page =
            web.open(pipeline, model, Transcripts.FROM_NAMES, pause, surroundings)) {
      LevelMeter meter = new LevelMeter();
      MicrophoneSource source =
          new MicrophoneSource(
              microphone,
              sampleRateHz,
              Timing.system(),
              new MicrophoneNotes(notes::println) {
                private boolean heard;

                @Override
                public void level(SoundLevel level) {
                  if (!heard) {
                    heard = true;
                    notes.println("listening to " + microphone.name() + ", Ctrl-C ends");
                  }
                  meter.accept(level);
                }
              });
      String streamId = StreamSampler.idInSample(() -> UUID.randomUUID().toString());
      KafkaAudioSink live = pipeline.openLiveSink(new DeliveryNotes(notes::println));
      pipeline.collector().expect(streamId);
      try (MicrophoneStream stream =
          MicrophoneStream.start(source, streamId, new GapNotice(live, strings))) {
        while (!surroundings.termination().await(STEP)) {
          stream.throwFailure();
          throwFailure(pipeline);
          strings.quiet();
          notes.show(
              meter.draw()
                  + strings.growing(streamId).map(said -> "  " + said.digits()).orElse(""));
        }
        notes.clear();
        long samples = stream.finish();
        boolean ended = pipeline.collector().awaitEnded(1, LAST_DIGITS);
        strings.endAll();
        summarize(
            pipeline.collector().of(streamId),
            (double) samples / sampleRateHz,
            ended,
            surroundings);
        return ended ? SUCCEEDED : FAILED;
      }
    }
  }

  private static int list(Surroundings surroundings) throws CommandFailure {
    List<MicrophoneInfo> microphones = Microphones.list();
    if (microphones.isEmpty()) {
      throw new CommandFailure(
          "no microphone was found: plug one in and check the sound settings of the system");
    }
    for (MicrophoneInfo microphone : microphones) {
      surroundings.out().printf("%s  (%s)%n", microphone.name(), microphone.description());
    }
    return SUCCEEDED;
  }

  private static void throwFailure(Pipeline pipeline) throws StreamsFailedException {
    if (pipeline.failure().isPresent()) {
      Throwable cause = pipeline.failure().get();
      throw new StreamsFailedException("a service stopped: " + cause, cause);
    }
  }

  private static void print(
      ReceivedEvent received,
      UtterancePrinter strings,
      StatusLine notes,
      Surroundings surroundings) {
    if (received.event() instanceof DigitEvent digit) {
      strings.digit(digit);
      OptionalLong millis =
          received.stamps().isEmpty()
              ? OptionalLong.empty()
              : OptionalLong.of(
                  Latency.micros(
                          received.stamps().get(),
                          digit.endSample(),
                          digit.sampleRateHz(),
                          received.receivedAtMicros())
                      / 1000);
      notes.above(
          () -> surroundings.out().println(DigitLine.of(digit, millis, surroundings.coloured())));
    }
  }

  private static void summarize(
      Collected collected, double seconds, boolean ended, Surroundings surroundings) {
    surroundings.out().println();
    surroundings
        .out()
        .printf("%d digits in %s%n", collected.digits().size(), DigitLine.time(seconds).strip());
    if (!collected.digits().isEmpty()) {
      surroundings.out().println("recognized  " + collected.recognized());
    }
    if (!ended) {
      surroundings.err().println("incomplete: the end of the stream did not come");
    }
  }
}
