package org.digitstream.training.starts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.training.Speech;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.Fold;
import org.digitstream.training.network.TrainingRecipe;
import org.digitstream.training.pretraining.StartMethod;
import org.digitstream.training.pretraining.StartPretraining;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartComparisonTest {
  private static final Corpus CORPUS = Speech.allDigits();
  private static final StartPlan PLAN =
      new StartPlan(
          List.of(new Fold("anna", Set.of("chords/anna"))),
          List.of(1),
          1,
          4,
          new StartPretraining(20, 1));

  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final List<StartResult> finished = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void end() {
    executor.shutdownNow();
  }

  private static TrainingRecipe recipe(long seed) {
    return TrainingRecipe.pictures(FeatureSpec.WIDEBAND, 0.1, 24, seed);
  }

  private List<StartResult> run(StartPlan plan, StartProgress progress)
      throws IOException, InterruptedException {
    return new StartComparison(
            plan, StartComparisonTest::recipe, CORPUS, new StartFolder(folder), () -> 0)
        .run(executor, 2, progress);
  }

  private StartProgress noting() {
    return new StartProgress() {
      @Override
      public void update(double runs, int found, String what) {
        assertThat(runs).isBetween((double) found, (double) PLAN.runs());
      }

      @Override
      public void finished(StartResult result, List<StartResult> all) {
        assertThat(all).contains(result);
        finished.add(result);
      }
    };
  }

  @Test
  void everyStartIsTriedOnThePeopleLeftOutAndWhatIsFinishedIsNotDoneAgain()
      throws IOException, InterruptedException {
    List<StartResult> first = run(PLAN, noting());
    assertThat(finished).hasSize(3);
    assertThat(first).hasSize(3).containsExactlyInAnyOrderElementsOf(finished);
    for (StartResult result : first) {
      assertThat(result.scores()).extracting(StartResult.Score::digits).containsExactly(4);
      // Of berta's two takes of each digit.
      assertThat(result.recordings()).isEqualTo(10);
    }

    finished.clear();
    assertThat(run(PLAN, noting())).isEqualTo(first);
    assertThat(finished).isEmpty();

    Path lost = folder.resolve("runs/anna-takes-1-seed-1-denoising.json");
    byte[] before = Files.readAllBytes(lost);
    Files.delete(lost);
    run(PLAN, noting());
    assertThat(finished).extracting(r -> r.run().method()).containsExactly(StartMethod.DENOISING);
    assertThat(Files.readAllBytes(lost)).isEqualTo(before);
  }

  @Test
  void theResultOfAnotherComparisonAndADamagedOneAreRefused()
      throws IOException, InterruptedException {
    run(PLAN, noting());
    StartPlan other = new StartPlan(PLAN.folds(), PLAN.takes(), 1, 5, PLAN.pretraining());
    assertThatThrownBy(() -> run(other, noting()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the result of another comparison");

    try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
      Files.writeString(files.findFirst().orElseThrow(), "{");
    }
    assertThatThrownBy(() -> run(PLAN, noting()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is damaged");
  }

  @Test
  void aFoldThatLeavesOutNobodyIsRefused() {
    StartPlan nobody =
        new StartPlan(
            List.of(new Fold("x", Set.of("chords/xaver"))), List.of(1), 1, 4, PLAN.pretraining());
    assertThatThrownBy(() -> run(nobody, noting()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody whom fold x leaves out");
  }

  /** Of 100 digits, so many are right with each start; three seeds. */
  private static List<StartResult> results(int[] random, int[] plain, int[] denoising) {
    List<StartResult> results = new ArrayList<>();
    int[][] right = {random, plain, denoising};
    for (int seed = 1; seed <= 3; seed++) {
      for (StartMethod method : StartMethod.values()) {
        results.add(
            new StartResult(
                new StartRun("anna", 1, seed, method),
                "",
                10,
                1.5,
                2,
                7,
                List.of(
                    new StartResult.Score("fsdd", 100, right[method.ordinal()][seed - 1]),
                    new StartResult.Score("other", 100, 100))));
      }
    }
    return results;
  }

  @Test
  void theReportHoldsMeansSpreadsAndPairedDifferences() throws IOException {
    StartPlan plan = new StartPlan(PLAN.folds(), List.of(1), 3, 100, StartPretraining.STANDARD);
    StartReport report =
        new StartReport(
            plan,
            results(new int[] {50, 60, 70}, new int[] {54, 65, 75}, new int[] {40, 66, 71}),
            Map.of("strips", "123"));

    String table = report.markdown();
    assertThat(table)
        .contains("| takes | recordings | start | FSDD speaker | all left-out people |")
        .contains("| 1 | 10 | random | 60.0 ± 10.0 | 80.0 ± 5.0 |")
        .contains("| 1 | 10 | autoencoder | 64.7 ± 10.5 | 82.3 ± 5.3 |")
        // 4, 5 and 5 points better: beyond chance although the spread is large.
        .contains("| 1 | autoencoder | **+4.7 ± 0.6** * | **+2.3 ± 0.3** * |")
        .contains("| 1 | denoising | -1.0 ± 8.2 | -0.5 ± 4.1 |")
        .contains("2 are better beyond chance (autoencoder at 1 takes, FSDD speaker;")
        .contains("0 worse")
        .contains("- strips: 123");
    assertThat(report.json())
        .contains("\"againstRandom\" : 4.666666666666667", "\"beyondChance\" : true")
        .contains("\"right\" : 54");
    assertThat(StartChart.png(report)).startsWith(0x89, 'P', 'N', 'G').hasSizeGreaterThan(5000);
  }

  @Test
  void fewerThanThreeAreNeverBeyondChance() {
    assertThat(Spread.of(new double[] {50}).isBeyondChance()).isFalse();
    assertThat(Spread.of(new double[] {5, 5}).isBeyondChance()).isFalse();
    assertThat(Spread.of(new double[] {5, 5, 6}).isBeyondChance()).isTrue();
  }
}
