package org.digitstream.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services and broker die, stop, come and go while people speak: exactly the events of an
 * undisturbed run are seen, to the bit, none missing and none twice.
 *
 * <p>Set by system properties: {@code digitstream.crash.rounds} (3 by default; 20 with {@code
 * -Plong}), {@code digitstream.crash.seeds} (one; three with {@code -Plong}), {@code
 * digitstream.crash.kinds} (names of {@link Disturbance}, all by default). The figures go to {@code
 * target/crash}.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class CrashIT {
  /** What is promised; a machine that does much else at the same time is given more by the test. */
  private static final double WORST_RECOVERY_SECONDS = 60;

  private static final String ALL_KINDS =
      Arrays.stream(Disturbance.values()).map(Disturbance::name).collect(Collectors.joining(","));

  @TempDir Path folder;

  @Test
  void noDigitIsLostDoubledOrChangedByCrashesAndRebalances() throws Exception {
    int rounds = Integer.getInteger("digitstream.crash.rounds", 3);
    List<Disturbance> kinds =
        Arrays.stream(System.getProperty("digitstream.crash.kinds", ALL_KINDS).split(","))
            .map(Disturbance::valueOf)
            .toList();
    CrashReport report = new CrashReport(Path.of("target/crash/rounds.jsonl"));
    List<String> differences = new ArrayList<>();
    for (String seed : System.getProperty("digitstream.crash.seeds", "20261123").split(",")) {
      Path place = Files.createDirectory(folder.resolve(seed));
      try (CrashCluster cluster = CrashCluster.start(place)) {
        try {
          differences.addAll(
              new CrashRounds(Long.parseLong(seed), kinds, cluster, report).run(rounds));
        } finally {
          Files.writeString(Path.of("target/crash/" + seed + ".log"), cluster.told());
        }
      }
    }
    Files.writeString(Path.of("target/crash/summary.md"), report.summary());
    System.out.print(report.summary());

    assertThat(differences).isEmpty();
    assertThat(report.worstSeconds()).isLessThan(WORST_RECOVERY_SECONDS);
  }

  /** The same without a test around it, for a run of one seed by hand. */
  public static void main(String[] arguments) throws Exception {
    CrashIT rounds = new CrashIT();
    rounds.folder = Files.createTempDirectory("crash");
    rounds.noDigitIsLostDoubledOrChangedByCrashesAndRebalances();
  }
}
