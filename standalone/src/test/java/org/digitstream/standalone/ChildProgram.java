package org.digitstream.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A run of the command line in a process of its own, whose lines are kept as they come. */
public final class ChildProgram implements AutoCloseable {
  /** Long enough for a machine that does much else; nothing is ever expected to take this long. */
  public static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Ctrl-C must work even where whoever started the tests ignores it, as shells in CI do. */
  private static final List<String> WITH_CTRL_C = List.of("env", "--default-signal=INT");

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<Thread> readers;

  private ChildProgram(Process process) {
    this.process = process;
    this.readers =
        List.of(reader(process.getInputStream(), out), reader(process.getErrorStream(), err));
    readers.forEach(Thread::start);
  }

  /** Starts the program. */
  public static ChildProgram start(String... arguments) throws IOException {
    return start(List.of(), Map.of(), arguments);
  }

  /** Starts it so that {@link #interrupt} ends it; needs GNU's {@code env}. */
  public static ChildProgram startWithCtrlC(Map<String, String> environment, String... arguments)
      throws IOException {
    return start(WITH_CTRL_C, environment, arguments);
  }

  /** Starts it by its launcher, which must have built it before. */
  public static ChildProgram startLauncher(Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("../digitstream"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("DIGITSTREAM_SKIP_BUILD", "1");
    builder.environment().putAll(environment);
    return new ChildProgram(builder.start());
  }

  private static ChildProgram start(
      List<String> prefix, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().putAll(environment);
    return new ChildProgram(builder.start());
  }

  /** What it has printed so far. */
  public List<String> out() {
    return List.copyOf(out);
  }

  /** What it has told so far. */
  public List<String> err() {
    return List.copyOf(err);
  }

  /** Waits for a line, printed or told, that the pattern is found in; gives its first group. */
  public String await(String pattern) {
    return Awaitility.await(pattern)
        .atMost(PATIENCE)
        .until(() -> found(pattern), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<String> found(String pattern) {
    // Asked first: what it prints just before it ends must still be looked at.
    boolean ended = hasEnded();
    Pattern compiled = Pattern.compile(pattern);
    Optional<String> group =
        Stream.concat(out.stream(), err.stream())
            .map(compiled::matcher)
            .filter(Matcher::find)
            .map(matcher -> matcher.group(1))
            .findFirst();
    if (ended && group.isEmpty()) {
      throw new AssertionError("it ended without '" + pattern + "': " + this);
    }
    return group;
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  private boolean hasEnded() {
    return !process.isAlive() && readers.stream().noneMatch(Thread::isAlive);
  }

  /** Ctrl-C; the exit code. */
  public int interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid()).start().waitFor();
    return exitCode();
  }

  /** What the system does to a process that shall stop; the exit code. */
  public int terminate() throws InterruptedException {
    // Unlike the process itself, its handle does not close what is still to be read of its output.
    process.toHandle().destroy();
    return exitCode();
  }

  /** SIGKILL: the process can do nothing about it. */
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    exitCode();
  }

  /** Waits for the end, after which all lines are there. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end: " + this);
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return "printed\n" + String.join("\n", out) + "\ntold\n" + String.join("\n", err);
  }

  private static Thread reader(InputStream from, List<String> into) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                reader.lines().forEach(into::add);
              } catch (IOException | UncheckedIOException e) {
                into.add("(reading ended: " + e.getMessage() + ")");
              }
            },
            "lines of a child");
    thread.setDaemon(true);
    return thread;
  }
}
