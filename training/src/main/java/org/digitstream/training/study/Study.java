package org.digitstream.training.study;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.training.pretraining.Corruption;
import org.digitstream.training.pretraining.EncoderStack;
import org.digitstream.training.pretraining.Objective;
import org.digitstream.training.pretraining.PretrainingSettings;
import org.digitstream.training.pretraining.Stage;
import org.digitstream.training.pretraining.StageTraining;
import org.digitstream.training.storage.WholeFile;
import org.digitstream.training.study.StudyFolder.Kept;

/**
 * The steps of the study. Each leaves its result in the folder and takes the results of earlier
 * steps from there; a step whose result is there with the same settings is not done again. The same
 * settings and seed give the same bits on one machine, in one go or several.
 *
 * <p>Different steps may run in different threads, once {@link #spectrograms} is done.
 */
public final class Study {
  private final StudyFolder folder;
  private final StudySettings settings;
  private final StudyProgress progress;
  private final LongSupplier nanoTime;
  private final PictureArchive archive;

  /**
   * A study in a folder.
   *
   * @param folder where results are kept
   * @param settings of the networks
   * @param progress is told what is done
   * @param nanoTime as {@link System#nanoTime}, for speeds alone
   */
  public Study(
      StudyFolder folder, StudySettings settings, StudyProgress progress, LongSupplier nanoTime) {
    this.folder = folder;
    this.settings = settings;
    this.progress = progress;
    this.nanoTime = nanoTime;
    this.archive = new PictureArchive(folder);
  }

  /**
   * Step 1: reads recordings and turns them into pictures.
   *
   * @param corpora folders of recordings
   * @param pictureSettings how to make the pictures
   * @param selection which recordings to use
   * @return how many pictures there are
   * @throws IOException where a folder cannot be listed
   * @throws IllegalArgumentException where there are no recordings
   * @throws StudyException where a digit is missing
   */
  public int spectrograms(
      List<Path> corpora, PictureSettings pictureSettings, RecordingSelection selection)
      throws IOException {
    return archive.make(corpora, pictureSettings, selection, progress);
  }

  /**
   * Step 2: parts the pictures into a training and a test part.
   *
   * @throws StudyException where there are no pictures yet, or one part would be empty
   */
  public Split split(SplitKind kind, long seed) {
    Step step = Step.split(kind, seed);
    Map<String, String> wanted = basis(kind, seed);
    Optional<Kept<Split>> kept = folder.find(step, wanted, Split.class);
    if (kept.isPresent()) {
      return kept.get().result();
    }
    Split split = kind.split(archive.story().result().labels(), seed);
    folder.write(step, wanted, split, new float[0]);
    return split;
  }

  /**
   * Steps 3 and 5: trains a classifier.
   *
   * @param layers number of convolutions
   * @param start what they are at first
   * @throws StudyException where an earlier step is missing or of another network, saying which
   */
  public ClassifierResult classify(SplitKind kind, long seed, int layers, Start start) {
    Step step = Step.classifier(kind, seed, layers, start);
    PictureSet set = archive.pictures();
    PictureShape shape = settings.shape(set.bands(), set.frames(), layers);
    Split split = split(kind, seed);
    Map<String, String> wanted = basis(kind, seed);
    wanted.putAll(settings.classifierSettings(layers));
    List<float[]> encoders = new ArrayList<>();
    if (start != Start.RANDOM) {
      new LearnedStages(folder)
          .read(EncoderStack.of(shape), kind, seed, start, wanted)
          .forEach(stage -> encoders.add(stage.encoder()));
    }
    Optional<Kept<ClassifierResult>> kept = folder.find(step, wanted, ClassifierResult.class);
    if (kept.isPresent()) {
      progress.kept(step.what(), (long) settings.epochs() * split.training().length);
      return kept.get().result();
    }
    ClassifierTraining.Trained trained =
        new ClassifierTraining(shape, settings, seed, encoders, nanoTime)
            .train(set, split, progress::trained);
    ClassifierResult result =
        new ClassifierResult(
            shape.parameterCount(),
            split.training().length,
            split.test().length,
            set.speakers(split.test()),
            trained.samplesPerSecond(),
            trained.epochs());
    folder.write(step, wanted, result, trained.weights());
    progress.made(
        step.what(),
        String.format(
            Locale.ROOT,
            "accuracy %.3f, loss %.3f, %.0f samples/s in training",
            result.last().testAccuracy(),
            result.last().testLoss(),
            trained.samplesPerSecond()));
    return result;
  }

  /**
   * Step 4: trains the autoencoder of one layer.
   *
   * @param stage 1 for the first layer
   * @param start whose encoders these are; {@link Start#HIDDEN} or {@link Start#PICTURE}
   * @throws StudyException where an earlier step is missing or of another network, saying which
   */
  public AutoencoderResult autoencode(SplitKind kind, long seed, int stage, Start start) {
    Step step = Step.autoencoder(kind, seed, stage, start);
    PictureSet set = archive.pictures();
    Split split = split(kind, seed);
    PictureShape shape = settings.shape(set.bands(), set.frames(), stage);
    Map<String, String> wanted = basis(kind, seed);
    wanted.putAll(settings.autoencoderSettings(stage));
    List<Stage> earlier =
        stage == 1
            ? List.of()
            : new LearnedStages(folder)
                .read(
                    EncoderStack.of(settings.shape(set.bands(), set.frames(), stage - 1)),
                    kind,
                    seed,
                    start,
                    wanted);
    Optional<Kept<AutoencoderResult>> kept = folder.find(step, wanted, AutoencoderResult.class);
    if (kept.isPresent()) {
      progress.kept(step.what(), (long) settings.autoencoderEpochs() * split.training().length);
      return kept.get().result();
    }
    AutoencoderObserver observer =
        new AutoencoderObserver(
            set.pixels(split.test()), set.examples(split.test()), settings, progress, nanoTime);
    Stage trained =
        new StageTraining(EncoderStack.of(shape), earlier, pretraining(start, seed))
            .train(set.pixels(split.training()), set.pixels(split.test()), observer);
    AutoencoderResult result = observer.result(split.training().length);
    keepPicture(step, observer.grid(set.bands(), set.frames()));
    folder.write(step, wanted, result, joined(trained));
    progress.made(
        step.what(),
        String.format(
            Locale.ROOT,
            "loss %.5f, of the picture %.5f, %.0f samples/s in training",
            result.last().test(),
            result.pictureLoss(),
            result.samplesPerSecond()));
    return result;
  }

  private PretrainingSettings pretraining(Start start, long seed) {
    Objective objective =
        start
            .objective()
            .orElseThrow(() -> new IllegalArgumentException("a random start has no autoencoders"));
    return new PretrainingSettings(
        objective,
        Corruption.NONE,
        settings.autoencoderEpochs(),
        settings.batch(),
        settings.learningRate(),
        seed);
  }

  private void keepPicture(Step step, BufferedImage picture) {
    Path file = folder.pictureFile(step);
    try {
      WholeFile.write(file, Png.bytes(picture));
    } catch (IOException e) {
      throw new StudyException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static float[] joined(Stage stage) {
    int encoder = stage.encoder().length;
    float[] joined = Arrays.copyOf(stage.encoder(), encoder + stage.decoder().length);
    System.arraycopy(stage.decoder(), 0, joined, encoder, stage.decoder().length);
    return joined;
  }

  /** What decides every step after the first. */
  private Map<String, String> basis(SplitKind kind, long seed) {
    Map<String, String> basis = new LinkedHashMap<>();
    basis.put("pictures", archive.story().fingerprint());
    basis.put("split", kind.id());
    basis.put("seed", Long.toString(seed));
    return basis;
  }
}
