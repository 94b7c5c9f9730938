package org.digitstream.inference.spotting;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.digitstream.inference.model.Activations;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.PeakSettings;
import org.digitstream.inference.model.SpotterSettings;
import org.digitstream.inference.model.StreamGeometry;
import org.digitstream.inference.model.ViterbiSettings;
import org.digitstream.inference.model.WindowSequence;

/**
 * Calls the network at the end of each block of frames, on the window that ends with it, and lets a
 * {@link WordSpotter} listen to its outputs.
 */
final class ContinuousFinder implements WordFinder {
  private final StreamGeometry geometry;
  private final FrameTimes times;
  private final int classes;
  private final FrameWindow window;
  private final WindowSequence network;
  private final WordSpotter spotter;
  private final Float spanFall;

  private final HiddenHistory history;
  private final int hidden;

  ContinuousFinder(ModelBundle model, FrameWindow window, WindowSequence network) {
    this(
        model,
        window,
        network,
        history ->
            model
                .judge()
                .map(judge -> (DecodedWord.Judge) new HiddenWordJudge(history, judge))
                .orElse(DecodedWord.Judge.NONE));
  }

  /**
   * Whose decoded words somebody else judges.
   *
   * @param judges makes who judges, by what the network's last layer is given
   */
  ContinuousFinder(
      ModelBundle model,
      FrameWindow window,
      WindowSequence network,
      Function<HiddenHistory, DecodedWord.Judge> judges) {
    this.geometry = model.geometry();
    this.times = new FrameTimes(model.featureSpec());
    this.classes = model.labels().size();
    this.window = window;
    this.network = network;
    this.hidden = model.judge().isPresent() ? model.hidden() : 0;
    this.history = new HiddenHistory(hidden);
    if (model.spotter() instanceof PeakSettings peaks) {
      this.spotter = new PeakSpotter(peaks, model.calibration());
      this.spanFall = peaks.spanFall();
    } else {
      this.spotter =
          model.spotter() instanceof ViterbiSettings viterbi
              ? new ViterbiDecoder(viterbi, judges.apply(history), model.calibration())
              : new DigitSpotter((SpotterSettings) model.spotter(), model.calibration());
      this.spanFall = null;
    }
  }

  @Override
  public List<HeardWord> frameAdded() {
    if (window.nextFrame() % geometry.blockFrames() != 0) {
      return List.of();
    }
    Activations activations = network.next(window.lastAsWindow(geometry.windowFrames()));
    List<HeardWord> words = new ArrayList<>();
    long firstOutput = firstOutputOfBlockBefore(window.nextFrame());
    for (int i = 0; i < geometry.outputsPerBlock(); i++) {
      if (isOfSegment(firstOutput + i)) {
        history.add(firstOutput + i, activations.hidden(), i * hidden);
        spotter
            .accept(firstOutput + i, activations.probabilities(), i * classes)
            .forEach(word -> words.add(heard(word)));
      }
    }
    return words;
  }

  private long firstOutputOfBlockBefore(long frame) {
    return frame / geometry.strideFrames() - geometry.outputsPerBlock();
  }

  /** Before the first frame there is nothing to speak of. */
  private boolean isOfSegment(long output) {
    return geometry.frameOfOutput(output) >= window.segmentStart();
  }

  /** Blocks before those that a call reaches into that a judge needs after a crash. */
  static int blocksBefore(StreamGeometry geometry) {
    return (HiddenHistory.OUTPUTS + geometry.outputsPerBlock() - 1) / geometry.outputsPerBlock();
  }

  /** Lets the network hear again what the history would hold. */
  @Override
  public void framesRestored() {
    if (hidden == 0) {
      return;
    }
    long blockFrames = geometry.blockFrames();
    long lastBlock = window.nextFrame() / blockFrames;
    for (long block = lastBlock - blocksBefore(geometry) + 1; block <= lastBlock; block++) {
      long end = block * blockFrames;
      if (end > window.segmentStart()) {
        Activations activations = network.next(window.windowBefore(end, geometry.windowFrames()));
        for (int i = 0; i < geometry.outputsPerBlock(); i++) {
          long output = firstOutputOfBlockBefore(end) + i;
          if (isOfSegment(output)) {
            history.add(output, activations.hidden(), i * hidden);
          }
        }
      }
    }
  }

  @Override
  public long frameOfCall() {
    return geometry.frameOfOutput(firstOutputOfBlockBefore(window.nextFrame()));
  }

  /** Silence follows until nothing more can come of it. */
  @Override
  public List<HeardWord> flush() {
    List<HeardWord> words = new ArrayList<>();
    long end = window.nextFrame();
    long outputs = 0;
    do {
      window.appendSilence();
      words.addAll(frameAdded());
      outputs = window.nextFrame() / geometry.strideFrames();
    } while (geometry.frameOfOutput(outputs - 1) < end + settlingFrames()
        || window.nextFrame() % geometry.blockFrames() != 0);
    spotter.finish(outputs - 1).forEach(word -> words.add(heard(word)));
    history.clear();
    return words;
  }

  /**
   * Outputs that tell of a word's end do so for as long after it as they look ahead, and longer.
   */
  private int settlingFrames() {
    return spanFall == null ? 0 : geometry.lookAheadFrames();
  }

  private HeardWord heard(SpottedWord word) {
    int half = times.half(geometry.strideFrames());
    long firstFrame = geometry.frameOfOutput(word.firstOutput());
    long lastFrame = geometry.frameOfOutput(word.lastOutput());
    if (spanFall != null) {
      WordSpan span = extent(firstFrame);
      firstFrame = span.firstFrame();
      lastFrame = span.lastFrame();
    }
    long start = Math.max(0, times.centre(firstFrame) - half);
    long end = times.centre(lastFrame) + half;
    return new HeardWord(
        word.digit(),
        start,
        Math.max(start + 1, end),
        neededSample(word.decidedOutput()),
        word.probabilities());
  }

  /** The word that ends near a frame, in the frames that are there yet. */
  private WordSpan extent(long endFrame) {
    long decidedFrame = window.nextFrame() - 1;
    long first = Math.max(window.segmentStart(), window.nextFrame() - geometry.windowFrames());
    int frames = (int) (window.nextFrame() - first);
    return WordExtent.around(
        endFrame, first, window.frames(first, frames), frames, spanFall, decidedFrame);
  }

  /** The sample after the last one of the block that an output is in. */
  private long neededSample(long output) {
    long block = output / geometry.outputsPerBlock();
    return times.end((block + 1) * geometry.blockFrames() - 1);
  }

  @Override
  public int stateBytes() {
    return spotter.stateBytes();
  }

  @Override
  public void putState(ByteBuffer buffer) {
    buffer.put(spotter.state());
  }

  @Override
  public void restore(ByteBuffer buffer) {
    spotter.restore(buffer);
  }
}
