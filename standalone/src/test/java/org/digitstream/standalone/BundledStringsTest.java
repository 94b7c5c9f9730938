package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.inference.model.BundledModel;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.inference.spotting.Detection;
import org.digitstream.inference.spotting.StreamRecognizer;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.training.evaluation.OfflineRecognizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people say and simpler recognizers lose, with the model of strings that ships. */
class BundledStringsTest {
  private static final Path RECORDINGS = Path.of("src/main/resources/recordings");
  private static final Map<Integer, String> WORDS =
      Map.of(
          1, "1_rms-mulaw_85",
          2, "2_us-8bit_150",
          3, "3_rms-float_85",
          4, "4_slt-8bit_100",
          5, "5_rms-16bit_85",
          6, "6_us-mulaw_150",
          7, "7_gb-8bit_150",
          8, "8_slt-16bit_100",
          9, "9_rms-mulaw_85",
          0, "0_slt-mulaw_100");
  private static final int RATE = FeatureSpec.WIDEBAND.sampleRateHz();
  private static final int PIECE = RATE / 100;

  private static ModelBundle model;
  private static WindowClassifier classifier;

  @BeforeAll
  static void load() {
    model = BundledModel.STRINGS.load();
    classifier = KernelClassifier.load(model);
  }

  @AfterAll
  static void close() {
    classifier.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"77", "12345", "5551234", "8008", "9876543210", "22"})
  void wordsWithoutGapsAreHeardOneByOne(String digits) throws IOException {
    assertThat(transcript(spoken(digits, 0))).isEqualTo(digits);
  }

  @Test
  void aDigitThatTheStreamEndsWithIsHeard() throws IOException {
    short[] spoken = spoken("5551234", 0);
    assertThat(transcript(Arrays.copyOf(spoken, spoken.length - RATE / 2))).isEqualTo("5551234");
  }

  @Test
  void aStringIsTheSameHoweverItsFramesAreCut() throws IOException {
    short[] samples = spoken("5551234", 0.1);
    float[] frames = LogMelExtractor.extract(model.featureSpec(), samples);
    int bands = model.network().bands();
    for (int atOnce : new int[] {1, 3, 7, 50}) {
      StreamRecognizer recognizer = new StreamRecognizer(model, classifier);
      StringBuilder heard = new StringBuilder();
      for (int frame = 0; frame < frames.length / bands; frame += atOnce) {
        int to = Math.min(frames.length, (frame + atOnce) * bands);
        recognizer
            .accept(frame, Arrays.copyOfRange(frames, frame * bands, to))
            .digits()
            .forEach(digit -> heard.append(digit.digit()));
      }
      recognizer.finish().digits().forEach(digit -> heard.append(digit.digit()));
      assertThat(heard).as("%d frames at once", atOnce).hasToString("5551234");
    }
  }

  /** What is before the gap is whole, and so is what is after it. */
  @Test
  void aGapNeitherMakesNorHidesADigit() throws IOException {
    float[] frames = LogMelExtractor.extract(model.featureSpec(), spoken("71", 0.3));
    int bands = model.network().bands();
    int count = frames.length / bands;
    StreamRecognizer recognizer = new StreamRecognizer(model, classifier);
    String before = digits(recognizer.accept(0, frames).digits());
    String at = digits(recognizer.accept(count + 1000, frames).digits());
    String after = digits(recognizer.finish().digits());
    assertThat(before + at + after).isEqualTo("7171");
  }

  private static String transcript(short[] samples) {
    return new OfflineRecognizer(model, classifier).transcribe(samples);
  }

  private static String digits(java.util.List<Detection> heard) {
    return heard.stream().map(d -> Integer.toString(d.digit())).collect(Collectors.joining());
  }

  /** The bundled recordings one after the other, without what is quiet at their edges. */
  private static short[] spoken(String digits, double gapSeconds) throws IOException {
    short[] all = new short[RATE * (digits.length() + 2)];
    int at = RATE / 2;
    for (int i = 0; i < digits.length(); i++) {
      short[] word = trimmed(WORDS.get(digits.charAt(i) - '0'));
      System.arraycopy(word, 0, all, at, word.length);
      at += word.length + (int) (gapSeconds * RATE);
    }
    return Arrays.copyOf(all, at + RATE / 2);
  }

  private static short[] trimmed(String name) throws IOException {
    short[] samples = WavReader.readMono(RECORDINGS.resolve(name + ".wav"), RATE);
    double[] power =
        IntStream.range(0, samples.length / PIECE)
            .mapToDouble(
                piece ->
                    IntStream.range(piece * PIECE, (piece + 1) * PIECE)
                        .mapToDouble(i -> (double) samples[i] * samples[i])
                        .sum())
            .toArray();
    double least = Arrays.stream(power).max().orElseThrow() / 10_000;
    int first = IntStream.range(0, power.length).filter(i -> power[i] > least).min().orElseThrow();
    int last = IntStream.range(0, power.length).filter(i -> power[i] > least).max().orElseThrow();
    return Arrays.copyOfRange(samples, first * PIECE, (last + 1) * PIECE);
  }
}
