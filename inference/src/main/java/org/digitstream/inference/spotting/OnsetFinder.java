package org.digitstream.inference.spotting;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.digitstream.inference.model.Calibration;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.OnsetSettings;

/**
 * Finds words by the level of the frames and calls the network once for each, on a picture that
 * begins with the word and holds padding after its end.
 */
final class OnsetFinder implements WordFinder {
  private final OnsetSettings settings;
  private final Normalization normalization;
  private final Calibration calibration;
  private final FrameTimes times;
  private final int bands;
  private final int pictureFrames;
  private final FrameWindow window;
  private final UnaryOperator<float[]> network;
  private final OnsetDetector detector;

  OnsetFinder(
      ModelBundle model,
      OnsetSettings settings,
      FrameWindow window,
      UnaryOperator<float[]> network) {
    this.settings = settings;
    this.normalization = model.normalization();
    this.calibration = model.calibration();
    this.times = new FrameTimes(model.featureSpec());
    this.bands = model.featureSpec().bands();
    this.pictureFrames = model.geometry().windowFrames();
    this.window = window;
    this.network = network;
    this.detector = new OnsetDetector(settings, pictureFrames);
  }

  @Override
  public List<HeardWord> frameAdded() {
    return heard(detector.accept(window.nextFrame() - 1, level(window.last(1))));
  }

  @Override
  public List<HeardWord> flush() {
    return heard(detector.finish(window.nextFrame() - 1));
  }

  /** A call is about a word that is over; its probabilities stand where that was noticed. */
  @Override
  public long frameOfCall() {
    return window.nextFrame() - 1;
  }

  private float level(float[] frame) {
    float sum = 0;
    for (float value : frame) {
      sum += normalization.clip(value);
    }
    return sum / frame.length;
  }

  private List<HeardWord> heard(Optional<WordSpan> found) {
    return found.flatMap(word -> heard(word, network.apply(picture(word)))).stream().toList();
  }

  private float[] picture(WordSpan word) {
    float[] picture = settings.padding().picture(pictureFrames * bands);
    long begin = word.firstFrame() - settings.marginFrames();
    // What was before the stream, or in a gap, is not known: padding, too.
    long from = Math.max(begin, window.segmentStart());
    int frames = (int) (word.lastFrame() + 1 - from);
    float[] known = window.frames(from, frames);
    System.arraycopy(known, 0, picture, (int) (from - begin) * bands, known.length);
    return picture;
  }

  private Optional<HeardWord> heard(WordSpan word, float[] probabilities) {
    int best = 0;
    for (int label = 1; label < probabilities.length; label++) {
      if (probabilities[label] > probabilities[best]) {
        best = label;
      }
    }
    if (best >= WordSpotter.DIGITS) {
      return Optional.empty();
    }
    float[] digits = calibration.apply(Arrays.copyOf(probabilities, WordSpotter.DIGITS), best);
    if (digits[best] < settings.threshold()) {
      return Optional.empty();
    }
    int half = times.half(1);
    return Optional.of(
        new HeardWord(
            best,
            times.centre(word.firstFrame()) - half,
            Math.max(
                times.centre(word.firstFrame()) - half + 1, times.centre(word.lastFrame()) + half),
            times.end(word.decidedFrame()),
            digits));
  }

  @Override
  public int stateBytes() {
    return OnsetDetector.STATE_BYTES;
  }

  @Override
  public void putState(ByteBuffer buffer) {
    detector.putState(buffer);
  }

  @Override
  public void restore(ByteBuffer buffer) {
    detector.restore(buffer);
  }
}
