package org.digitstream.standalone.broker;

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
 * A temporary folder that bears the id of the process that uses it, so that what a killed process
 * left behind can be told from what a living one needs.
 */
final class DataFolder {
  private static final String PREFIX = "digitstream-broker-";

  private DataFolder() {}

  /** A new folder under {@code parent}; removes the folders there of processes that are gone. */
  static Path create(Path parent) throws IOException {
    try (Stream<Path> siblings = Files.list(parent)) {
      siblings.filter(DataFolder::isAbandoned).forEach(DataFolder::remove);
    }
    return Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-");
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

  /** Removes the folder and all that is in it, as far as that is allowed. */
  static void remove(Path folder) {
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
