package org.digitstream.training.corpus;

import java.io.IOException;
import java.util.Set;
import org.digitstream.ingest.source.UnreadableAudioException;

/** The files of a corpus, wherever they lie. Paths are relative, with {@code /}. */
interface CorpusFiles {
  /** What the corpus is called: the folder's or the archive's name. */
  String name();

  /** The folders and files. Hidden files are not among them. */
  Listing listing();

  /** The text of a file that {@link Listing#TRANSCRIPTS} names. */
  String text(String path) throws IOException;

  /** A file of the corpus for people, such as {@code corpora/fsdd/7_jackson_32.wav}. */
  String describe(String path);

  /**
   * Goes through files once, in whatever order is fastest.
   *
   * @param wanted their paths
   * @param visitor gets each one of them that is there
   * @throws IOException where the corpus as a whole cannot be read
   */
  void visit(Set<String> wanted, Visitor visitor) throws IOException;

  /** Takes files. */
  interface Visitor {
    void file(String path, Sound sound) throws IOException;
  }

  /** A WAV file that waits to be decoded, on any thread. */
  interface Sound {
    short[] decode(int sampleRateHz) throws UnreadableAudioException;
  }
}
