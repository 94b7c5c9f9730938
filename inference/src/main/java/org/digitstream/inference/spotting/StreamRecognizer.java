package org.digitstream.inference.spotting;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.digitstream.contract.DigitEvent.RunnerUp;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.Activations;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.OnsetSettings;
import org.digitstream.inference.model.Window;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.WindowSequence;
import org.digitstream.inference.model.WordParts;

/**
 * Recognizes the digits of one stream of log-mel frames.
 *
 * <p>The network is called on a fixed number of frames at places that the frames' absolute indices
 * decide (at the end of each block, for a model that listens all the time) or the frames themselves
 * (where a word is over, for a model that waits for one); so the digits are the same bits for every
 * way of cutting the stream into records. Frames that were seen before are dropped. A jump in the
 * index is a gap: what was said before it is brought to its end as at the end of a stream, and what
 * comes after it starts anew, with silence before it.
 *
 * <p>To go on after a crash it takes a {@link #cursor()} (below 250 bytes, or about 1 KB for a
 * model that decodes strings) and the last {@link #blockCapacity()} blocks of frames: what a call
 * sees, and, where a model's words are judged, what the network heard for as long as the judge
 * looks back. One thread at a time.
 */
public final class StreamRecognizer {
  private static final int RUNNERS_UP = 3;
  private static final byte CURSOR_VERSION = 1;
  private static final int POSITION_BYTES = 1 + 8 + 8 + 8;

  private final FeatureSpec spec;
  private final WindowClassifier classifier;
  private WindowSequence windows;
  private final int blockFrames;
  private final int blockCapacity;
  private final FrameWindow window;
  private final WordFinder finder;
  private final String modelId;
  private final boolean partsOfWords;
  private final List<FrameBlock> changedBlocks = new ArrayList<>();
  private long nextIndex;
  private final List<NetworkOutput> outputs = new ArrayList<>();

  /**
   * A recognizer at the beginning of a stream.
   *
   * @param model the model
   * @param classifier runs that model; may be shared by the streams of one thread
   */
  public StreamRecognizer(ModelBundle model, WindowClassifier classifier) {
    this.spec = model.featureSpec();
    this.classifier = classifier;
    this.windows = classifier.sequence();
    this.blockFrames = model.geometry().blockFrames();
    // The picture of a word does not end with a block, so it reaches into one more.
    boolean onset = model.spotter() instanceof OnsetSettings;
    int judged = model.judge().isPresent() ? ContinuousFinder.blocksBefore(model.geometry()) : 0;
    this.blockCapacity = model.geometry().windowBlocks() + (onset ? 1 : 0) + judged;
    this.window = new FrameWindow(spec.bands(), blockFrames, blockCapacity, spec.silence());
    this.finder =
        model.spotter() instanceof OnsetSettings settings
            ? new OnsetFinder(model, settings, window, frames -> heard(classifier.classify(frames)))
            : new ContinuousFinder(model, window, this::heard);
    this.partsOfWords = model.labels().equals(WordParts.LABELS);
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
    StreamRecognizer recognizer = new StreamRecognizer(model, classifier);
    if (cursor.length < POSITION_BYTES || cursor[0] != CURSOR_VERSION) {
      throw new IllegalArgumentException(
          "a cursor of " + cursor.length + " bytes is not of version " + CURSOR_VERSION);
    }
    ByteBuffer buffer = ByteBuffer.wrap(cursor, 1, cursor.length - 1);
    long segmentStart = buffer.getLong();
    long nextFrame = buffer.getLong();
    recognizer.nextIndex = buffer.getLong();
    try {
      recognizer.finder.restore(buffer);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a cursor is not one of this model", e);
    }
    if (buffer.hasRemaining()) {
      throw new IllegalArgumentException(
          "a cursor is " + buffer.remaining() + " bytes too long for this model");
    }
    if (segmentStart < 0 || nextFrame < segmentStart || recognizer.nextIndex < 0) {
      throw new IllegalArgumentException(
          "a cursor at frame " + nextFrame + " of a segment from " + segmentStart + " is none");
    }
    recognizer.window.restorePosition(segmentStart, nextFrame);
    long blockFrames = recognizer.blockFrames;
    long currentBlock = Math.floorDiv(nextFrame, blockFrames);
    long firstBlock =
        Math.max(
            Math.floorDiv(segmentStart, blockFrames), currentBlock - recognizer.blockCapacity + 1);
    for (long block = firstBlock; block <= currentBlock; block++) {
      float[] values = blockValues.apply(block);
      if (values != null && values.length <= blockFrames * recognizer.spec.bands()) {
        recognizer.window.restore(block, values);
      }
    }
    recognizer.finder.framesRestored();
    recognizer.outputs.clear();
    return recognizer;
  }

  /**
   * A recognizer that goes on with a stream that another model, or another version of this program,
   * has recognized so far: it counts that one's digits on, and knows of nothing that was said
   * before its first frame, as after a gap.
   *
   * @param model the model from here on
   * @param classifier runs that model
   * @param cursor the other one's {@link #cursor()}, of which only the beginning is looked at
   * @param firstFrame index of the first frame to come, at least 0
   * @throws IllegalArgumentException where the cursor's beginning is none of this version's
   */
  public static StreamRecognizer takeOver(
      ModelBundle model, WindowClassifier classifier, byte[] cursor, long firstFrame) {
    if (cursor.length < POSITION_BYTES || cursor[0] != CURSOR_VERSION) {
      throw new IllegalArgumentException(
          "a cursor of " + cursor.length + " bytes is not of version " + CURSOR_VERSION);
    }
    long digits = ByteBuffer.wrap(cursor).getLong(POSITION_BYTES - Long.BYTES);
    if (digits < 0) {
      throw new IllegalArgumentException("a cursor after " + digits + " digits is none");
    }
    StreamRecognizer recognizer = new StreamRecognizer(model, classifier);
    recognizer.nextIndex = digits;
    recognizer.window.startSegment(firstFrame);
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
    outputs.clear();
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
        windows = classifier.sequence();
      }
      for (int frame = (int) duplicates; frame < frames; frame++) {
        window.append(values, frame * bands);
        if (window.nextFrame() % blockFrames == 0) {
          changedBlocks.add(window.block(window.nextFrame() / blockFrames - 1));
        }
        finder.frameAdded().forEach(word -> digits.add(detection(word)));
      }
      if (window.nextFrame() % blockFrames != 0) {
        changedBlocks.add(window.block(window.nextFrame() / blockFrames));
      }
    }
    return new Recognition(digits, outputs, duplicates, gap);
  }

  /** Ends the stream: brings what was said to its end, as if silence followed. */
  public Recognition finish() {
    changedBlocks.clear();
    outputs.clear();
    List<Detection> digits = flush();
    return new Recognition(digits, outputs, 0, 0);
  }

  private List<Detection> flush() {
    return window.nextFrame() > window.segmentStart()
        ? finder.flush().stream().map(this::detection).toList()
        : List.of();
  }

  private Activations heard(Window frames) {
    Activations activations = windows.next(frames);
    heard(activations.probabilities());
    return activations;
  }

  private float[] heard(float[] probabilities) {
    outputs.add(new NetworkOutput(finder.frameOfCall(), perDigit(probabilities)));
    return probabilities;
  }

  private float[] perDigit(float[] probabilities) {
    if (!partsOfWords) {
      return probabilities;
    }
    int outputsOfCall = probabilities.length / WordParts.CLASSES;
    int classes = ModelBundle.LABELS.size();
    float[] digits = new float[outputsOfCall * classes];
    for (int output = 0; output < outputsOfCall; output++) {
      System.arraycopy(
          WordParts.digitProbabilities(probabilities, output * WordParts.CLASSES),
          0,
          digits,
          output * classes,
          classes);
    }
    return digits;
  }

  private Detection detection(HeardWord word) {
    float[] p = word.probabilities();
    List<RunnerUp> runnersUp =
        IntStream.range(0, p.length)
            .filter(digit -> digit != word.digit())
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(digit -> -p[digit]))
            .limit(RUNNERS_UP)
            .map(digit -> new RunnerUp(digit, p[digit]))
            .toList();
    return new Detection(
        nextIndex++,
        word.digit(),
        word.startSample(),
        word.endSample(),
        p[word.digit()],
        runnersUp,
        word.neededSample());
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
    ByteBuffer buffer =
        ByteBuffer.allocate(cursorBytes())
            .put(CURSOR_VERSION)
            .putLong(window.segmentStart())
            .putLong(window.nextFrame())
            .putLong(nextIndex);
    finder.putState(buffer);
    return buffer.array();
  }

  private int cursorBytes() {
    return POSITION_BYTES + finder.stateBytes();
  }

  /** The blocks that the last {@link #accept} changed: what has to be remembered anew. */
  public List<FrameBlock> changedBlocks() {
    return List.copyOf(changedBlocks);
  }

  /**
   * How many blocks have to be remembered: that of index {@code i} replaces {@code i - capacity}.
   */
  public int blockCapacity() {
    return blockCapacity;
  }
}
