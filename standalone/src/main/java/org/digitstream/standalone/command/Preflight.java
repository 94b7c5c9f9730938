package org.digitstream.standalone.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds out whether a result can be written: before the hour of work, not after. Folders that are
 * missing are made; nothing else remains of the trial.
 */
final class Preflight {
  /** With the disks of this machine. */
  static final Preflight OF_THIS_MACHINE =
      new Preflight(folder -> Files.getFileStore(folder).getUsableSpace());

  private final FreeSpace freeSpace;

  /** Tells how much can be written. */
  @FunctionalInterface
  interface FreeSpace {
    /**
     * The bytes that this process may still write below an existing folder.
     *
     * @throws IOException where the system does not tell
     */
    long usableBytes(Path folder) throws IOException;
  }

  Preflight(FreeSpace freeSpace) {
    this.freeSpace = freeSpace;
  }

  /**
   * Requires that a file can be written. One that exists may be replaced.
   *
   * @param file where the result goes
   * @param bytes about as many as it will have
   * @throws CommandFailure saying what is in the way
   */
  void requireFile(Path file, long bytes) {
    if (Files.isDirectory(file)) {
      throw new CommandFailure(
          "cannot write " + file + ": it is a folder; name a file in it, with its extension");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new CommandFailure("cannot write " + file + ": it is a device or pipe; name a file");
    }
    requireFolder(file.toAbsolutePath().getParent(), bytes);
  }

  /**
   * Requires that files can be written into a folder.
   *
   * @param folder where the results go
   * @param bytes about as many as they will have
   * @throws CommandFailure saying what is in the way
   */
  void requireFolder(Path folder, long bytes) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "digitstream", ".part"));
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(
          "cannot write into " + folder + ": " + e.getMessage() + " is a file, not a folder", e);
    } catch (IOException e) {
      throw new CommandFailure("cannot write into " + folder + ": " + reason(e), e);
    }
    long usable;
    try {
      usable = freeSpace.usableBytes(folder);
    } catch (IOException e) {
      // Some network drives do not tell; then the writing itself has to.
      return;
    }
    if (usable < bytes) {
      throw new CommandFailure(
          String.format(
              "cannot write into %s: about %.1f MB are needed and %.1f MB are free;"
                  + " make room or name another folder with -o",
              folder, bytes / 1e6, usable / 1e6));
    }
  }

  private static String reason(IOException e) {
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "this user may not; allow it, or name another folder with -o";
    }
    return e instanceof java.nio.file.FileSystemException system && system.getReason() != null
        ? system.getReason()
        : e.toString();
  }
}
