package org.digitstream.training.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.digitstream.ingest.source.WavReader;

/** A corpus in a folder. */
final class FolderFiles implements CorpusFiles {
  private final Path folder;
  private final Listing listing = new Listing();

  FolderFiles(Path folder) throws IOException {
    this.folder = folder;
    list(folder, "");
  }

  private void list(Path directory, String prefix) throws IOException {
    List<Path> children;
    try (Stream<Path> list = Files.list(directory)) {
      children = list.toList();
    }
    for (Path child : children) {
      String path = prefix + child.getFileName();
      if (!Files.isDirectory(child)) {
        listing.add(path);
      } else if (!child.getFileName().toString().startsWith(".")) {
        list(child, path + "/");
      }
    }
  }

  @Override
  public String name() {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  @Override
  public Listing listing() {
    return listing;
  }

  @Override
  public String text(String path) throws IOException {
    return Files.readString(folder.resolve(path), StandardCharsets.UTF_8);
  }

  @Override
  public String describe(String path) {
    return folder.resolve(path).toString();
  }

  @Override
  public void visit(Set<String> wanted, Visitor visitor) throws IOException {
    for (String path : new TreeSet<>(wanted)) {
      Path file = folder.resolve(path);
      visitor.file(path, sampleRateHz -> WavReader.readMono(file, sampleRateHz));
    }
  }
}
