package org.digitstream.standalone.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;
import org.digitstream.ingest.source.WavFormat;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.process.TemporaryFolder;
import org.digitstream.training.synthesis.CorpusSynthesis;
import org.digitstream.training.synthesis.SpeechSynthesizer;
import org.digitstream.training.synthesis.SpokenString;
import org.digitstream.training.synthesis.SpokenWord;
import org.digitstream.training.synthesis.SynthesisException;
import org.digitstream.training.synthesis.SynthesisPlan;
import org.digitstream.training.synthesis.SynthesizersAtHand;
import org.digitstream.training.synthesis.SyntheticVoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code digitstream train synthesize}. */
@Command(
    name = "synthesize",
    description =
        "Makes a corpus of spoken digits with the speech synthesizers espeak-ng and flite, or the one"
            + " of them that is installed: 16-bit mono WAV files named {digit}_{voice}_{rate}.wav. The"
            + " same programs make the same files. Good files that are there are kept, so an"
            + " interrupted run is continued by the same command.",
    footer = {
      "  digitstream train synthesize -o voices",
      "  digitstream train synthesize -o voices --voices all --rates-per-voice 2 --oh --other-words",
      "  digitstream train synthesize -o voices --voices 100 --strings 5 --sample-rate 16000",
      "  digitstream train synthesize -o slow --voices 10 --slowest 40 --fastest 80 --step 10",
      "  digitstream train voices/ corpora/noise -o model.zip",
      "",
      "Debian and Ubuntu: apt install espeak-ng flite"
    })
final class SynthesizeCommand extends DigitstreamCommand {
  private static final String ALL = "all";
  private static final int SLOWEST = 30;
  private static final int FASTEST = 400;
  private static final int FEW_VOICES = 20;
  private static final int MOST_SHOWN = 20;
  private static final int MOST_STRINGS = 1000;
  private static final double SECONDS_PER_WORD = 0.8;
  private static final double SECONDS_PER_STRING = 2.5;

  private final Preflight preflight;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      required = true,
      description = "Where the recordings go.")
  private Path output;

  @Option(
      names = "--voices",
      paramLabel = "N|all",
      defaultValue = "30",
      description =
          "How many voices; all: each timbre of espeak-ng in each English accent, several hundred"
              + " (default: ${DEFAULT-VALUE}).")
  private String voices;

  @Option(
      names = "--slowest",
      paramLabel = "RATE",
      defaultValue = "60",
      description = "The lowest speaking rate, in words per minute (default: ${DEFAULT-VALUE}).")
  private int slowest;

  @Option(
      names = "--fastest",
      paramLabel = "RATE",
      defaultValue = "240",
      description = "The highest speaking rate, in words per minute (default: ${DEFAULT-VALUE}).")
  private int fastest;

  @Option(
      names = "--step",
      paramLabel = "RATE",
      defaultValue = "20",
      description = "From one rate to the next (default: ${DEFAULT-VALUE}).")
  private int step;

  @Option(
      names = "--rates-per-voice",
      paramLabel = "N",
      description =
          "At how many of the rates each voice says each digit; which, differs from voice to voice"
              + " (default: all).")
  private Integer ratesPerVoice;

  @Option(
      names = "--oh",
      description = "Also 'oh' for zero, once by each voice, as oh/0_{voice}_{rate}.wav.")
  private boolean oh;

  @Option(
      names = "--other-words",
      description =
          "Also words and phrases that are not digits, many of them much like one (heaven, sick,"
              + " nigh), as other/{word}_{voice}_{rate}.wav.")
  private boolean otherWords;

  @Option(
      names = "--strings",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Also strings of 3 to 7 digits run together, so many by each voice, with the times of"
              + " their digits in strings/transcripts.jsonl (default: ${DEFAULT-VALUE}).")
  private int strings;

  @Option(
      names = "--sample-rate",
      paramLabel = "HZ",
      defaultValue = "22050",
      description = "Of the recordings, 8000 to 96000 (default: ${DEFAULT-VALUE}).")
  private int sampleRateHz;

  SynthesizeCommand(Surroundings surroundings, Preflight preflight) {
    super(surroundings);
    this.preflight = preflight;
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    List<Integer> rates = rates();
    int atMost = atMostVoices();
    if (sampleRateHz < WavFormat.LEAST_RATE_HZ || sampleRateHz > WavFormat.HIGHEST_RATE_HZ) {
      throw wrongUsage("--sample-rate " + sampleRateHz + " is not within 8000..96000");
    }
    if (ratesPerVoice != null && (ratesPerVoice < 1 || ratesPerVoice > rates.size())) {
      throw wrongUsage("--rates-per-voice " + ratesPerVoice + " is not within 1.." + rates.size());
    }
    requireWithin("--strings", strings, 0, MOST_STRINGS);
    try (TemporaryFolder scratch = TemporaryFolder.create()) {
      SynthesizersAtHand synthesizers = synthesizers(surroundings, scratch.path());
      List<SyntheticVoice> speakers = voices(surroundings, synthesizers, atMost);
      SynthesisPlan plan =
          new SynthesisPlan(speakers, rates, ratesPerVoice == null ? rates.size() : ratesPerVoice);
      List<SpokenWord> words = words(plan);
      List<SpokenString> spokenTogether = plan.strings(strings);
      double seconds = words.size() * SECONDS_PER_WORD + spokenTogether.size() * SECONDS_PER_STRING;
      preflight.requireFolder(output, (long) (seconds * sampleRateHz * Short.BYTES));
      return report(
          surroundings, speakers, speak(surroundings, scratch.path(), words, spokenTogether));
    }
  }

  private List<Integer> rates() {
    if (slowest < SLOWEST || fastest > FASTEST || slowest > fastest) {
      throw wrongUsage(
          "--slowest " + slowest + " --fastest " + fastest + ": rates are within 30..400");
    }
    if (step < 1) {
      throw wrongUsage("--step " + step + " is less than 1");
    }
    return IntStream.iterate(slowest, rate -> rate <= fastest, rate -> rate + step)
        .boxed()
        .toList();
  }

  private int atMostVoices() {
    if (voices.equals(ALL)) {
      return Integer.MAX_VALUE;
    }
    if (!voices.matches("[1-9][0-9]{0,5}")) {
      throw wrongUsage("--voices " + voices + " is neither a number of 1 or more nor 'all'");
    }
    return Integer.parseInt(voices);
  }

  private static SynthesizersAtHand synthesizers(Surroundings surroundings, Path scratch) {
    SynthesizersAtHand synthesizers =
        SynthesizersAtHand.find(surroundings.environment().getOrDefault("PATH", ""), scratch);
    if (synthesizers.found().isEmpty()) {
      throw new CommandFailure(
          "there is no speech synthesizer in the PATH, neither espeak-ng nor flite; install them"
              + " (Debian: apt install espeak-ng flite)");
    }
    for (String missing : synthesizers.missing()) {
      surroundings
          .err()
          .printf(
              "%s is not installed: its voices will be missing (Debian: apt install %s)%n",
              missing, missing);
    }
    return synthesizers;
  }

  private List<SyntheticVoice> voices(
      Surroundings surroundings, SynthesizersAtHand synthesizers, int atMost)
      throws IOException, InterruptedException {
    List<SyntheticVoice> speakers;
    try {
      speakers = synthesizers.voices(atMost);
    } catch (SynthesisException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
    if (speakers.isEmpty()) {
      throw new CommandFailure(
          String.join(
                  " and ", synthesizers.found().stream().map(SpeechSynthesizer::program).toList())
              + ": no English voice; install one, or the other synthesizer");
    }
    if (atMost >= FEW_VOICES && speakers.size() < FEW_VOICES) {
      surroundings.err().println("only " + speakers.size() + " voices are installed");
    }
    return speakers;
  }

  private List<SpokenWord> words(SynthesisPlan plan) {
    List<SpokenWord> words = new ArrayList<>(plan.digits());
    if (oh) {
      words.addAll(plan.oh());
    }
    if (otherWords) {
      words.addAll(plan.otherWords());
    }
    return words;
  }

  private CorpusSynthesis.Result speak(
      Surroundings surroundings, Path scratch, List<SpokenWord> words, List<SpokenString> strings)
      throws IOException, InterruptedException {
    int files = words.size() + strings.size();
    ExecutorService speakers = Workers.onAllProcessors("synthesizer");
    try (ProgressBar progress = surroundings.progressBar()) {
      return new CorpusSynthesis(output, scratch, sampleRateHz)
          .run(
              words,
              strings,
              speakers,
              done -> {
                if (surroundings.termination().isRequested()) {
                  throw new CommandFailure(
                      "ended before the work was done; the same command continues it");
                }
                progress.update((double) done / files, done + " of " + files + " recordings");
              });
    } finally {
      Workers.end(speakers);
    }
  }

  private int report(
      Surroundings surroundings, List<SyntheticVoice> speakers, CorpusSynthesis.Result result) {
    PrintStream err = surroundings.err();
    result.problems().stream()
        .limit(MOST_SHOWN)
        .forEach(problem -> err.println("not made: " + problem));
    if (result.problems().size() > MOST_SHOWN) {
      err.printf("not made: %d more%n", result.problems().size() - MOST_SHOWN);
    }
    surroundings
        .out()
        .printf(
            "%s: %d recordings by %d voices (%d made, %d were there)%n",
            output, result.made() + result.kept(), speakers.size(), result.made(), result.kept());
    return result.problems().isEmpty() ? SUCCEEDED : FAILED;
  }
}
