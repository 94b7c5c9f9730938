package org.digitstream.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * How samples become log-mel frames: everything that decides a frame's values, and nothing else.
 *
 * <p>Frame {@code i} spans the samples {@code [i * hopSamples, i * hopSamples + fftSamples)} of its
 * stream. The window of {@code windowSamples} lies in the middle of that span, as librosa pads it
 * ({@code librosa.stft(center=False, win_length=..., n_fft=...)}). A model carries the
 * specification that it was trained with; two specifications are interchangeable exactly when their
 * {@link #id()} is equal.
 *
 * @param name what people call it, such as {@code wideband}; not part of the identity
 * @param sampleRateHz sample rate of the audio, 8,000 to 96,000 Hz
 * @param windowSamples length of the analysis window, at most {@code fftSamples}
 * @param fftSamples length of the FFT, a power of two from 64 to 8192
 * @param hopSamples distance between frames, 1 to {@code fftSamples}
 * @param window the analysis window
 * @param spectrum whether power or magnitude goes into the mel filters
 * @param melScale the mel formula
 * @param melNormalization how the mel filters are scaled
 * @param bands number of mel filters, 1 to 256
 * @param lowHz lower edge of the lowest filter, at least 0
 * @param highHz upper edge of the highest filter, at most half the sample rate
 * @param logScale the logarithm taken of each filter's output
 * @param floor the least filter output that the logarithm sees, greater than 0; absolute, so that a
 *     frame never depends on another one
 */
public record FeatureSpec(
    String name,
    int sampleRateHz,
    int windowSamples,
    int fftSamples,
    int hopSamples,
    WindowFunction window,
    Spectrum spectrum,
    MelScale melScale,
    MelNormalization melNormalization,
    int bands,
    double lowHz,
    double highHz,
    LogScale logScale,
    double floor) {

  /** The analysis windows. */
  public enum WindowFunction {
    /** {@code 0.5 - 0.5 cos(2 pi n / N)}, as {@code scipy.signal.get_window("hann", N)}. */
    HANN_PERIODIC,
    /** {@code 0.54 - 0.46 cos(2 pi n / (N - 1))}, as {@code numpy.hamming(N)}. */
    HAMMING_SYMMETRIC
  }

  /** What of the complex spectrum goes into the filters. */
  public enum Spectrum {
    /** The squared absolute value. */
    POWER,
    /** The absolute value. */
    MAGNITUDE
  }

  /** The mel formulas. */
  public enum MelScale {
    /** Linear below 1 kHz, logarithmic above: Slaney's Auditory Toolbox, librosa's default. */
    SLANEY,
    /** {@code 2595 log10(1 + f / 700)}: the HTK book. */
    HTK
  }

  /** How a triangular filter is scaled. */
  public enum MelNormalization {
    /** {@code 2 / (upper - lower)} in 1/Hz, so that filters have equal area: librosa's default. */
    SLANEY_AREA,
    /** A peak of 1. */
    NONE
  }

  /** The logarithms. */
  public enum LogScale {
    /** {@code ln(max(x, floor))}. */
    NATURAL,
    /** {@code 20 log10(max(x, floor))}. */
    DECIBEL_20
  }

  /** 16 kHz, 25 ms windows every 10 ms, 40 bands of 50 to 7600 Hz: the default. */
  public static final FeatureSpec WIDEBAND =
      new FeatureSpec(
          "wideband",
          16_000,
          400,
          512,
          160,
          WindowFunction.HANN_PERIODIC,
          Spectrum.POWER,
          MelScale.SLANEY,
          MelNormalization.SLANEY_AREA,
          40,
          50,
          7600,
          LogScale.NATURAL,
          1e-10);

  /** The same at 8 kHz, 50 to 3900 Hz, for telephone audio and half the bytes. */
  public static final FeatureSpec NARROWBAND =
      new FeatureSpec(
          "narrowband",
          8_000,
          200,
          256,
          80,
          WindowFunction.HANN_PERIODIC,
          Spectrum.POWER,
          MelScale.SLANEY,
          MelNormalization.SLANEY_AREA,
          40,
          50,
          3900,
          LogScale.NATURAL,
          1e-10);

  /** What the Spectrogram_Autoencoder study used: 22.05 kHz, 64 HTK bands of 50 to 5000 Hz, dB. */
  public static final FeatureSpec SEED =
      new FeatureSpec(
          "seed",
          22_050,
          1024,
          1024,
          256,
          WindowFunction.HAMMING_SYMMETRIC,
          Spectrum.MAGNITUDE,
          MelScale.HTK,
          MelNormalization.NONE,
          64,
          50,
          5000,
          LogScale.DECIBEL_20,
          1e-5);

  /** All presets, the default first. */
  public static final List<FeatureSpec> PRESETS = List.of(WIDEBAND, NARROWBAND, SEED);

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException naming every value that is out of its bounds
   */
  public FeatureSpec {
    List<String> problems = new ArrayList<>();
    require(problems, name != null && !name.isBlank(), "name must not be blank");
    require(
        problems,
        within(sampleRateHz, 8_000, 96_000),
        "sampleRateHz " + sampleRateHz + " is not within 8000..96000");
    require(
        problems,
        within(fftSamples, 64, 8192) && Integer.bitCount(fftSamples) == 1,
        "fftSamples " + fftSamples + " is not a power of two within 64..8192");
    require(
        problems,
        within(windowSamples, 2, fftSamples),
        "windowSamples " + windowSamples + " is not within 2..fftSamples (" + fftSamples + ")");
    require(
        problems,
        within(hopSamples, 1, fftSamples),
        "hopSamples " + hopSamples + " is not within 1..fftSamples (" + fftSamples + ")");
    require(problems, within(bands, 1, 256), "bands " + bands + " is not within 1..256");
    require(
        problems,
        lowHz >= 0 && lowHz < highHz && highHz <= sampleRateHz / 2.0,
        "band edges "
            + lowHz
            + ".."
            + highHz
            + " Hz are not within 0.."
            + sampleRateHz / 2.0
            + " Hz");
    require(
        problems,
        floor > 0 && Double.isFinite(floor),
        "floor " + floor + " is not a positive number");
    require(
        problems,
        window != null
            && spectrum != null
            && melScale != null
            && melNormalization != null
            && logScale != null,
        "window, spectrum, melScale, melNormalization and logScale must be set");
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "feature specification " + name + ": " + String.join("; ", problems));
    }
  }

  /**
   * The preset of a name.
   *
   * @throws IllegalArgumentException naming the presets, where there is none of that name
   */
  public static FeatureSpec preset(String name) {
    return PRESETS.stream()
        .filter(spec -> spec.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no feature specification is named '"
                        + name
                        + "'; there are "
                        + String.join(", ", PRESETS.stream().map(FeatureSpec::name).toList())));
  }

  /** The name and eight hexadecimal digits of a hash over every value that decides a frame. */
  @JsonIgnore
  public String id() {
    String canonical =
        String.format(
            Locale.ROOT,
            "%d/%d/%d/%d/%s/%s/%s/%s/%d/%s/%s/%s/%s",
            sampleRateHz,
            windowSamples,
            fftSamples,
            hopSamples,
            window,
            spectrum,
            melScale,
            melNormalization,
            bands,
            lowHz,
            highHz,
            logScale,
            floor);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
      return name + "-" + HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The distance between frames in milliseconds. */
  @JsonIgnore
  public double hopMillis() {
    return 1000.0 * hopSamples / sampleRateHz;
  }

  /** The value of every band in a frame of digital silence. */
  @JsonIgnore
  public float silence() {
    return (float) (logScale == LogScale.NATURAL ? Math.log(floor) : 20 * Math.log10(floor));
  }

  /** The first sample of a frame. */
  public long firstSampleOfFrame(long frame) {
    return frame * hopSamples;
  }

  /** The first frame that starts at or after a sample. */
  public long firstFrameFrom(long sample) {
    return Math.floorDiv(sample + hopSamples - 1, (long) hopSamples);
  }

  /** One line for people: every value, in the order of the pipeline. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%s: %d Hz, window %d (%s) in FFT %d, hop %d, %s, %d mel bands %.0f-%.0f Hz (%s, %s), %s above %s",
        id(),
        sampleRateHz,
        windowSamples,
        window,
        fftSamples,
        hopSamples,
        spectrum,
        bands,
        lowHz,
        highHz,
        melScale,
        melNormalization,
        logScale,
        floor);
  }

  private static boolean within(int value, int least, int most) {
    return value >= least && value <= most;
  }

  private static void require(List<String> problems, boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
