package org.digitstream.inference.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The bytes of a model: a ZIP of {@code bundle.json} and {@code weights.bin}. Files of every format
 * that was ever released are read.
 *
 * @param description what it says of itself
 * @param weights its weights
 */
@SuppressWarnings("ArrayRecordComponent") // passed on as it is; never compared
record ModelFile(ModelDescription description, float[] weights) {
  private static final String JSON_ENTRY = "bundle.json";
  private static final String WEIGHTS_ENTRY = "weights.bin";
  private static final long MAX_JSON_BYTES = 1 << 20;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /**
   * Reads a model.
   *
   * @param in the file
   * @param what names it in messages
   * @throws ModelException where it is damaged or no model, saying which
   */
  static ModelFile read(InputStream in, String what) throws IOException {
    ModelDescription description = null;
    byte[] weights = null;
    try (ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        switch (entry.getName()) {
          case JSON_ENTRY -> description = readDescription(zip, what);
          case WEIGHTS_ENTRY -> {
            if (description == null) {
              throw new ModelException(what + " is not a model: bundle.json must come first in it");
            }
            weights = readAtMost(zip, 4L * description.parameterCount(), what);
          }
          default -> {
            // A newer version may add entries.
          }
        }
      }
    }
    if (description == null || weights == null) {
      throw new ModelException(
          what
              + " is not a digitstream model: it should be a ZIP with bundle.json and weights.bin,"
              + " as 'digitstream train' writes it");
    }
    if (!sha256(weights).equals(description.weightsSha256())) {
      throw new ModelException(
          what + " is damaged: its weights do not have the hash that it states");
    }
    float[] values = new float[weights.length / 4];
    ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return new ModelFile(description, values);
  }

  private static ModelDescription readDescription(InputStream in, String what) throws IOException {
    byte[] json = readAtMost(in, MAX_JSON_BYTES, what);
    try {
      JsonNode tree = MAPPER.readTree(json);
      // Looked at first, since a format of the future may have fields that are unknown here.
      int format = tree.path("format").asInt();
      if (format < 1 || format > ModelDescription.NEWEST_FORMAT) {
        throw new ModelException(
            what
                + " has model format "
                + format
                + "; this version reads the formats up to "
                + ModelDescription.NEWEST_FORMAT
                + ": train it again, or use the version that wrote it");
      }
      sayType(tree.path("network"), TemporalShape.TYPE);
      sayType(tree.path("spotter"), SpotterSettings.TYPE);
      return MAPPER.treeToValue(tree, ModelDescription.class);
    } catch (JsonProcessingException e) {
      throw new ModelException(what + " is not a usable model: " + e.getOriginalMessage(), e);
    }
  }

  /** The first format had one type of each part and did not name it. */
  private static void sayType(JsonNode part, String type) {
    if (part instanceof ObjectNode node && !node.has("type")) {
      node.put("type", type);
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

  /** Writes the file; nothing is left behind where that fails. */
  void write(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path part = parent.resolve(file.getFileName() + ".part");
    try {
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part))) {
        put(zip, JSON_ENTRY, json(description));
        put(zip, WEIGHTS_ENTRY, bytes(weights));
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

  /**
   * The name and eight hexadecimal digits of a hash over everything in the file but when, where and
   * how fast it was trained, so that the same training gives the same id; in the first format over
   * everything.
   */
  static String id(ModelDescription description) {
    ModelDescription hashed =
        description.format() == ModelDescription.FIRST_FORMAT
            ? description
            : description.withProvenance(description.provenance().withoutCircumstances());
    return description.name() + "-" + sha256(json(hashed)).substring(0, 8);
  }

  /** The hash of weights, as a description states it. */
  static String sha256(float[] weights) {
    return sha256(bytes(weights));
  }

  private static byte[] json(ModelDescription description) {
    try {
      return MAPPER.writeValueAsBytes(description);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a description that was read can be written", e);
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
}
