package org.digitstream.inference.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.digitstream.contract.FeatureSpec;

/**
 * A trained model: everything that decides what it hears, and where it comes from. Immutable.
 *
 * <p>The file is a ZIP of {@code bundle.json} and {@code weights.bin} (32-bit little-endian
 * floats). Layer by layer the weights come first, {@code [output][input][frame]}, then the biases.
 * It is data only: nothing in it names a class.
 */
public final class ModelBundle {
  /** The class after the ten digits. */
  public static final String NOT_A_DIGIT = "not-a-digit";

  /** The classes in the order of the network's outputs. */
  public static final List<String> LABELS =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", NOT_A_DIGIT);

  private static final int FORMAT = 1;
  private static final long MAX_JSON_BYTES = 1 << 20;
  private static final String BUNDLED = "/models/digits-wideband.zip";
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /**
   * What {@code bundle.json} holds.
   *
   * @param format version of the file format
   * @param name what people call the model
   * @param labels the classes
   * @param featureSpec what its input is computed with
   * @param normalization what is done to the input
   * @param network its shape
   * @param lookAheadFrames see {@link StreamGeometry}
   * @param outputsPerBlock see {@link StreamGeometry}
   * @param spotter how its probabilities become digits
   * @param weightsSha256 hash of {@code weights.bin} in hexadecimal
   * @param provenance its story
   */
  private record Description(
      int format,
      String name,
      List<String> labels,
      FeatureSpec featureSpec,
      Normalization normalization,
      NetworkShape network,
      int lookAheadFrames,
      int outputsPerBlock,
      SpotterSettings spotter,
      String weightsSha256,
      Provenance provenance) {}

  private final Description description;
  private final float[] weights;
  private final StreamGeometry geometry;
  private final String modelId;

  /**
   * A model of its parts.
   *
   * @param name what people call it
   * @param weights as in the file; not copied
   * @throws IllegalArgumentException where the parts do not fit each other
   */
  public ModelBundle(
      String name,
      FeatureSpec featureSpec,
      Normalization normalization,
      NetworkShape network,
      int lookAheadFrames,
      int outputsPerBlock,
      SpotterSettings spotter,
      float[] weights,
      Provenance provenance) {
    this(
        new Description(
            FORMAT,
            name,
            LABELS,
            featureSpec,
            normalization,
            network,
            lookAheadFrames,
            outputsPerBlock,
            spotter,
            sha256(bytes(weights)),
            provenance),
        weights);
  }

  private ModelBundle(Description description, float[] weights) {
    this.description = description;
    this.weights = weights;
    NetworkShape network = description.network;
    require(description.labels.equals(LABELS), "its labels are " + description.labels);
    require(
        network.classes() == LABELS.size(),
        "its network has " + network.classes() + " classes for " + LABELS.size() + " labels");
    require(
        network.bands() == description.featureSpec.bands()
            && network.bands() == description.normalization.mean().length,
        "its network, normalization and feature specification differ in the number of bands");
    require(
        weights.length == network.parameterCount(),
        "it has " + weights.length + " weights where its network has " + network.parameterCount());
    for (float weight : weights) {
      require(Float.isFinite(weight), "a weight is " + weight);
    }
    geometry = StreamGeometry.of(network, description.lookAheadFrames, description.outputsPerBlock);
    try {
      modelId =
          description.name + "-" + sha256(MAPPER.writeValueAsBytes(description)).substring(0, 8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a description that was read can be written", e);
    }
  }

  /** The model that comes with the program. */
  public static ModelBundle bundled() {
    try (InputStream in = ModelBundle.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new ModelException(
            "the bundled model is missing from this build; name another one with --model FILE");
      }
      return read(in, "the bundled model");
    } catch (IOException e) {
      throw new ModelException("the bundled model cannot be read: " + e.getMessage(), e);
    }
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

  private static ModelBundle read(InputStream in, String what) throws IOException {
    Description description = null;
    byte[] weightBytes = null;
    try (ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        switch (entry.getName()) {
          case "bundle.json" -> description = readDescription(zip, what);
          case "weights.bin" -> {
            if (description == null) {
              throw new ModelException(what + " is not a model: bundle.json must come first in it");
            }
            weightBytes = readAtMost(zip, 4L * description.network.parameterCount(), what);
          }
          default -> {
            // A newer version may add entries.
          }
        }
      }
    }
    if (description == null || weightBytes == null) {
      throw new ModelException(
          what
              + " is not a digitstream model: it should be a ZIP with bundle.json and weights.bin,"
              + " as 'digitstream train' writes it");
    }
    if (!sha256(weightBytes).equals(description.weightsSha256)) {
      throw new ModelException(
          what + " is damaged: its weights do not have the hash that it states");
    }
    float[] weights = new float[weightBytes.length / 4];
    ByteBuffer.wrap(weightBytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(weights);
    try {
      return new ModelBundle(description, weights);
    } catch (IllegalArgumentException e) {
      throw new ModelException(what + " is not a usable model: " + e.getMessage(), e);
    }
  }

  private static Description readDescription(InputStream in, String what) throws IOException {
    byte[] json = readAtMost(in, MAX_JSON_BYTES, what);
    try {
      Description description = MAPPER.readValue(json, Description.class);
      if (description.format != FORMAT) {
        throw new ModelException(
            what
                + " has model format "
                + description.format
                + "; this version reads format "
                + FORMAT
                + ": train it again, or use the version that wrote it");
      }
      return description;
    } catch (JsonProcessingException e) {
      throw new ModelException(what + " is not a usable model: " + e.getOriginalMessage(), e);
    }
  }

  private static byte[] readAtMost(InputStream in, long most, String what) throws IOException {
    byte[] bytes = in.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE));
    if (bytes.length > most) {
      throw new ModelException(
          what + " is not a usable model: an entry is larger than " + most + " bytes");
    }
    return bytes;
  }

  /**
   * Writes the file; nothing is left behind where that fails.
   *
   * @throws IOException where it cannot be written
   */
  public void write(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path part = parent.resolve(file.getFileName() + ".part");
    try {
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part))) {
        put(zip, "bundle.json", MAPPER.writeValueAsBytes(description));
        put(zip, "weights.bin", bytes(weights));
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    // A fixed time, so that the same model is the same file.
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** The name and eight hexadecimal digits of a hash over everything in the bundle. */
  public String modelId() {
    return modelId;
  }

  /** What its input is computed with. */
  public FeatureSpec featureSpec() {
    return description.featureSpec;
  }

  /** What is done to the input. */
  public Normalization normalization() {
    return description.normalization;
  }

  /** The network's shape. */
  public NetworkShape network() {
    return description.network;
  }

  /** How the network walks over a stream. */
  public StreamGeometry geometry() {
    return geometry;
  }

  /** How probabilities become digits. */
  public SpotterSettings spotter() {
    return description.spotter;
  }

  /** The model's story. */
  public Provenance provenance() {
    return description.provenance;
  }

  /** The weights in the order of the file; not copied, not to be changed. */
  public float[] weights() {
    return weights;
  }

  /** The same model with other spotter settings. */
  public ModelBundle withSpotter(SpotterSettings spotter) {
    Description d = description;
    return new ModelBundle(
        d.name,
        d.featureSpec,
        d.normalization,
        d.network,
        d.lookAheadFrames,
        d.outputsPerBlock,
        spotter,
        weights,
        d.provenance);
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
              + ", or a model that was trained with "
              + spec.name()
              + " (--model FILE).");
    }
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}
