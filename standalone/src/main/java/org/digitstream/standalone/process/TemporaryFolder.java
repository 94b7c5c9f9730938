package org.digitstream.standalone.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A temporary folder that is removed when it is closed. It bears the id of the process that uses
 * it, so that what a killed process left behind can be told from what a living one needs.
 */
public final class TemporaryFolder implements AutoCloseable {
  private static final String PREFIX = "digitstream-";

  private final Path path;

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  /** A new folder where the system has its temporary files. */
  public static TemporaryFolder create() throws IOException {
    return create(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** A new folder under another; removes the folders there of processes that are gone. */
  public static TemporaryFolder create(Path parent) throws IOException {
    try (Stream<Path> siblings = Files.list(parent)) {
      siblings.filter(TemporaryFolder::isAbandoned).forEach(TemporaryFolder::remove);
    }
    return new TemporaryFolder(
        Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-"));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Removes the folder and all that is in it, as far as the system lets. */
  @Override
  public void close() {
    remove(path);
  }

  private static boolean isAbandoned(Path folder) {
    return owner(folder.getFileName().toString())
        .map(pid -> ProcessHandle.of(pid).isEmpty())
        .orElse(false);
  }

  /** The process id in a folder's name, if it is one of ours. */
  static Optional<Long> owner(String folderName) {
    if (!folderName.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String pid = folderName.substring(PREFIX.length()).split("-", 2)[0];
    return pid.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(pid)) : Optional.empty();
  }

  private static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e)
                throws IOException {
              Files.deleteIfExists(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (java.nio.file.AccessDeniedException | java.nio.file.DirectoryNotEmptyException e) {
      // Another user's, or Windows still holds a file: the next start tries again.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder, e);
    }
  }
}
