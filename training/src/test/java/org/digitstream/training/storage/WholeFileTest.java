package org.digitstream.training.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path folder;

  @Test
  void foldersAreMadeAndNothingElseIsLeftThere() throws IOException {
    Path file = folder.resolve("deep/er/file");
    WholeFile.write(file, new byte[] {1, 2});
    WholeFile.write(file, new byte[] {3});
    assertThat(file).hasBinaryContent(new byte[] {3});
    assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void whoFailsHalfwayLeavesWhatWasThere() throws IOException {
    Path file = folder.resolve("file");
    WholeFile.write(file, new byte[] {1, 2});
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      out.write(9);
                      throw new IOException("the disk is full");
                    }))
        .hasMessage("the disk is full");
    assertThat(file).hasBinaryContent(new byte[] {1, 2});
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
