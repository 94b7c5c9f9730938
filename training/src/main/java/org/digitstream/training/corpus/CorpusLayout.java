package org.digitstream.training.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells from the names of a corpus's files what each of them is, before any of them is read. */
final class CorpusLayout {
  private static final Pattern NOISE_FOLDER = Pattern.compile("_?(background_)?noise_?");
  private static final Pattern SPELLED_O = Pattern.compile(".*\\bO\\b.*");

  /** Folders that corpora put their recordings into, and whose names say nothing. */
  private static final Set<String> CONTAINERS = Set.of("data", "recordings", "wav", "audio");

  private final CorpusFiles files;
  private final List<Item> items = new ArrayList<>();

  /** What a file is. */
  sealed interface Item {
    /** The file's path within the corpus. */
    String path();
  }

  /** One word that the file's name tells. */
  record Word(String path, String corpus, RecordingName name) implements Item {}

  /** Noise. */
  record Noise(String path) implements Item {}

  /** A sentence, with its line of the transcripts. */
  record Sentence(String path, String corpus, JsonNode transcript) implements Item {}

  /** Something that cannot be used. */
  record LeftOut(String path, String reason) implements Item {}

  private CorpusLayout(CorpusFiles files) {
    this.files = files;
  }

  /** All files that are meant as recordings, in an order that depends on nothing but the names. */
  static List<Item> of(CorpusFiles files) throws IOException {
    CorpusLayout layout = new CorpusLayout(files);
    layout.folder(files.listing(), "", files.name(), files.name());
    return layout.items;
  }

  private void folder(Listing folder, String prefix, String folderName, String corpus)
      throws IOException {
    if (folder.hasFile(Listing.TRANSCRIPTS)) {
      sentences(folder, prefix, folderName, corpus);
      return;
    }
    boolean noise = NOISE_FOLDER.matcher(folderName).matches();
    boolean holdsFiles = folder.hasRecordings();
    for (Map.Entry<String, Optional<Listing>> entry : folder.children().entrySet()) {
      String name = entry.getKey();
      String path = prefix + name;
      if (entry.getValue().isPresent()) {
        Listing child = entry.getValue().get();
        boolean partOfCorpus =
            holdsFiles
                || child.isWordFolder()
                || child.isFolderOf(name)
                || CONTAINERS.contains(name);
        folder(child, path + "/", name, partOfCorpus ? corpus : name);
      } else if (Listing.isWav(name)) {
        items.add(noise ? new Noise(path) : word(path, corpus));
      }
    }
  }

  private Item word(String path, String corpus) {
    // With the root's name before it: in Speech Commands the folder is the label.
    Optional<RecordingName> name = RecordingName.parse(Path.of(files.name()).resolve(path));
    return name.isPresent()
        ? new Word(path, corpus, name.get())
        : new LeftOut(path, "its name does not say what is said in it");
  }

  private void sentences(Listing folder, String prefix, String folderName, String corpus)
      throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    String transcripts = prefix + Listing.TRANSCRIPTS;
    int number = 0;
    for (String line : files.text(transcripts).lines().toList()) {
      number++;
      JsonNode sentence;
      try {
        sentence = mapper.readTree(line);
      } catch (JsonProcessingException e) {
        items.add(new LeftOut(transcripts, "line " + number + " is not JSON"));
        continue;
      }
      // The letter O is said as the digit "oh" is, and its place is not known.
      if (line.isBlank() || SPELLED_O.matcher(sentence.path("text").asText()).matches()) {
        continue;
      }
      String file = sentence.path("file").asText();
      String own = folderName + "/";
      String inFolder =
          file.startsWith(own) && !folder.hasPath(file) ? file.substring(own.length()) : file;
      items.add(
          folder.hasPath(inFolder)
              ? new Sentence(prefix + inFolder, corpus, sentence)
              : new LeftOut(
                  transcripts, "line " + number + ": there is no file '" + file + "' beside it"));
    }
  }
}
