package org.digitstream.ingest.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A microphone without hardware: a PulseAudio of our own whose null sink is what Java Sound records
 * from, as a real {@code TargetDataLine}. What is played into it arrives sample by sample.
 *
 * <p>A JVM sees it only where {@link #environment()} was set before it started, so tests record in
 * a child process. Needs the Debian packages {@code pulseaudio pulseaudio-utils libasound2-plugins}
 * and {@code alsa-utils}.
 */
public final class VirtualMicrophone implements AutoCloseable {
  private static final List<String> PROGRAMS = List.of("pulseaudio", "paplay", "pactl");
  private static final String REQUIRED = "DIGITSTREAM_REQUIRE_SYSTEM_TESTS";
  private static final Path ALSA_CONFIGURATION = Path.of("/usr/share/alsa/alsa.conf");
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Path folder;
  private final Process server;

  private VirtualMicrophone(Path folder, Process server) {
    this.folder = folder;
    this.server = server;
  }

  /**
   * Skips the test where the programs are missing, or fails it where the environment variable
   * DIGITSTREAM_REQUIRE_SYSTEM_TESTS is 1.
   */
  public static void assumeInstalled() {
    List<String> missing =
        new ArrayList<>(PROGRAMS.stream().filter(program -> !onPath(program)).toList());
    if (!Files.exists(ALSA_CONFIGURATION)) {
      missing.add(ALSA_CONFIGURATION.toString());
    }
    if (!missing.isEmpty()) {
      String message =
          "missing: "
              + String.join(", ", missing)
              + "; install pulseaudio pulseaudio-utils libasound2-plugins alsa-utils";
      if ("1".equals(System.getenv(REQUIRED))) {
        throw new AssertionError(message);
      }
      throw new TestAbortedException(message);
    }
  }

  /**
   * Starts the server and waits until it answers.
   *
   * @param folder an empty folder for its socket and files; its path has at most 80 characters
   * @param sampleRateHz the device's own rate
   */
  public static VirtualMicrophone start(Path folder, int sampleRateHz)
      throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("asound.conf"),
        """
        <%s>
        pcm.!default { type pulse }
        ctl.!default { type pulse }
        """
            .formatted(ALSA_CONFIGURATION));
    ProcessBuilder builder =
        new ProcessBuilder(
            "pulseaudio",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "-n",
            "-L",
            "module-native-protocol-unix auth-anonymous=1 socket=" + folder.resolve("native"),
            "-L",
            "module-null-sink sink_name=virtmic format=s16le channels=1 rate=" + sampleRateHz,
            "-L",
            "module-always-sink");
    for (String variable :
        List.of("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH")) {
      builder.environment().put(variable, folder.toString());
    }
    Path log = folder.resolve("pulseaudio.log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    VirtualMicrophone microphone = new VirtualMicrophone(folder, builder.start());
    long start = System.nanoTime();
    while (microphone.client("pactl", "info").waitFor() != 0) {
      if (!microphone.server.isAlive() || System.nanoTime() - start > START_NANOS) {
        microphone.close();
        throw new IllegalStateException("pulseaudio did not start: " + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return microphone;
  }

  /** What the environment of a recording JVM must have. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("ALSA_CONFIG_PATH", folder.resolve("asound.conf").toString());
    environment.put("PULSE_SERVER", "unix:" + folder.resolve("native"));
    return environment;
  }

  /** Starts to play a WAV file into the microphone; the process ends when it was played. */
  public Process play(Path wav) throws IOException {
    return client("paplay", wav.toString());
  }

  /** Takes the microphone away, as if its plug were pulled. */
  @Override
  public void close() {
    server.destroy();
    try {
      if (!server.waitFor(5, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private Process client(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment());
    builder.environment().put("HOME", folder.toString());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("client.log").toFile()))
        .start();
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }
}
