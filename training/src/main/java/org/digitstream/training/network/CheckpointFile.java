package org.digitstream.training.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a training keeps its checkpoint. One thread at a time.
 *
 * @param path the file; null to keep none
 */
public record CheckpointFile(Path path) {
  /** A training that starts from the beginning and keeps nothing. */
  public static final CheckpointFile NONE = new CheckpointFile(null);

  /** The checkpoint of a training that writes its model into a file lies beside that file. */
  public static CheckpointFile beside(Path output) {
    return new CheckpointFile(output.resolveSibling(output.getFileName() + ".checkpoint"));
  }

  /** Whether there is one to go on from. */
  public boolean exists() {
    return path != null && Files.exists(path);
  }

  /** Forgets it, when the training is over. */
  public void delete() throws IOException {
    if (path != null) {
      Files.deleteIfExists(path);
    }
  }

  Optional<Checkpoint> read(String fingerprint) throws IOException {
    return path == null ? Optional.empty() : Checkpoint.read(path, fingerprint);
  }

  void write(String fingerprint, Checkpoint checkpoint) throws IOException {
    if (path != null) {
      checkpoint.write(path, fingerprint);
    }
  }
}
