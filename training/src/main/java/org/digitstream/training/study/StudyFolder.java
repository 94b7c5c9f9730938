package org.digitstream.training.study;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.digitstream.training.storage.WholeFile;

/**
 * Where the steps of a study leave what they found: for each a JSON file with the settings that it
 * was made with and its results, and beside it the numbers that it learned, as 32-bit little-endian
 * floats. Files appear whole or not at all. Threads may work on different steps.
 */
public final class StudyFolder {
  private static final Pattern SEED_FOLDER = Pattern.compile("seed-(-?\\d{1,18})");
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final Path folder;
  private final boolean overwrite;

  /**
   * What a step left.
   *
   * @param settings everything that decides the result, with the fingerprints of earlier steps
   * @param result the numbers for people
   * @param valuesSha256 hash of the learned numbers
   * @param <T> kind of the result
   */
  public record Kept<T>(Map<String, String> settings, T result, String valuesSha256) {
    /** What later steps know it by: equal where settings and learned numbers are. */
    @JsonIgnore
    public String fingerprint() {
      return sha256((settings + valuesSha256).getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }
  }

  /**
   * A folder, which is made where there is none.
   *
   * @param overwrite whether results of other settings are to be replaced, instead of refused
   * @throws StudyException where nothing can be written into it
   */
  public StudyFolder(Path folder, boolean overwrite) {
    this.folder = folder;
    this.overwrite = overwrite;
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "digitstream", ".part"));
    } catch (IOException e) {
      throw new StudyException("cannot write into " + folder + ": " + e.getMessage(), e);
    }
  }

  /** The file of a name below the folder. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /**
   * What a step left earlier, if it was made with these settings.
   *
   * @throws StudyException where it was made with other settings, naming the first that differs,
   *     unless results are to be replaced; or where its file is damaged
   */
  <T> Optional<Kept<T>> find(Step step, Map<String, String> settings, Class<T> type) {
    Optional<Kept<T>> kept;
    try {
      kept = read(step, type);
    } catch (StudyException e) {
      if (overwrite) {
        return Optional.empty();
      }
      throw e;
    }
    if (kept.isEmpty() || kept.get().settings().equals(settings)) {
      return kept;
    }
    if (overwrite) {
      return Optional.empty();
    }
    throw new StudyException(
        file(step)
            + " was made with other settings: "
            + difference(kept.get().settings(), settings)
            + ". Use another folder, or --overwrite to make it anew.");
  }

  private static String difference(Map<String, String> before, Map<String, String> now) {
    Map<String, String> all = new LinkedHashMap<>(before);
    all.putAll(now);
    for (String name : all.keySet()) {
      String old = before.getOrDefault(name, "(none)");
      String wanted = now.getOrDefault(name, "(none)");
      if (!old.equals(wanted)) {
        return name + " was " + old + " and is now " + wanted;
      }
    }
    return "their order differs";
  }

  /**
   * What a step left, whatever it was made with.
   *
   * @throws StudyException where its file is damaged
   */
  <T> Optional<Kept<T>> read(Step step, Class<T> type) {
    Path file = file(step);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JavaType kept = MAPPER.getTypeFactory().constructParametricType(Kept.class, type);
    try {
      return Optional.of(MAPPER.readValue(file.toFile(), kept));
    } catch (JsonProcessingException e) {
      throw new StudyException(
          file + " is damaged; remove it, or use --overwrite: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new StudyException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The numbers that a step learned.
   *
   * @throws StudyException where they are missing or not those of the step
   */
  float[] values(Step step, Kept<?> kept) {
    Path file = valuesFile(step);
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (!sha256(bytes).equals(kept.valuesSha256())) {
        throw new StudyException(
            file + " is not what " + file(step) + " says; remove both and run the step again");
      }
      float[] values = new float[bytes.length / 4];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      return values;
    } catch (IOException e) {
      throw new StudyException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Keeps what a step found.
   *
   * @param values the numbers that it learned; may be none
   * @throws StudyException where it cannot be written
   */
  <T> Kept<T> write(Step step, Map<String, String> settings, T result, float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    Kept<T> kept = new Kept<>(new LinkedHashMap<>(settings), result, sha256(buffer.array()));
    try {
      // The JSON comes last: where it is, the step is done.
      WholeFile.write(valuesFile(step), buffer.array());
      WholeFile.write(file(step), MAPPER.writeValueAsBytes(kept));
      return kept;
    } catch (IOException e) {
      throw new StudyException("cannot write " + file(step) + ": " + e.getMessage(), e);
    }
  }

  private Path file(Step step) {
    return folder.resolve(step.path() + ".json");
  }

  private Path valuesFile(Step step) {
    return folder.resolve(step.path() + ".floats");
  }

  /** The seeds that something was made with, in order. */
  List<Long> seeds() {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(child -> SEED_FOLDER.matcher(child.getFileName().toString()))
          .filter(Matcher::matches)
          .map(matcher -> Long.parseLong(matcher.group(1)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new StudyException(folder + " cannot be listed: " + e.getMessage(), e);
    }
  }

  /** A picture that belongs to a step. */
  Path pictureFile(Step step) {
    return folder.resolve(step.path() + ".png");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
