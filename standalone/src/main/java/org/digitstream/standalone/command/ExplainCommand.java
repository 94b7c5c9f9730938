package org.digitstream.standalone.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.digitstream.contract.DigitEvent;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.inference.spotting.Detection;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.standalone.console.DigitLine;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.explain.Explainer;
import org.digitstream.standalone.explain.Explanation;
import org.digitstream.standalone.explain.Moment;
import org.digitstream.standalone.explain.StreamTopics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code digitstream explain}. */
@Command(
    name = "explain",
    description = {
      "Explains why a digit was heard at one moment, or was not: recognizes the stream once more and"
          + " prints what was heard there, what else was likely, and what the threshold kept back.",
      "",
      "Written into the folder: mel.png, what the network saw; probabilities.png and"
          + " probabilities.csv, what it gave out, before calibration; audio.wav, that piece of"
          + " audio; explanation.json, what was heard in it.",
      "",
      "A stream is read from the topics, as long as they keep its audio (or at least its frames, then"
          + " without audio.wav). 'events --json' tells the ids of streams."
    },
    footer = {
      "  digitstream explain numbers.wav --at 2.5 -o why",
      "  digitstream explain numbers.wav --at 1:02.5 -o why --model model.zip",
      "  digitstream explain --stream-id 6f1c --at 12 -o why --bootstrap-servers localhost:9092"
    })
final class ExplainCommand extends DigitstreamCommand {
  private static final double MOST_SECONDS = 60;
  private static final int MOST_NAMED = 5;

  @Parameters(paramLabel = "FILE.wav", arity = "0..1", description = "A recording.")
  private Path recording;

  @Option(
      names = "--stream-id",
      paramLabel = "ID",
      description = "Instead of a recording: a stream whose audio is in Kafka.")
  private String streamId;

  @Option(
      names = "--at",
      paramLabel = "SECONDS",
      required = true,
      converter = SecondsConverter.class,
      description = "The moment, from the beginning of the stream, such as 83.4 or 1:23.4.")
  private double at;

  @Option(
      names = "--before",
      paramLabel = "SECONDS",
      defaultValue = "1.5",
      converter = SecondsConverter.class,
      description = "What is shown before the moment (default: ${DEFAULT-VALUE}).")
  private double before;

  @Option(
      names = "--after",
      paramLabel = "SECONDS",
      defaultValue = "1.5",
      converter = SecondsConverter.class,
      description = "What is shown after it (default: ${DEFAULT-VALUE}).")
  private double after;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      required = true,
      description = "Where the files go; made where it is missing.")
  private Path output;

  @Mixin private ModelOption model;
  @Mixin private ClusterOptions cluster;

  ExplainCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    if ((recording == null) == (streamId == null)) {
      throw wrongUsage("name either a recording or a stream (--stream-id)");
    }
    if (recording != null && cluster.isGiven()) {
      throw wrongUsage("--bootstrap-servers is for --stream-id: a recording needs no broker");
    }
    requireSpan("--before", before);
    requireSpan("--after", after);
    ModelBundle bundle = model.load();
    Moment moment = Moment.ofSeconds(at, before, after, bundle.featureSpec().sampleRateHz());
    ExplanationFolder folder = new ExplanationFolder(output);
    folder.requireWritable();
    try (KernelClassifier classifier = KernelClassifier.load(bundle)) {
      Explainer explainer = new Explainer(bundle, classifier, moment);
      if (recording != null) {
        listen(explainer, bundle, surroundings);
        explain(recording.getFileName().toString(), explainer, List.of(), folder, surroundings);
      } else {
        explainStream(explainer, bundle, folder, surroundings);
      }
    }
    return SUCCEEDED;
  }

  private void requireSpan(String option, double seconds) {
    if (seconds > MOST_SECONDS) {
      throw wrongUsage(option + " " + seconds + " is not within 0.." + MOST_SECONDS);
    }
  }

  private void listen(Explainer explainer, ModelBundle bundle, Surroundings surroundings)
      throws IOException {
    int rate = bundle.featureSpec().sampleRateHz();
    short[] samples = WavReader.readMono(recording, rate);
    requireMomentWithin(recording.toString(), 0, samples.length, rate);
    try (ProgressBar progress = surroundings.progressBar()) {
      for (int from = 0; from < samples.length && !explainer.isSettled(); from += rate) {
        CorpusIntake.requireNoEnd(surroundings);
        progress.update((double) from / samples.length, "recognizing");
        explainer.acceptAudio(
            from, Arrays.copyOfRange(samples, from, Math.min(samples.length, from + rate)));
      }
    }
    if (!explainer.isSettled()) {
      explainer.finish();
    }
  }

  private void explainStream(
      Explainer explainer, ModelBundle bundle, ExplanationFolder folder, Surroundings surroundings)
      throws Exception {
    int rate = bundle.featureSpec().sampleRateHz();
    StreamTopics.Told told;
    try (ProgressBar progress = surroundings.progressBar()) {
      StreamTopics topics =
          new StreamTopics(
              cluster.reachable(this),
              (topic, fraction) -> {
                CorpusIntake.requireNoEnd(surroundings);
                progress.update(fraction, "reading " + topic);
              });
      told = topics.told(streamId);
      readAudio(explainer, topics, rate);
      if (explainer.firstSample() < 0) {
        readFrames(explainer, topics, bundle);
      }
      requireThere(explainer, told, topics.seen());
    }
    requireMomentWithin(
        "the stream " + streamId, explainer.firstSample(), explainer.nextSample(), rate);
    if (!explainer.isSettled()) {
      explainer.finish();
    }
    Explanation explanation = explainer.explanation();
    explain(
        told.source().orElse("stream " + streamId),
        explainer,
        notes(explainer, explanation, told),
        folder,
        surroundings);
  }

  private void readAudio(Explainer explainer, StreamTopics topics, int rate) {
    topics.audio(
        streamId,
        chunk -> {
          if (chunk.sampleRateHz() != rate) {
            throw new CommandFailure(
                "the stream "
                    + streamId
                    + " has "
                    + chunk.sampleRateHz()
                    + " Hz, but the model hears "
                    + rate
                    + " Hz: name the model that recognized it (--model FILE)");
          }
          explainer.acceptAudio(chunk.firstSample(), chunk.samples());
          return !explainer.isSettled();
        });
  }

  private void readFrames(Explainer explainer, StreamTopics topics, ModelBundle bundle) {
    String specId = bundle.featureSpec().id();
    topics.frames(
        streamId,
        frames -> {
          if (!frames.featureSpecId().equals(specId)) {
            throw new CommandFailure(
                "the frames of the stream "
                    + streamId
                    + " are of "
                    + frames.featureSpecId()
                    + ", but the model sees "
                    + specId
                    + ": name the model that recognized it (--model FILE)");
          }
          explainer.acceptFrames(frames.firstFrame(), frames.values());
          return !explainer.isSettled();
        });
  }

  private void requireThere(Explainer explainer, StreamTopics.Told told, Set<String> seen) {
    if (explainer.firstSample() >= 0) {
      return;
    }
    if (!told.isNothing()) {
      throw new CommandFailure(
          "the audio of the stream "
              + streamId
              + " ("
              + told.source().orElse("")
              + ") is no longer kept, only its events; keep audio longer with --audio-retention, or"
              + " explain the recording itself: digitstream explain FILE.wav --at "
              + at);
    }
    throw new CommandFailure(
        "there is no stream "
            + streamId
            + " in the topics of "
            + cluster.where()
            + (seen.isEmpty() ? "; they are empty" : "; there are " + named(seen)));
  }

  /** The ids of the streams that were come across last. */
  private static String named(Set<String> ids) {
    List<String> all = new ArrayList<>(ids);
    List<String> last = all.subList(Math.max(0, all.size() - MOST_NAMED), all.size());
    return String.join(", ", last)
        + (all.size() > last.size() ? " and " + (all.size() - last.size()) + " others" : "");
  }

  private void requireMomentWithin(String what, long firstSample, long endSample, int rate) {
    double from = (double) firstSample / rate;
    double to = (double) endSample / rate;
    if (at < from) {
      throw new CommandFailure(
          String.format(
              "of %s the audio before %s is no longer kept: choose --at within %s and %s",
              what, time(from), time(from), time(to)));
    }
    if (at >= to) {
      throw new CommandFailure(
          String.format(
              "%s ends at %s: there is nothing at %s; choose an earlier --at",
              what, time(to), time(at)));
    }
  }

  private static String time(double seconds) {
    return DigitLine.time(seconds).strip();
  }

  /** What a person must know to trust it. */
  private List<String> notes(Explainer explainer, Explanation explanation, StreamTopics.Told told) {
    List<String> notes = new ArrayList<>();
    Moment moment = explanation.moment();
    if (explainer.firstSample() > 0) {
      notes.add(
          "what was before "
              + time(moment.seconds(explainer.firstSample()))
              + " is not there: recognized from there on, which may differ from what the stream"
              + " heard at first");
    }
    if (explainer.samples().length == 0) {
      notes.add("the audio is no longer kept: explained from its frames, without audio.wav");
    }
    if (explainer.missingSamples() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%.2f s of the audio are missing; silence stands there",
              moment.seconds(explainer.missingSamples())));
    }
    told.modelId().ifPresent(id -> notes.add(comparison(id, explanation, told)));
    if (told.modelId().isEmpty()) {
      notes.add("the stream itself has no events yet to compare with");
    }
    return notes;
  }

  private static String comparison(
      String streamModelId, Explanation explanation, StreamTopics.Told told) {
    Moment moment = explanation.moment();
    List<DigitEvent> events =
        told.digits().stream()
            .filter(
                digit ->
                    digit.endSample() > moment.fromSample()
                        && digit.startSample() < moment.toSample())
            .toList();
    String digits =
        events.isEmpty()
            ? "nothing"
            : events.stream()
                .map(digit -> digit.digit() + " at " + time(moment.seconds(digit.startSample())))
                .collect(Collectors.joining(", "));
    if (!streamModelId.equals(explanation.modelId())) {
      return "the stream itself was recognized by another model, "
          + streamModelId
          + ", which heard "
          + digits
          + " (name it with --model FILE)";
    }
    return same(events, explanation.heard())
        ? "the stream's own events say the same, to the bit"
        : "the stream's own events differ: " + digits;
  }

  private static boolean same(List<DigitEvent> events, List<Detection> heard) {
    return events.stream()
        .map(ExplainCommand::key)
        .toList()
        .equals(heard.stream().map(ExplainCommand::key).toList());
  }

  private static List<Object> key(DigitEvent digit) {
    return List.of(
        digit.digit(),
        digit.startSample(),
        digit.endSample(),
        digit.confidence(),
        digit.runnersUp());
  }

  private static List<Object> key(Detection digit) {
    return List.of(
        digit.digit(),
        digit.startSample(),
        digit.endSample(),
        digit.confidence(),
        digit.runnersUp());
  }

  private void explain(
      String name,
      Explainer explainer,
      List<String> notes,
      ExplanationFolder folder,
      Surroundings surroundings)
      throws IOException {
    Explanation explanation = explainer.explanation();
    List<String> names;
    try {
      names = folder.write(name, explanation, explainer.samples());
    } catch (IOException e) {
      throw new CommandFailure("cannot write into " + output + ": " + e.getMessage(), e);
    }
    ExplanationText.of(name, explanation).forEach(surroundings.out()::println);
    notes.forEach(note -> surroundings.out().println("note: " + note));
    surroundings.out().println("written to " + output + ": " + String.join(", ", names));
  }
}
