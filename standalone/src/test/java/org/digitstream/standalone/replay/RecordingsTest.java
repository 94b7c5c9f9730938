package org.digitstream.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {
  @TempDir Path folder;

  @Test
  void foldersAreWalkedInOrderAndEachFileIsFoundOnce() throws IOException {
    Path b = file("b.wav");
    Path deep = file("a/deep/c.WAV");
    file("notes.txt");
    Path named = file("other.raw");

    assertThat(Recordings.find(List.of(named, folder, b))).containsExactly(named, deep, b);
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Recordings.find(List.of(folder.resolve("x.wav"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no file or folder " + folder.resolve("x.wav"));
  }

  @Test
  void aFolderWithoutRecordingsIsNamed() {
    assertThatThrownBy(() -> Recordings.find(List.of(folder)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ends in .wav")
        .hasMessageContaining(folder.toString());
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }
}
