package org.digitstream.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.inference.model.BundledModel;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.inference.spotting.Recognition;
import org.digitstream.inference.spotting.StreamRecognizer;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.training.evaluation.DigitAlignment;
import org.digitstream.training.evaluation.DigitScore;

/**
 * Our half of the comparison of recognizers, and the scorer of both: recognizes recordings in
 * chunks of 200 ms by the classes of the stream, without Kafka, several rounds, and prints JSON.
 * Called by {@code benchmarks/side-by-side}.
 */
public final class RecognitionRun {
  private static final int CHUNK_MILLIS = 200;

  private RecognitionRun() {}

  /**
   * Runs.
   *
   * @param arguments a bundled model's label; a table of recordings: path, tabulator, digits that
   *     are said, tabulator, digits that the other recognizer heard; how many rounds
   */
  public static void main(String[] arguments) throws IOException {
    ModelBundle model = BundledModel.named(arguments[0]).orElseThrow().load();
    List<String[]> rows =
        Files.readAllLines(Path.of(arguments[1])).stream()
            .map(line -> line.split("\t", -1))
            .toList();
    int rounds = Integer.parseInt(arguments[2]);
    int rateHz = model.featureSpec().sampleRateHz();
    long samples = 0;
    List<DigitAlignment> ours = new ArrayList<>();
    List<DigitAlignment> theirs = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double first = 0;
    try (WindowClassifier classifier = KernelClassifier.load(model)) {
      for (int round = 0; round <= rounds; round++) {
        long start = process.getProcessCpuTime();
        for (String[] row : rows) {
          short[] recording = WavReader.readMono(Path.of(row[0]), rateHz);
          String heard = heard(model, classifier, recording);
          if (round == 0) {
            samples += recording.length;
            ours.add(DigitAlignment.of(row[1], heard));
            theirs.add(DigitAlignment.of(row[1], row[2]));
          }
        }
        if (round == 0) {
          // With the start of the machine and the loading of the model.
          first = process.getProcessCpuTime() / 1e9;
        } else {
          seconds.add((process.getProcessCpuTime() - start) / 1e9);
        }
      }
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("audioSeconds", (double) samples / rateHz);
    result.put("firstCpuSeconds", first);
    result.put("cpuSeconds", seconds);
    result.put("ours", score(ours));
    result.put("theirs", score(theirs));
    System.out.println(JsonMapper.builder().build().writeValueAsString(result));
  }

  private static Map<String, Object> score(List<DigitAlignment> alignments) {
    DigitScore score = DigitScore.of(alignments);
    return Map.of(
        "digits", score.digits(),
        "correct", score.correct(),
        "substitutions", score.substitutions(),
        "insertions", score.insertions(),
        "deletions", score.deletions(),
        "digitErrorRate", score.digitErrorRate());
  }

  private static String heard(ModelBundle model, WindowClassifier classifier, short[] samples) {
    LogMelExtractor extractor = new LogMelExtractor(model.featureSpec());
    StreamRecognizer recognizer = new StreamRecognizer(model, classifier);
    int chunk = model.featureSpec().sampleRateHz() * CHUNK_MILLIS / 1000;
    StringBuilder heard = new StringBuilder();
    for (int at = 0; at < samples.length; at += chunk) {
      long frame = extractor.nextFrame();
      float[] values =
          extractor
              .accept(at, Arrays.copyOfRange(samples, at, Math.min(samples.length, at + chunk)))
              .values();
      if (values.length > 0) {
        append(heard, recognizer.accept(frame, values));
      }
    }
    append(heard, recognizer.finish());
    return heard.toString();
  }

  private static void append(StringBuilder heard, Recognition recognition) {
    recognition.digits().forEach(digit -> heard.append(digit.digit()));
  }
}
