package org.digitstream.standalone.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds recordings in files and folders. */
public final class Recordings {
  private Recordings() {}

  /**
   * The files among the paths, and every file in the folders among them and below whose name ends
   * in {@code .wav}; each once, a folder's in the order of their names.
   *
   * @throws IOException naming a path that is not there or cannot be read, or folders that have no
   *     recording at all
   */
  public static List<Path> find(List<Path> paths) throws IOException {
    Set<Path> found = new LinkedHashSet<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        found.addAll(walk(path));
      } else if (Files.exists(path)) {
        found.add(path);
      } else {
        throw new IOException("there is no file or folder " + path);
      }
    }
    if (found.isEmpty()) {
      throw new IOException(
          "no file whose name ends in .wav is in "
              + String.join(", ", paths.stream().map(Path::toString).toList()));
    }
    return new ArrayList<>(found);
  }

  private static List<Path> walk(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return tree.filter(Files::isRegularFile).filter(Recordings::isWav).sorted().toList();
    } catch (UncheckedIOException e) {
      throw new IOException("cannot read the folder " + folder + ": " + e.getMessage(), e);
    }
  }

  private static boolean isWav(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".wav");
  }
}
