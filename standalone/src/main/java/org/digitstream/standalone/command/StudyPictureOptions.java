package org.digitstream.standalone.command;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.training.study.Padding;
import org.digitstream.training.study.PictureSettings;
import org.digitstream.training.study.RateRule;
import org.digitstream.training.study.RecordingSelection;
import org.digitstream.training.study.Span;
import picocli.CommandLine.Option;

/** Which recordings the study uses, and how they become pictures. */
final class StudyPictureOptions {
  @Option(
      names = "--corpus",
      paramLabel = "PATH",
      required = true,
      description = "Recordings named {digit}_{speaker}_{number}.wav; may be repeated.")
  private List<Path> corpora;

  @Option(
      names = "--bands",
      defaultValue = "64",
      description = "Mel bands, the picture's height (default: ${DEFAULT-VALUE}).")
  private int bands;

  @Option(
      names = "--low-hz",
      paramLabel = "HZ",
      defaultValue = "50",
      description = "Lower edge of the lowest band (default: ${DEFAULT-VALUE}).")
  private double lowHz;

  @Option(
      names = "--high-hz",
      paramLabel = "HZ",
      defaultValue = "5000",
      description = "Upper edge of the highest band (default: ${DEFAULT-VALUE}).")
  private double highHz;

  @Option(
      names = "--sample-rate",
      paramLabel = "HZ",
      defaultValue = "22050",
      description = "What recordings are resampled to (default: ${DEFAULT-VALUE}).")
  private int sampleRateHz;

  @Option(
      names = "--fft",
      paramLabel = "SAMPLES",
      defaultValue = "1024",
      description =
          "Length of a frame, under a Hamming window; a power of two (default: ${DEFAULT-VALUE}).")
  private int fftSamples;

  @Option(
      names = "--shift",
      paramLabel = "SAMPLES",
      defaultValue = "256",
      description = "From one frame to the next (default: ${DEFAULT-VALUE}).")
  private int shiftSamples;

  @Option(
      names = "--frames",
      defaultValue = "64",
      description = "Frames, the picture's width (default: ${DEFAULT-VALUE}).")
  private int frames;

  @Option(
      names = "--clip",
      paramLabel = "DB",
      defaultValue = "45",
      description = "Levels are clipped to plus and minus this (default: ${DEFAULT-VALUE}).")
  private double clipDecibel;

  @Option(
      names = "--padding",
      defaultValue = "noise",
      description =
          "What stands behind a shorter word: noise as in the study, or silence as in a stream"
              + " (default: ${DEFAULT-VALUE}).")
  private Padding padding;

  @Option(
      names = "--span",
      defaultValue = "recording",
      description =
          "What is shown: the recording from its beginning as in the study, or the word in it"
              + " (default: ${DEFAULT-VALUE}).")
  private Span span;

  @Option(
      names = "--rates",
      paramLabel = "auto|yes|no",
      defaultValue = "auto",
      description =
          "Whether the number in a name is the speaking rate. auto: in corpora all of whose numbers"
              + " are positive multiples of five; takes begin with 0 or 1 (default:"
              + " ${DEFAULT-VALUE}).")
  private RateRule rates;

  @Option(
      names = "--slowest",
      paramLabel = "RATE",
      defaultValue = "40",
      description = "Rates up to this are left out (default: ${DEFAULT-VALUE}).")
  private int slowest;

  @Option(
      names = "--fastest",
      paramLabel = "RATE",
      defaultValue = "260",
      description = "Rates from this on are left out (default: ${DEFAULT-VALUE}).")
  private int fastest;

  @Option(
      names = "--exclude-speaker",
      paramLabel = "NAME",
      description =
          "A speaker to leave out, as the study did Steffi; may be repeated (default: nobody).")
  private Set<String> excluded = new LinkedHashSet<>();

  List<Path> corpora() {
    return corpora;
  }

  PictureSettings settings(DigitstreamCommand command) {
    FeatureSpec study = FeatureSpec.SEED;
    try {
      FeatureSpec wanted =
          new FeatureSpec(
              study.name(),
              sampleRateHz,
              fftSamples,
              fftSamples,
              shiftSamples,
              study.window(),
              study.spectrum(),
              study.melScale(),
              study.melNormalization(),
              bands,
              lowHz,
              highHz,
              study.logScale(),
              study.floor());
      return new PictureSettings(wanted, frames, clipDecibel, padding, span);
    } catch (IllegalArgumentException e) {
      throw command.wrongUsage(e.getMessage());
    }
  }

  RecordingSelection selection(DigitstreamCommand command) {
    try {
      return new RecordingSelection(rates, slowest, fastest, excluded);
    } catch (IllegalArgumentException e) {
      throw command.wrongUsage(e.getMessage());
    }
  }
}
