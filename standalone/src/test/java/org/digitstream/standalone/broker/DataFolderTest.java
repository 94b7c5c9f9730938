package org.digitstream.standalone.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path parent;

  @Test
  void removesWhatDeadProcessesLeftAndNothingElse() throws IOException {
    // Process ids are far below this on every platform.
    Path abandoned = parent.resolve("digitstream-broker-999999999999-x");
    Files.createDirectories(abandoned.resolve("t-0"));
    Files.writeString(abandoned.resolve("t-0/0.log"), "log");
    Path living = DataFolder.create(parent);
    Path foreign = Files.createDirectory(parent.resolve("digitstream-broker-notes"));

    Path created = DataFolder.create(parent);

    assertThat(abandoned).doesNotExist();
    assertThat(living).isDirectory();
    assertThat(foreign).isDirectory();
    assertThat(created).isEmptyDirectory();
  }

  @Test
  void theOwnerIsReadFromTheName() {
    assertThat(DataFolder.owner("digitstream-broker-17-8361")).contains(17L);
    assertThat(DataFolder.owner("digitstream-broker-")).isEmpty();
    assertThat(DataFolder.owner("kafka-17")).isEmpty();
  }
}
