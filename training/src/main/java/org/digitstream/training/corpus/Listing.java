package org.digitstream.training.corpus;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A folder and what is in it, in the order of the names.
 *
 * @param children the folders and files in it; a file has no listing
 */
record Listing(Map<String, Optional<Listing>> children) {
  /** The file that names sentences and the times of their digits. */
  static final String TRANSCRIPTS = "transcripts.jsonl";

  private static final String SPEECH_COMMANDS_MARK = "_nohash_";

  /** An empty folder. */
  Listing() {
    this(new TreeMap<>());
  }

  /** Adds a file by its path, and the folders on the way. Hidden files are not added. */
  void add(String path) {
    Listing folder = this;
    String[] names = path.split("/", -1);
    for (String name : names) {
      if (name.isEmpty() || name.startsWith(".")) {
        return;
      }
    }
    for (int i = 0; i < names.length - 1; i++) {
      Optional<Listing> child =
          folder.children.computeIfAbsent(names[i], name -> Optional.of(new Listing()));
      if (child.isEmpty()) {
        return;
      }
      folder = child.get();
    }
    folder.children.putIfAbsent(names[names.length - 1], Optional.empty());
  }

  /** Whether there is such a file in this very folder. */
  boolean hasFile(String name) {
    return children.containsKey(name) && children.get(name).isEmpty();
  }

  /** Whether there is such a file here or in a folder below. */
  boolean hasPath(String path) {
    int slash = path.indexOf('/');
    if (slash < 0) {
      return hasFile(path);
    }
    return children
        .getOrDefault(path.substring(0, slash), Optional.empty())
        .map(folder -> folder.hasPath(path.substring(slash + 1)))
        .orElse(false);
  }

  /** Whether there are WAV files in this very folder. */
  boolean hasRecordings() {
    return children.keySet().stream().anyMatch(name -> isWav(name) && hasFile(name));
  }

  /** Whether this folder is named by the word that all in it say, as in Speech Commands. */
  boolean isWordFolder() {
    return children.keySet().stream().anyMatch(Listing::isOfWordFolder);
  }

  /** Whether a file is named as those in a folder that is named by their word. */
  static boolean isOfWordFolder(String file) {
    return file.contains(SPEECH_COMMANDS_MARK);
  }

  /** Whether this folder is named by the speaker of all that is in it, as in AudioMNIST. */
  boolean isFolderOf(String speaker) {
    return hasRecordings()
        && children.keySet().stream()
            .filter(Listing::isWav)
            .allMatch(name -> name.contains("_" + speaker + "_"));
  }

  static boolean isWav(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".wav");
  }
}
