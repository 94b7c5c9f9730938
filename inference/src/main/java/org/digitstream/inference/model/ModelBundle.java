package org.digitstream.inference.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.digitstream.contract.FeatureSpec;

/**
 * A trained model: everything that decides what it hears, and where it comes from. Immutable.
 *
 * <p>The file is a ZIP of {@code bundle.json} and {@code weights.bin} (32-bit little-endian
 * floats). Layer by layer the weights come first, then the biases: of a convolution over time
 * {@code [output][input][frame]}, of one over pictures {@code [output][input][band][frame]}, of the
 * dense layer {@code [class][input]}. Those of a {@link WordJudge} come last. It is data only:
 * nothing in it names a class.
 */
public final class ModelBundle {
  /** The class after the ten digits. */
  public static final String NOT_A_DIGIT = "not-a-digit";

  /** The classes of a network that knows nothing but digits, in the order of its outputs. */
  public static final List<String> DIGITS =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  /** The classes of any other network, in the order of its outputs. */
  public static final List<String> LABELS =
      Stream.concat(DIGITS.stream(), Stream.of(NOT_A_DIGIT)).toList();

  /** A block of frames is then about as large as that of a network over time. */
  private static final int FRAMES_KEPT_TOGETHER = 8;

  private final ModelDescription description;
  private final float[] weights;
  private final StreamGeometry geometry;
  private final WordJudge judge;
  private final String modelId;

  /**
   * A model of a network over time.
   *
   * @param name what people call it
   * @param lookAheadFrames see {@link StreamGeometry}
   * @param outputsPerBlock see {@link StreamGeometry}
   * @param weights as in the file; not copied
   * @throws IllegalArgumentException where the parts do not fit each other
   */
  public ModelBundle(
      String name,
      FeatureSpec featureSpec,
      Normalization normalization,
      TemporalShape network,
      int lookAheadFrames,
      int outputsPerBlock,
      Spotting spotter,
      float[] weights,
      Provenance provenance) {
    this(
        name,
        featureSpec,
        normalization,
        network,
        StreamGeometry.of(network, lookAheadFrames, outputsPerBlock, normalization.framesBefore()),
        spotter,
        weights,
        provenance);
  }

  /**
   * A model of a network that classifies pictures, each ending {@code strideFrames} after the one
   * before it.
   *
   * @param name what people call it
   * @param lookAheadFrames a picture speaks of the frame this many before its last one
   * @param strideFrames frames from one picture to the next
   * @param weights as in the file; not copied
   * @throws IllegalArgumentException where the parts do not fit each other
   */
  public ModelBundle(
      String name,
      FeatureSpec featureSpec,
      Normalization normalization,
      PictureShape network,
      int lookAheadFrames,
      int strideFrames,
      Spotting spotter,
      float[] weights,
      Provenance provenance) {
    this(
        name,
        featureSpec,
        normalization,
        network,
        StreamGeometry.of(network, lookAheadFrames, strideFrames),
        spotter,
        weights,
        provenance);
  }

  /**
   * A model of a network that classifies the picture of one word, found by its level: for pictures
   * that begin with a word. Its classes are the {@link #DIGITS}, or {@link #LABELS}.
   *
   * @param name what people call it
   * @param weights as in the file; not copied
   * @throws IllegalArgumentException where the parts do not fit each other
   */
  public ModelBundle(
      String name,
      FeatureSpec featureSpec,
      Normalization normalization,
      PictureShape network,
      OnsetSettings spotter,
      float[] weights,
      Provenance provenance) {
    this(
        name,
        featureSpec,
        normalization,
        network,
        StreamGeometry.of(network, 0, Math.min(FRAMES_KEPT_TOGETHER, network.frames())),
        spotter,
        weights,
        provenance);
  }

  private ModelBundle(
      String name,
      FeatureSpec featureSpec,
      Normalization normalization,
      NetworkShape network,
      StreamGeometry geometry,
      Spotting spotter,
      float[] weights,
      Provenance provenance) {
    this(
        ModelDescription.of(
            name,
            featureSpec,
            normalization,
            network,
            geometry,
            spotter,
            ModelFile.sha256(weights),
            provenance),
        weights);
  }

  private ModelBundle(ModelDescription description, float[] weights) {
    this.description = description;
    this.weights = weights;
    NetworkShape network = description.network();
    List<String> labels = description.labels();
    boolean parts = labels.equals(WordParts.LABELS);
    require(parts || labels.equals(LABELS) || labels.equals(DIGITS), "its labels are " + labels);
    require(
        parts == description.spotter() instanceof ViterbiSettings,
        "a network that tells the parts of words needs a spotter of type "
            + ViterbiSettings.TYPE
            + ", and that one needs such a network");
    require(
        !parts || network instanceof TemporalShape,
        "the parts of words are told by a network over time");
    require(
        network instanceof TemporalShape || description.normalization().framesBefore() == 0,
        "runningFrames are for a network over time");
    require(
        network.classes() == labels.size(),
        "its network has " + network.classes() + " classes for " + labels.size() + " labels");
    int bands = description.featureSpec().bands();
    int normalized = description.normalization().mean().length;
    require(
        network.bands() == bands && normalized == bands,
        "its network, normalization and feature specification differ in the number of bands: "
            + network.bands()
            + ", "
            + normalized
            + " and "
            + bands);
    JudgeShape judged = description.judge();
    require(
        judged == null || parts, "a judge of words needs a network that tells the parts of words");
    require(
        weights.length == description.parameterCount(),
        "it has "
            + weights.length
            + " weights where its network"
            + (judged == null ? " has " : " and its judge have ")
            + description.parameterCount());
    for (float weight : weights) {
      if (!Float.isFinite(weight)) {
        throw new IllegalArgumentException("a weight is " + weight);
      }
    }
    geometry = description.geometry();
    if (description.spotter() instanceof OnsetSettings onset) {
      requireOnset(onset);
    } else {
      require(
          parts || labels.contains(NOT_A_DIGIT),
          "a network that is called all the time needs the class "
              + NOT_A_DIGIT
              + "; one that knows digits only needs a spotter of type "
              + OnsetSettings.TYPE);
    }
    judge =
        judged == null
            ? null
            : new WordJudge(judged, description.hidden(), weights, network.parameterCount());
    modelId = ModelFile.id(description);
  }

  private void requireOnset(OnsetSettings onset) {
    require(
        description.network() instanceof PictureShape,
        "words that are found by their level need a network of pictures");
    int before = onset.marginFrames() + onset.leadFrames() + onset.enterFrames();
    require(
        Math.max(before, onset.marginFrames() + onset.minimumFrames()) <= geometry.windowFrames(),
        "marginFrames with leadFrames and enterFrames, or with minimumFrames, are more than the "
            + geometry.windowFrames()
            + " frames of a picture");
  }

  /**
   * Reads a model file.
   *
   * @throws ModelException where it is missing, damaged or no model, saying which
   */
  public static ModelBundle read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    } catch (NoSuchFileException e) {
      throw new ModelException(file + ": there is no such model file", e);
    } catch (IOException e) {
      throw new ModelException(file + " cannot be read as a model: " + e.getMessage(), e);
    }
  }

  static ModelBundle read(InputStream in, String what) throws IOException {
    try {
      ModelFile file = ModelFile.read(in, what);
      return new ModelBundle(file.description(), file.weights());
    } catch (IllegalArgumentException e) {
      // Also what Java's ZIP reader throws at a name of an entry that is no text.
      throw new ModelException(what + " is not a usable model: " + e.getMessage(), e);
    }
  }

  /**
   * Writes the file; nothing is left behind where that fails.
   *
   * @throws IOException where it cannot be written
   */
  public void write(Path file) throws IOException {
    new ModelFile(description, weights).write(file);
  }

  /**
   * The name and eight hexadecimal digits of a hash over everything in the bundle but when, where
   * and how fast it was trained. Models of the first format have these in it as well.
   */
  public String modelId() {
    return modelId;
  }

  /** What its input is computed with. */
  public FeatureSpec featureSpec() {
    return description.featureSpec();
  }

  /** What is done to the input. */
  public Normalization normalization() {
    return description.normalization();
  }

  /**
   * The classes in the order of the network's outputs: {@link #LABELS}, {@link #DIGITS} or {@link
   * WordParts#LABELS}.
   */
  public List<String> labels() {
    return description.labels();
  }

  /**
   * The classes of what a stream tells of the network's outputs: parts of words are put together.
   */
  public List<String> reportedLabels() {
    return labels().equals(WordParts.LABELS) ? LABELS : labels();
  }

  /** The network's shape. */
  public NetworkShape network() {
    return description.network();
  }

  /** How the network walks over a stream. */
  public StreamGeometry geometry() {
    return geometry;
  }

  /** How probabilities become digits. */
  public Spotting spotter() {
    return description.spotter();
  }

  /** Judges words once they are over; nothing where the decoder has the last word. */
  public Optional<WordJudge> judge() {
    return Optional.ofNullable(judge);
  }

  /** How many values the network's last layer is given for each output; 0 for pictures. */
  public int hidden() {
    return description.hidden();
  }

  /**
   * The same model with a judge, in place of one that it may have.
   *
   * @param shape the judge's shape
   * @param judgeWeights weights of its hidden layer {@code [unit][input]} and biases, then of its
   *     softmax {@code [class][unit]} and biases
   * @throws IllegalArgumentException where the parts do not fit each other
   */
  public ModelBundle withJudge(JudgeShape shape, float[] judgeWeights) {
    int own = network().parameterCount();
    float[] all = Arrays.copyOf(weights, own + judgeWeights.length);
    System.arraycopy(judgeWeights, 0, all, own, judgeWeights.length);
    return new ModelBundle(description.withJudge(shape, ModelFile.sha256(all)), all);
  }

  /** The same model with another story. */
  public ModelBundle withProvenance(Provenance provenance) {
    return new ModelBundle(description.withProvenance(provenance), weights);
  }

  /** What makes its confidences mean what they say; {@link Calibration#NONE} where nothing does. */
  public Calibration calibration() {
    return description.calibration() == null ? Calibration.NONE : description.calibration();
  }

  /** The model's story. */
  public Provenance provenance() {
    return description.provenance();
  }

  /** The weights in the order of the file; not copied, not to be changed. */
  public float[] weights() {
    return weights;
  }

  /** The same model with other spotter settings. */
  public ModelBundle withSpotter(Spotting spotter) {
    return new ModelBundle(description.withSpotter(spotter), weights);
  }

  /**
   * The same model with another calibration. Its threshold is about calibrated confidences; it is
   * left as it is, so it usually needs another one, too ({@link #withSpotter}).
   */
  public ModelBundle withCalibration(Calibration calibration) {
    return new ModelBundle(
        description.withCalibration(calibration.equals(Calibration.NONE) ? null : calibration),
        weights);
  }

  /**
   * Checks that features of a specification are what this model was trained with.
   *
   * @throws ModelException naming both, where they differ
   */
  public void requireFeatureSpec(FeatureSpec spec) {
    if (!spec.id().equals(featureSpec().id())) {
      throw new ModelException(
          "the feature specification does not fit the model "
              + modelId
              + ":\n  given  "
              + spec.describe()
              + "\n  model  "
              + featureSpec().describe()
              + "\nUse --feature-spec "
              + featureSpec().name()
              + " or none, or a model that was trained with "
              + spec.name()
              + " (--model FILE).");
    }
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}
