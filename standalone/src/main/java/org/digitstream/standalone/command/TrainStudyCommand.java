package org.digitstream.standalone.command;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.study.PictureSettings;
import org.digitstream.training.study.RecordingSelection;
import org.digitstream.training.study.SplitKind;
import org.digitstream.training.study.Start;
import org.digitstream.training.study.Study;
import org.digitstream.training.study.StudyFolder;
import org.digitstream.training.study.StudyReport;
import org.digitstream.training.study.StudySettings;
import org.digitstream.training.study.WholeStudy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code digitstream train study}. */
@Command(
    name = "study",
    description =
        "Runs the study that the project grew out of: spectrogram pictures, classifiers of two and"
            + " three layers, autoencoders layer by layer, classifiers that start from them; and"
            + " writes a report. What is finished is not done again.",
    footer = {
      "  digitstream train study --corpus voices/ -o study/",
      "  digitstream train study --corpus fsdd/ -o study-fsdd/ --seeds 5",
      "  digitstream train study --corpus spoken_numbers/ -o study/ --exclude-speaker Steffi",
      "",
      "Each step is also a command of its own: spectrograms, split, classify, autoencode, report."
    })
final class TrainStudyCommand extends DigitstreamCommand {
  /** Of about 3000 pictures, and of the networks of one split and seed. */
  static final long PICTURES_BYTES = 50_000_000;

  private static final long NETWORKS_BYTES = 3_000_000;

  private final Preflight preflight;

  @Mixin private StudyPictureOptions pictures;
  @Mixin private StudyFolderOptions output;

  @Option(
      names = "--split",
      paramLabel = "random|speaker|fsdd",
      split = ",",
      defaultValue = "random,speaker",
      description = "How to part the corpus, one or more ways (default: ${DEFAULT-VALUE}).")
  private List<SplitKind> kinds;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description =
          "Of everything random: the same seed gives the same bits (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many seeds, counted up from --seed (default: ${DEFAULT-VALUE}).")
  private int seeds;

  /** What autoencoders give back. */
  enum Objective {
    HIDDEN,
    PICTURE
  }

  @Option(
      names = "--objective",
      paramLabel = "hidden|picture",
      split = ",",
      defaultValue = "hidden,picture",
      description =
          "What the autoencoders of later layers give back, one or both: their own input (hidden, the"
              + " study's) or the picture (default: ${DEFAULT-VALUE}).")
  private List<Objective> objectives;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Networks to train at a time (default: one per processor).")
  private Integer threads;

  @Mixin private StudyNetworkOptions networks;

  TrainStudyCommand(Surroundings surroundings, Preflight preflight) {
    super(surroundings);
    this.preflight = preflight;
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    if (seeds < 1) {
      throw wrongUsage("--seeds " + seeds + " is not at least 1");
    }
    int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (workers < 1) {
      throw wrongUsage("--threads " + workers + " is not at least 1");
    }
    PictureSettings pictureSettings = pictures.settings(this);
    RecordingSelection selection = pictures.selection(this);
    StudySettings settings = networks.settings(this);
    StudyFolder folder =
        output.open(preflight, PICTURES_BYTES + kinds.size() * seeds * NETWORKS_BYTES);
    List<Long> allSeeds = LongStream.range(seed, seed + seeds).boxed().toList();
    ExecutorService executor =
        Executors.newFixedThreadPool(
            workers,
            task -> {
              Thread thread = new Thread(task, "study");
              thread.setDaemon(true);
              return thread;
            });
    try (StudyConsole console = new StudyConsole(surroundings)) {
      Study study = new Study(folder, settings, console, System::nanoTime);
      study.spectrograms(pictures.corpora(), pictureSettings, selection);
      WholeStudy whole =
          new WholeStudy(
              study,
              settings,
              objectives.stream().distinct().map(o -> Start.valueOf(o.name())).toList());
      console.expect(whole.work(kinds, allSeeds));
      whole.run(kinds, allSeeds, executor);
      console.say(StudyReport.write(folder) + ": the report");
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    } finally {
      executor.shutdownNow();
    }
    return SUCCEEDED;
  }
}
