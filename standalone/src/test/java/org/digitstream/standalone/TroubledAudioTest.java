package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;
import org.digitstream.features.dsp.Extraction;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.inference.model.BundledModel;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.inference.spotting.Detection;
import org.digitstream.inference.spotting.StreamRecognizer;
import org.digitstream.ingest.source.WavReader;

/**
 * Audio whose chunks are lost, late, doubled and out of order, through what features and inference
 * are made of: a gap never becomes a digit, and never hides one that is whole.
 */
class TroubledAudioTest {
  private static final int RATE = 16_000;

  /** Chunks of 20 ms, as ingest makes them. */
  private static final int CHUNK = RATE / 50;

  /** A word is whole where so much around it is there. */
  private static final int MARGIN = RATE / 4;

  private static final Path RECORDINGS = Path.of("src/main/resources/recordings");
  private static final List<String> FILES =
      List.of(
          "0_slt-mulaw_100",
          "1_rms-mulaw_85",
          "2_us-8bit_150",
          "3_rms-float_85",
          "4_slt-8bit_100",
          "5_rms-16bit_85",
          "6_us-mulaw_150",
          "7_gb-8bit_150",
          "8_slt-16bit_100",
          "9_rms-mulaw_85");

  private record Word(int digit, int start, int end) {
    boolean isTouchedBy(long from, long to, int margin) {
      return from < end + margin && to > start - margin;
    }
  }

  private record Lost(long from, long to) {}

  private final ModelBundle model = BundledModel.STRINGS.load();

  @Property(tries = 60, seed = "20261123", shrinking = ShrinkingMode.OFF)
  void aGapNeitherBecomesADigitNorHidesOneThatIsWhole(@ForAll @LongRange(min = 0) long seed)
      throws IOException {
    Random random = new Random(seed);
    short[] samples = new short[RATE * 14];
    List<Word> words = say(samples, random);
    List<Integer> order = new ArrayList<>();
    List<Lost> lost = trouble(samples.length / CHUNK, order, random);

    List<Detection> heard = recognize(samples, order);

    for (Word word : words) {
      if (lost.stream().noneMatch(gap -> word.isTouchedBy(gap.from(), gap.to(), MARGIN))) {
        assertThat(heard)
            .as("%s with %s", word, lost)
            .filteredOn(digit -> word.isTouchedBy(digit.startSample(), digit.endSample(), 0))
            .extracting(Detection::digit)
            .containsExactly(word.digit());
      }
    }
    for (Detection digit : heard) {
      assertThat(words)
          .as("%s with %s", digit, lost)
          .anyMatch(word -> word.isTouchedBy(digit.startSample(), digit.endSample(), 0));
      assertThat(lost)
          .as("%s lies in a gap", digit)
          .noneMatch(gap -> digit.startSample() >= gap.from() && digit.endSample() <= gap.to());
    }
    assertThat(heard).extracting(Detection::startSample).isSorted();
  }

  private static List<Word> say(short[] samples, Random random) throws IOException {
    List<Word> words = new ArrayList<>();
    int at = RATE / 2;
    while (true) {
      int digit = random.nextInt(10);
      short[] word = WavReader.readMono(RECORDINGS.resolve(FILES.get(digit) + ".wav"), RATE);
      if (at + word.length + RATE > samples.length) {
        return words;
      }
      System.arraycopy(word, 0, samples, at, word.length);
      words.add(new Word(digit, at, at + word.length));
      at += word.length + random.nextInt(RATE * 3 / 4);
    }
  }

  /** The order in which chunks come; gives what is missing when each comes in its turn. */
  private static List<Lost> trouble(int chunks, List<Integer> order, Random random) {
    List<Lost> lost = new ArrayList<>();
    for (int i = 0; i < chunks; i++) {
      switch (random.nextInt(100)) {
        case 0 -> { // lost: up to a second
          int count = Math.min(chunks - i, 1 + random.nextInt(50));
          lost.add(new Lost((long) i * CHUNK, (long) (i + count) * CHUNK));
          i += count - 1;
        }
        case 1 -> { // comes after the next one, and is as good as lost
          if (i + 1 < chunks) {
            lost.add(new Lost((long) i * CHUNK, (long) (i + 1) * CHUNK));
            order.add(i + 1);
            order.add(i);
            i++;
          }
        }
        case 2, 3 -> { // twice
          order.add(i);
          order.add(i);
        }
        case 4 -> { // once more, much later than it was due
          order.add(i);
          order.add(Math.max(0, i - random.nextInt(100)));
        }
        default -> order.add(i);
      }
    }
    return lost;
  }

  private List<Detection> recognize(short[] samples, List<Integer> order) {
    List<Detection> heard = new ArrayList<>();
    try (WindowClassifier classifier = KernelClassifier.load(model)) {
      LogMelExtractor extractor = new LogMelExtractor(model.featureSpec());
      StreamRecognizer recognizer = new StreamRecognizer(model, classifier);
      for (int chunk : order) {
        long first = (long) chunk * CHUNK;
        Extraction frames =
            extractor.accept(first, Arrays.copyOfRange(samples, (int) first, (int) first + CHUNK));
        if (frames.values().length > 0) {
          heard.addAll(recognizer.accept(frames.firstFrame(), frames.values()).digits());
        }
      }
      heard.addAll(recognizer.finish().digits());
    }
    return heard;
  }
}
