package org.digitstream.training.starts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.digitstream.training.pretraining.StartMethod;

/**
 * The results of a comparison as a table and as JSON. A column is a corpus, or all digits of the
 * people left out together; a cell is the mean and the sample standard deviation over folds and
 * seeds of the right digits, in percent.
 */
public final class StartReport {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Corpora with a column of their own. */
  private static final Map<String, String> OWN_COLUMN =
      new TreeMap<>(Map.of("an4", "AN4 single digits", "fsdd", "FSDD speaker"));

  private final StartPlan plan;
  private final List<StartResult> results;
  private final Map<String, String> settings;

  /**
   * A report.
   *
   * @param plan what was compared
   * @param results of some or all of it
   * @param settings everything by name that decides the results, for people
   */
  public StartReport(StartPlan plan, List<StartResult> results, Map<String, String> settings) {
    this.plan = plan;
    this.results = List.copyOf(results);
    this.settings = settings;
  }

  /**
   * A column of the table.
   *
   * @param title for people
   * @param corpus null for all
   */
  record Column(String title, String corpus) {}

  List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    OWN_COLUMN.forEach(
        (corpus, title) -> {
          if (results.stream().anyMatch(r -> !Double.isNaN(r.rightPercent(corpus)))) {
            columns.add(0, new Column(title, corpus));
          }
        });
    columns.add(new Column("all left-out people", null));
    return columns;
  }

  /** Right digits in percent, of all folds and seeds that are done. */
  Spread right(int takes, StartMethod method, Column column) {
    return Spread.of(
        results.stream()
            .filter(r -> r.run().takes() == takes && r.run().method() == method)
            .mapToDouble(r -> r.rightPercent(column.corpus))
            .filter(right -> !Double.isNaN(right))
            .toArray());
  }

  /** The same less what the random start of the same fold and seed has, in points. */
  Spread difference(int takes, StartMethod method, Column column) {
    return Spread.of(
        results.stream()
            .filter(r -> r.run().takes() == takes && r.run().method() == method)
            .mapToDouble(r -> r.rightPercent(column.corpus) - randomPercent(r.run(), column))
            .filter(difference -> !Double.isNaN(difference))
            .toArray());
  }

  /** NaN where it is not done. */
  private double randomPercent(StartRun like, Column column) {
    StartRun random = new StartRun(like.fold(), like.takes(), like.seed(), StartMethod.RANDOM);
    return results.stream()
        .filter(r -> r.run().equals(random))
        .mapToDouble(r -> r.rightPercent(column.corpus))
        .findFirst()
        .orElse(Double.NaN);
  }

  List<Integer> takes() {
    return plan.takes().stream()
        .filter(takes -> results.stream().anyMatch(r -> r.run().takes() == takes))
        .toList();
  }

  /** The tables with the budget, in Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "# Does pretraining earn its place?%n%n%s%n%n![Right digits by number of takes](starts.png)%n%n",
            introduction()));
    rightTable(text);
    differenceTable(text);
    text.append(String.format("## Reading by rule%n%n%s%n%n", reading()));
    budget(text);
    return text.toString();
  }

  private String introduction() {
    return String.format(
        Locale.ROOT,
        "The same network is trained from random filters, from those of layer-wise autoencoders and"
            + " from those of denoising ones, with at most so many recordings (\"takes\") of each"
            + " digit and person, and tried on people who were left out. %d of %d trainings: folds"
            + " %s, %d seeds. The trainings of a fold, number of takes and seed see the same"
            + " windows in the same order and are asked the same digits.",
        results.size(),
        plan.runs(),
        String.join(", ", plan.folds().stream().map(fold -> fold.name()).toList()),
        plan.seeds());
  }

  private void rightTable(StringBuilder text) {
    text.append(
        String.format(
            "## Right digits, percent%n%nMean ± standard deviation over folds and seeds; people of"
                + " different folds are not equally easy, which is most of the deviation.%n%n"));
    header(text, List.of("takes", "recordings", "start"));
    for (int takes : takes()) {
      for (StartMethod method : StartMethod.values()) {
        List<String> cells = new ArrayList<>();
        cells.add(StartRun.takesText(takes));
        cells.add(Long.toString(recordings(takes)));
        cells.add(method.id());
        columns().forEach(column -> cells.add(right(takes, method, column).text()));
        row(text, cells);
      }
    }
    text.append(System.lineSeparator());
  }

  private long recordings(int takes) {
    return Math.round(
        results.stream()
            .filter(r -> r.run().takes() == takes)
            .mapToInt(StartResult::recordings)
            .average()
            .orElse(0));
  }

  private void differenceTable(StringBuilder text) {
    text.append(
        String.format(
            "## Against the random start of the same fold and seed, points%n%nMean ± standard"
                + " deviation of the differences. Bold with a star: the 95 %% interval of the mean"
                + " (Student's t) leaves out 0.%n%n"));
    header(text, List.of("takes", "start"));
    for (int takes : takes()) {
      for (StartMethod method : pretrained()) {
        List<String> cells = new ArrayList<>(List.of(StartRun.takesText(takes), method.id()));
        columns().forEach(column -> cells.add(difference(takes, method, column).differenceText()));
        row(text, cells);
      }
    }
    text.append(System.lineSeparator());
  }

  private static List<StartMethod> pretrained() {
    return Arrays.stream(StartMethod.values()).filter(m -> m != StartMethod.RANDOM).toList();
  }

  private void header(StringBuilder text, List<String> first) {
    List<String> cells = new ArrayList<>(first);
    columns().forEach(column -> cells.add(column.title));
    row(text, cells);
    row(text, cells.stream().map(cell -> "---").toList());
  }

  private static void row(StringBuilder text, List<String> cells) {
    text.append(String.format("| %s |%n", String.join(" | ", cells)));
  }

  /** What can be said without looking: how many differences are beyond chance, and which way. */
  private String reading() {
    int all = 0;
    List<String> better = new ArrayList<>();
    List<String> worse = new ArrayList<>();
    for (int takes : takes()) {
      for (StartMethod method : pretrained()) {
        for (Column column : columns()) {
          Spread difference = difference(takes, method, column);
          all++;
          if (difference.count() > 0 && difference.isBeyondChance()) {
            (difference.mean() > 0 ? better : worse)
                .add(method.id() + " at " + StartRun.takesText(takes) + " takes, " + column.title);
          }
        }
      }
    }
    return String.format(
        Locale.ROOT,
        "Of %d differences %d are better beyond chance%s and %d worse%s. With so many, about %.0f"
            + " would be beyond a 95 %% interval by chance alone.",
        all,
        better.size(),
        better.isEmpty() ? "" : " (" + String.join("; ", better) + ")",
        worse.size(),
        worse.isEmpty() ? "" : " (" + String.join("; ", worse) + ")",
        0.05 * all);
  }

  private void budget(StringBuilder text) {
    text.append(String.format("## Budget%n%n"));
    settings.forEach((name, value) -> text.append(String.format("- %s: %s%n", name, value)));
    text.append(
        String.format(
            Locale.ROOT,
            "- seconds of a training (mean): classifier %.1f, autoencoders %.1f, denoising %.1f;"
                + " all %d trainings together %.0f minutes, without composing and trying%n",
            results.stream().mapToDouble(StartResult::trainingSeconds).average().orElse(0),
            pretrainingSeconds(StartMethod.AUTOENCODER),
            pretrainingSeconds(StartMethod.DENOISING),
            results.size(),
            results.stream().mapToDouble(r -> r.trainingSeconds() + r.pretrainingSeconds()).sum()
                / 60));
  }

  private double pretrainingSeconds(StartMethod method) {
    return results.stream()
        .filter(r -> r.run().method() == method)
        .mapToDouble(StartResult::pretrainingSeconds)
        .average()
        .orElse(0);
  }

  /** Every training and every cell, for programs, indented. */
  public String json() {
    ObjectNode json = MAPPER.createObjectNode().put("format", 1);
    settings.forEach(json.putObject("settings")::put);
    ArrayNode cells = json.putArray("table");
    for (int takes : takes()) {
      for (StartMethod method : StartMethod.values()) {
        for (Column column : columns()) {
          Spread right = right(takes, method, column);
          Spread difference = difference(takes, method, column);
          ObjectNode cell =
              cells
                  .addObject()
                  .put("takes", StartRun.takesText(takes))
                  .put("start", method.id())
                  .put("corpus", column.corpus == null ? "all" : column.corpus)
                  .put("runs", right.count());
          if (right.count() > 0) {
            cell.put("rightPercent", right.mean()).put("deviation", right.deviation());
          }
          if (method != StartMethod.RANDOM && difference.count() > 0) {
            cell.put("againstRandom", difference.mean())
                .put("againstRandomDeviation", difference.deviation())
                .put("beyondChance", difference.isBeyondChance());
          }
        }
      }
    }
    ArrayNode runs = json.putArray("runs");
    for (StartResult result : results) {
      ObjectNode run =
          runs.addObject()
              .put("fold", result.run().fold())
              .put("takes", StartRun.takesText(result.run().takes()))
              .put("seed", result.run().seed())
              .put("start", result.run().method().id())
              .put("recordings", result.recordings())
              .put("loss", result.loss())
              .put("pretrainingSeconds", result.pretrainingSeconds())
              .put("trainingSeconds", result.trainingSeconds());
      ArrayNode scores = run.putArray("scores");
      for (StartResult.Score score : result.scores()) {
        scores
            .addObject()
            .put("corpus", score.corpus())
            .put("digits", score.digits())
            .put("right", score.right());
      }
    }
    return json.toPrettyString();
  }
}
