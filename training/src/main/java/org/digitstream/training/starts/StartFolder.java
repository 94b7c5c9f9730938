package org.digitstream.training.starts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.digitstream.training.storage.WholeFile;

/**
 * Where the results of a comparison are kept, each in a file of its own, which appears whole or not
 * at all.
 *
 * @param path the folder
 */
public record StartFolder(Path path) {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Path file(StartRun run) {
    return path.resolve("runs").resolve(run.id() + ".json");
  }

  /**
   * The result of a training that is finished.
   *
   * @param fingerprint that it must have
   * @throws IllegalArgumentException where it is damaged or belongs to another comparison; the
   *     message is for people
   */
  public Optional<StartResult> read(StartRun run, String fingerprint) throws IOException {
    Path file = file(run);
    StartResult result;
    try {
      result = MAPPER.readValue(Files.readAllBytes(file), StartResult.class);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + " is damaged. Delete it to train anew", e);
    }
    if (!result.run().equals(run) || !result.fingerprint().equals(fingerprint)) {
      throw new IllegalArgumentException(
          file
              + " is the result of another comparison: other recordings, strips, width or digits."
              + " Delete it, or choose another folder");
    }
    return Optional.of(result);
  }

  /** Keeps a result. */
  public void write(StartResult result) throws IOException {
    WholeFile.write(file(result.run()), MAPPER.writeValueAsBytes(result));
  }

  /** Writes a file of the report. */
  public void write(String name, byte[] content) throws IOException {
    WholeFile.write(path.resolve(name), content);
  }
}
