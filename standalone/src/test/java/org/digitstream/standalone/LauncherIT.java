package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script, in a folder with spaces, with a Java and a Maven that only tell their
 * arguments.
 */
class LauncherIT {
  private record Result(int exitCode, String out, String err) {}

  @TempDir Path folder;
  private Path project;
  private Path tools;

  @BeforeEach
  void layOut() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher is a shell script");
    project = Files.createDirectories(folder.resolve("my projects/digitstream"));
    tools = Files.createDirectories(folder.resolve("tools"));
    Files.copy(Path.of("../digitstream"), project.resolve("digitstream"));
    executable(project.resolve("digitstream"));
    for (String file :
        List.of("pom.xml", "ingest/pom.xml", "ingest/src/main/A.java", "ingest/src/test/T.java")) {
      changed(file, 1000);
    }
    Files.createDirectories(project.resolve("standalone"));
    tool("javac", "");
    java("17.0.2");
    tool(
        "mvn",
        """
        echo "$@" >> ../mvn.log
        : > standalone/target/digitstream.jar
        """);
  }

  @Test
  void buildsOnceAndAgainWhenTheProgramChangesButNotItsTests() throws Exception {
    Result first = launch("--version");
    assertThat(first.err()).isEqualTo("building digitstream (first time takes a few minutes)...\n");
    assertThat(first.out())
        .contains("-jar")
        .contains("standalone/target/digitstream.jar --version");
    assertThat(builds()).isEqualTo(1);

    assertThat(launch("--version").err()).isEmpty();

    builtSecondsAgo(100);
    changed("ingest/src/test/T.java", 50);
    changed("ingest/src/test/New.java", 50);
    assertThat(launch("--version").err()).isEmpty();
    assertThat(builds()).isEqualTo(1);

    changed("ingest/src/main/A.java", 50);
    assertThat(launch("--version").err()).contains("sources are newer");
    assertThat(launch("--version").err()).isEmpty();
    assertThat(builds()).isEqualTo(2);

    builtSecondsAgo(100);
    changed("ingest/pom.xml", 50);
    launch("--version");
    assertThat(builds()).isEqualTo(3);

    builtSecondsAgo(100);
    Files.delete(project.resolve("ingest/src/main/A.java"));
    launch("--version");
    assertThat(builds()).isEqualTo(4);
  }

  @Test
  void worksFromElsewhereThroughALink() throws Exception {
    Path link = folder.resolve("bin");
    Files.createDirectory(link);
    Files.createSymbolicLink(
        link.resolve("hop"), Path.of("../my projects/digitstream/digitstream"));
    Files.createSymbolicLink(link.resolve("digitstream"), Path.of("hop"));

    Result result = run(link, link.resolve("digitstream"), "replay", "two words.wav");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("my projects/digitstream/standalone/target/digitstream.jar replay two words.wav");
  }

  @Test
  void trainGetsALargerHeap() throws Exception {
    assertThat(launch("replay", "train").out()).contains("-Xmx384m");
    assertThat(launch("train").out()).contains("-Xmx3g");
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    java("11.0.4");
    Result old = launch("demo");
    assertThat(old.exitCode()).isEqualTo(1);
    assertThat(old.err()).contains("is version 11").contains("JDK 17 or newer");

    Files.delete(tools.resolve("java"));
    assertThat(launch("demo").err()).contains("there is no java");

    java("21");
    Files.delete(tools.resolve("mvn"));
    assertThat(launch("demo").err()).contains("there is no mvn");
  }

  @Test
  void aBuildThatFailsShowsWhatMavenSaid() throws Exception {
    tool("mvn", "echo 'cannot find symbol'; exit 1");

    Result failed = launch("demo");

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).contains("cannot find symbol").contains("the build failed");
    assertThat(failed.out()).isEmpty();
  }

  private Result launch(String... arguments) throws Exception {
    return run(folder, project.resolve("digitstream"), arguments);
  }

  private Result run(Path from, Path script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(Arrays.asList(arguments));
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(from.toFile()).redirectError(err.toFile());
    // Only these and the system's own tools, among which there may be a Java.
    builder.environment().put("PATH", tools + ":" + systemTools());
    builder.environment().remove("JAVA_HOME");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out, Files.readString(err));
  }

  /** A folder with the tools that the script needs, and no Java and no Maven. */
  private String systemTools() throws IOException {
    Path links = folder.resolve("system");
    if (!Files.exists(links)) {
      Files.createDirectory(links);
      for (String tool :
          List.of(
              "sh",
              "sed",
              "head",
              "tail",
              "find",
              "mkdir",
              "rm",
              "mv",
              "cat",
              "dirname",
              "readlink",
              "sleep")) {
        for (String place : List.of("/bin/", "/usr/bin/")) {
          Path target = Path.of(place + tool);
          if (Files.exists(target) && !Files.exists(links.resolve(tool))) {
            executable(
                Files.writeString(links.resolve(tool), "#!/bin/sh\nexec " + target + " \"$@\"\n"));
          }
        }
      }
    }
    return links.toString();
  }

  private void java(String version) throws IOException {
    tool(
        "java",
        """
        if [ "$1" = -version ]; then
          echo 'openjdk version "%s" 2022-01-18' >&2
        else
          echo "$@"
        fi
        """
            .formatted(version));
  }

  private void tool(String name, String body) throws IOException {
    executable(Files.writeString(tools.resolve(name), "#!/bin/sh\n" + body));
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Makes a file that was changed so many seconds ago. */
  private void changed(String name, long secondsAgo) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    FileTime time = FileTime.from(Instant.now().minusSeconds(secondsAgo));
    Files.setLastModifiedTime(file, time);
    Files.setLastModifiedTime(file.getParent(), time);
  }

  private void builtSecondsAgo(long secondsAgo) throws IOException {
    FileTime time = FileTime.from(Instant.now().minusSeconds(secondsAgo));
    for (String name : List.of("digitstream.jar", "built-by-launcher")) {
      Files.setLastModifiedTime(project.resolve("standalone/target").resolve(name), time);
    }
  }

  private long builds() throws IOException {
    try (var lines = Files.lines(folder.resolve("my projects/mvn.log"))) {
      return lines.count();
    }
  }
}
