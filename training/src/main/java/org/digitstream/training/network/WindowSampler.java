package org.digitstream.training.network;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.training.augmentation.Strip;

/** Chooses windows of a strip, and says what they hold. */
final class WindowSampler {
  private static final int TRIES = 20;

  /** More of a digit than this must have been said before a window may hold it. */
  private static final double BEGUN = 0.9;

  /** A digit that ended longer ago than it may have, by this much, is surely none any more. */
  private static final int FADING_FRAMES = 12;

  /** The share of windows without a digit that are taken where another word is, if one is. */
  private static final double OTHER_WORDS = 0.6;

  /** What is uncertain matters where a digit would be. */
  private static final int UNCERTAIN_FRAMES = 24;

  /**
   * A window.
   *
   * @param endFrame the frame of the strip after its last one
   * @param label the class that it holds
   */
  record Window(int endFrame, int label) {}

  /** A digit's place in frames. */
  private record Span(int digit, int start, int end) {}

  private final FeatureSpec spec;
  private final WindowExamples examples;

  WindowSampler(FeatureSpec spec, WindowExamples examples) {
    this.spec = spec;
    this.examples = examples;
  }

  /** At most {@link WindowExamples#perStrip()} windows. */
  List<Window> sample(Strip strip, RandomGenerator random) {
    int frames = examples.stripFrames();
    List<Span> digits =
        strip.words().stream()
            .map(w -> new Span(w.digit(), frameAt(w.startSample()), frameAt(w.endSample())))
            .toList();
    List<Span> complete =
        digits.stream()
            .filter(d -> d.start > 2 && d.end + examples.latestFrames() < frames)
            .toList();
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < examples.perStrip(); i++) {
      if (!complete.isEmpty() && random.nextDouble() < examples.digitShare()) {
        Span digit = complete.get(random.nextInt(complete.size()));
        int range = examples.latestFrames() - examples.soonestFrames() + 1;
        int end = digit.end + examples.soonestFrames() + random.nextInt(range);
        if (end >= examples.shape().frames()) {
          windows.add(new Window(end, digit.digit));
          continue;
        }
      }
      for (int attempt = 0; attempt < TRIES; attempt++) {
        int end =
            strip.others().isEmpty() || random.nextDouble() >= OTHER_WORDS
                ? anywhere(random)
                : inOtherWord(strip, random);
        if (end >= examples.shape().frames() && end <= frames && holdsNone(strip, digits, end)) {
          windows.add(new Window(end, Strip.NOT_A_DIGIT));
          break;
        }
      }
    }
    return windows;
  }

  private int anywhere(RandomGenerator random) {
    int window = examples.shape().frames();
    return window + random.nextInt(examples.stripFrames() - window + 1);
  }

  /** While another word is said or shortly after, when it may sound as a digit does. */
  private int inOtherWord(Strip strip, RandomGenerator random) {
    Strip.Span word = strip.others().get(random.nextInt(strip.others().size()));
    int start = frameAt(word.startSample());
    int frames = frameAt(word.endSample()) + examples.latestFrames() - start;
    return start + random.nextInt(Math.max(1, frames));
  }

  private boolean holdsNone(Strip strip, List<Span> digits, int end) {
    for (Span digit : digits) {
      int begun = digit.start + (int) (BEGUN * (digit.end - digit.start));
      if (end > begun && end < digit.end + examples.latestFrames() + FADING_FRAMES) {
        return false;
      }
    }
    for (int frame = Math.max(0, end - UNCERTAIN_FRAMES); frame < end - 2; frame += 2) {
      int at = frame;
      boolean edge =
          digits.stream()
              .anyMatch(d -> at >= d.start - FADING_FRAMES && at <= d.end + FADING_FRAMES);
      if (!edge && strip.classAt(centre(frame)) == Strip.UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  private int centre(int frame) {
    return frame * spec.hopSamples() + spec.fftSamples() / 2;
  }

  private int frameAt(int sample) {
    return Math.max(0, (sample - spec.fftSamples() / 2) / spec.hopSamples());
  }
}
