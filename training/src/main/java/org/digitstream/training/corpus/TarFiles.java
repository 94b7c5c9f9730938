package org.digitstream.training.corpus;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.digitstream.ingest.source.UnreadableAudioException;
import org.digitstream.ingest.source.WavReader;

/**
 * A corpus in a tar archive, compressed by gzip or not, which is told by its content. It is read
 * through twice, once for the names and once for the sounds, and never unpacked.
 */
final class TarFiles implements CorpusFiles {
  private static final int TAR_BLOCK = 512;
  private static final int LARGEST_FILE = 256 << 20;

  private final Path archive;
  private final Listing listing = new Listing();
  private final Map<String, String> texts = new HashMap<>();

  /**
   * Lists an archive.
   *
   * @throws IOException where it cannot be read or was cut off
   * @throws IllegalArgumentException where it is no tar archive
   */
  TarFiles(Path archive) throws IOException {
    this.archive = archive;
    if (!isTar(archive)) {
      throw new IllegalArgumentException(
          archive
              + ": this is neither a folder of recordings nor a tar archive (.tar, .tar.gz) of one;"
              + " unpack it and name the folder");
    }
    walk(
        (path, entry, in) -> {
          listing.add(path);
          if (path.equals(Listing.TRANSCRIPTS) || path.endsWith("/" + Listing.TRANSCRIPTS)) {
            texts.put(path, new String(content(entry, in), StandardCharsets.UTF_8));
          }
        });
  }

  private static boolean isTar(Path file) throws IOException {
    try (InputStream in = uncompressed(file)) {
      byte[] block = in.readNBytes(TAR_BLOCK);
      return block.length == TAR_BLOCK && TarUtils.verifyCheckSum(block);
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      // Not what gzip writes, or too short, or no numbers where a header has numbers.
      return false;
    }
  }

  private static InputStream uncompressed(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return gzip ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return archive.getFileName().toString().replaceFirst("(?i)(\\.tar)?(\\.gz)?$|\\.tgz$", "");
  }

  @Override
  public Listing listing() {
    return listing;
  }

  @Override
  public String text(String path) {
    return texts.get(path);
  }

  @Override
  public String describe(String path) {
    return archive + ":" + path;
  }

  @Override
  public void visit(Set<String> wanted, Visitor visitor) throws IOException {
    Set<String> left = new HashSet<>(wanted);
    walk(
        (path, entry, in) -> {
          if (!left.remove(path)) {
            return;
          }
          Path name = Path.of(describe(path));
          if (entry.getSize() > LARGEST_FILE) {
            visitor.file(
                path,
                sampleRateHz -> {
                  throw new UnreadableAudioException(
                      name, "it has " + entry.getSize() + " bytes", "cut it into shorter ones");
                });
            return;
          }
          byte[] content = content(entry, in);
          visitor.file(path, sampleRateHz -> WavReader.readMono(name, content, sampleRateHz));
        });
  }

  private void walk(EntryVisitor visitor) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(uncompressed(archive))) {
      TarArchiveEntry entry = next(tar);
      while (entry != null) {
        if (entry.isFile()) {
          visitor.entry(entry.getName().replaceFirst("^(\\./|/)+", ""), entry, tar);
        }
        entry = next(tar);
      }
    }
  }

  private TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    try {
      return tar.getNextTarEntry();
    } catch (IOException | IllegalArgumentException e) {
      throw cutOff(e);
    }
  }

  private byte[] content(TarArchiveEntry entry, InputStream in) throws IOException {
    byte[] content;
    try {
      content = in.readNBytes((int) entry.getSize());
    } catch (IOException e) {
      throw cutOff(e);
    }
    if (content.length < entry.getSize()) {
      throw cutOff(new EOFException("it ends inside " + entry.getName()));
    }
    return content;
  }

  private IOException cutOff(Exception e) {
    return new IOException(
        archive
            + ": the archive is damaged or was cut off ("
            + e.getMessage()
            + "); copy or download it again",
        e);
  }

  private interface EntryVisitor {
    void entry(String path, TarArchiveEntry entry, InputStream in) throws IOException;
  }
}
