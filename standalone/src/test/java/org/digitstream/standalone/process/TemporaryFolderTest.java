package org.digitstream.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  @TempDir Path parent;

  @Test
  void removesWhatDeadProcessesLeftAndNothingElse() throws IOException {
    // Process ids are far below this on every platform.
    Path abandoned = parent.resolve("digitstream-999999999999-x");
    Files.createDirectories(abandoned.resolve("t-0"));
    Files.writeString(abandoned.resolve("t-0/0.log"), "log");
    Path living = TemporaryFolder.create(parent).path();
    Path foreign = Files.createDirectory(parent.resolve("digitstream-notes"));

    Path created = TemporaryFolder.create(parent).path();

    assertThat(abandoned).doesNotExist();
    assertThat(living).isDirectory();
    assertThat(foreign).isDirectory();
    assertThat(created).isEmptyDirectory();
  }

  @Test
  void closingRemovesAllThatIsInIt() throws IOException {
    Path path;
    try (TemporaryFolder folder = TemporaryFolder.create(parent)) {
      path = folder.path();
      Files.writeString(Files.createDirectories(path.resolve("a/b")).resolve("c"), "");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void theOwnerIsReadFromTheName() {
    assertThat(TemporaryFolder.owner("digitstream-17-8361")).contains(17L);
    assertThat(TemporaryFolder.owner("digitstream-")).isEmpty();
    assertThat(TemporaryFolder.owner("kafka-17")).isEmpty();
  }
}
