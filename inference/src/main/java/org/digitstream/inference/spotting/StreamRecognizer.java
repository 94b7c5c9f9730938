package org.digitstream.inference.spotting;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.digitstream.contract.DigitEvent.RunnerUp;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.StreamGeometry;
import org.digitstream.inference.model.WindowClassifier;

/**
 * Recognizes the digits of one stream of log-mel frames.
 *
 * <p>Frames are cut into blocks by absolute index. Each complete block makes one call of the
 * network, on the {@linkplain StreamGeometry#windowFrames() window} that ends with it; so the
 * digits are the same bits for every way of cutting the stream into records. Frames that were seen
 * before are dropped. A jump in the index is a gap: what was said before it is brought to its end
 * as at the end of a stream, and what comes after it starts anew, with silence before it.
 *
 * <p>To go on after a crash it takes a {@link #cursor()} (below 120 bytes) and the last {@link
 * #blockCapacity()} blocks of frames. One thread at a time.
 */
public final class StreamRecognizer {
  private static final int RUNNERS_UP = 3;
  private static final byte CURSOR_VERSION = 1;
  private static final int CURSOR_BYTES = 1 + 8 + 8 + 8 + DigitSpotter.STATE_BYTES;

  private final FeatureSpec spec;
  private final StreamGeometry geometry;
  private final int classes;
  private final WindowClassifier classifier;
  private final FrameWindow window;
  private final DigitSpotter spotter;
  private final String modelId;
  private final List<FrameBlock> changedBlocks = new ArrayList<>();
  private long nextIndex;
  private int windows;

  /**
   * A recognizer at the beginning of a stream.
   *
   * @param model the model
   * @param classifier runs that model; may be shared by the streams of one thread
   */
  public StreamRecognizer(ModelBundle model, WindowClassifier classifier) {
    this.spec = model.featureSpec();
    this.geometry = model.geometry();
    this.classes = model.network().classes();
    this.classifier = classifier;
    this.window =
        new FrameWindow(
            spec.bands(), geometry.blockFrames(), geometry.windowBlocks(), spec.silence());
    this.spotter = new DigitSpotter(model.spotter());
    this.modelId = model.modelId() + "+" + classifier.engineId();
  }

  /**
   * A recognizer that goes on where another one was.
   *
   * @param model the model of that one
   * @param classifier runs that model
   * @param cursor its {@link #cursor()}
   * @param blockValues gives the values of the {@link FrameBlock} of an index as last changed, or
   *     null where there is none
   * @throws IllegalArgumentException where the cursor is none of this version's
   */
  public static StreamRecognizer resume(
      ModelBundle model,
      WindowClassifier classifier,
      byte[] cursor,
      LongFunction<float[]> blockValues) {
    if (cursor.length != CURSOR_BYTES || cursor[0] != CURSOR_VERSION) {
      throw new IllegalArgumentException(
          "a cursor of " + cursor.length + " bytes is not of version " + CURSOR_VERSION);
    }
    StreamRecognizer recognizer = new StreamRecognizer(model, classifier);
    ByteBuffer buffer = ByteBuffer.wrap(cursor, 1, cursor.length - 1);
    long segmentStart = buffer.getLong();
    long nextFrame = buffer.getLong();
    recognizer.nextIndex = buffer.getLong();
    recognizer.spotter.restore(buffer);
    recognizer.window.restorePosition(segmentStart, nextFrame);
    int blockFrames = recognizer.geometry.blockFrames();
    long currentBlock = Math.floorDiv(nextFrame, (long) blockFrames);
    long firstBlock =
        Math.max(
            Math.floorDiv(segmentStart, (long) blockFrames),
            currentBlock - recognizer.blockCapacity() + 1);
    for (long block = firstBlock; block <= currentBlock; block++) {
      float[] values = blockValues.apply(block);
      if (values != null) {
        recognizer.window.restore(block, values);
      }
    }
    return recognizer;
  }

  /**
   * Takes the next frames.
   *
   * @param firstFrame index of the first one, at least 0
   * @param values {@code values[frame * bands + band]}; not kept
   */
  public Recognition accept(long firstFrame, float[] values) {
    changedBlocks.clear();
    windows = 0;
    int bands = spec.bands();
    int frames = values.length / bands;
    List<Detection> digits = new ArrayList<>();
    long duplicates = Math.max(0, Math.min(window.nextFrame() - firstFrame, frames));
    long gap = 0;
    if (duplicates < frames) {
      gap = Math.max(0, firstFrame - window.nextFrame());
      if (gap > 0) {
        digits.addAll(flush());
        window.startSegment(firstFrame);
      }
      for (int frame = (int) duplicates; frame < frames; frame++) {
        window.append(values, frame * bands);
        if (window.nextFrame() % geometry.blockFrames() == 0) {
          changedBlocks.add(window.block(window.nextFrame() / geometry.blockFrames() - 1));
          classifyBlock(digits);
        }
      }
      if (window.nextFrame() % geometry.blockFrames() != 0) {
        changedBlocks.add(window.block(window.nextFrame() / geometry.blockFrames()));
      }
    }
    return new Recognition(digits, windows, duplicates, gap);
  }

  /** Ends the stream: silence follows until nothing more can come of it. */
  public Recognition finish() {
    changedBlocks.clear();
    windows = 0;
    return new Recognition(flush(), windows, 0, 0);
  }

  private List<Detection> flush() {
    List<Detection> digits = new ArrayList<>();
    long end = window.nextFrame();
    if (end > window.segmentStart()) {
      long outputs = 0;
      do {
        window.appendSilence();
        if (window.nextFrame() % geometry.blockFrames() == 0) {
          classifyBlock(digits);
        }
        outputs = window.nextFrame() / geometry.strideFrames();
      } while (geometry.frameOfOutput(outputs - 1) < end
          || window.nextFrame() % geometry.blockFrames() != 0);
      spotter.finish(outputs - 1).ifPresent(word -> digits.add(detection(word)));
    }
    return digits;
  }

  private void classifyBlock(List<Detection> digits) {
    float[] probabilities = classifier.classify(window.last(geometry.windowFrames()));
    windows++;
    long firstOutput = window.nextFrame() / geometry.strideFrames() - geometry.outputsPerBlock();
    for (int i = 0; i < geometry.outputsPerBlock(); i++) {
      // Before the first frame there is nothing to speak of.
      if (geometry.frameOfOutput(firstOutput + i) >= window.segmentStart()) {
        spotter
            .accept(firstOutput + i, probabilities, i * classes)
            .ifPresent(word -> digits.add(detection(word)));
      }
    }
  }

  private Detection detection(SpottedWord word) {
    float[] p = word.probabilities();
    List<RunnerUp> runnersUp =
        IntStream.range(0, p.length)
            .filter(digit -> digit != word.digit())
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(digit -> -p[digit]))
            .limit(RUNNERS_UP)
            .map(digit -> new RunnerUp(digit, p[digit]))
            .toList();
    int half = geometry.strideFrames() * spec.hopSamples() / 2;
    long start = Math.max(0, centre(word.firstOutput()) - half);
    return new Detection(
        nextIndex++,
        word.digit(),
        start,
        Math.max(start + 1, centre(word.lastOutput()) + half),
        p[word.digit()],
        runnersUp,
        neededSample(word.decidedOutput()));
  }

  /** The sample in the middle of the frame that an output speaks of. */
  private long centre(long output) {
    return spec.firstSampleOfFrame(geometry.frameOfOutput(output)) + spec.fftSamples() / 2;
  }

  /** The sample after the last one of the block that an output is in. */
  private long neededSample(long output) {
    long block = output / geometry.outputsPerBlock();
    long lastFrame = (block + 1) * geometry.blockFrames() - 1;
    return spec.firstSampleOfFrame(lastFrame) + spec.fftSamples();
  }

  /** Names the model and the engine. */
  public String modelId() {
    return modelId;
  }

  /** How many digits have been found so far. */
  public long digits() {
    return nextIndex;
  }

  /** What must be remembered, beside the blocks, to go on after a crash. */
  public byte[] cursor() {
    return ByteBuffer.allocate(CURSOR_BYTES)
        .put(CURSOR_VERSION)
        .putLong(window.segmentStart())
        .putLong(window.nextFrame())
        .putLong(nextIndex)
        .put(spotter.state())
        .array();
  }

  /** The blocks that the last {@link #accept} changed: what has to be remembered anew. */
  public List<FrameBlock> changedBlocks() {
    return List.copyOf(changedBlocks);
  }

  /**
   * How many blocks have to be remembered: that of index {@code i} replaces {@code i - capacity}.
   */
  public int blockCapacity() {
    return geometry.windowBlocks();
  }
}
