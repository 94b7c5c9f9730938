package org.digitstream.training.study;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.OnsetSettings;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.Provenance;
import org.digitstream.inference.model.Provenance.TrainingCorpus;
import org.digitstream.training.study.StudyFolder.Kept;

/**
 * Makes a model for the stream out of a classifier: it finds words by their level and classifies
 * one picture for each.
 */
public final class ModelExport {
  private final StudyFolder folder;
  private final StudySettings settings;
  private final Clock clock;

  /**
   * An export.
   *
   * @param settings of the networks that the classifiers were trained with
   * @param clock tells the time for the model's story, and nothing else
   */
  public ModelExport(StudyFolder folder, StudySettings settings, Clock clock) {
    this.folder = folder;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The model of a classifier.
   *
   * @param name what people will call it
   * @param threshold the least probability of a digit that is reported, 0 to 1
   * @throws StudyException where the classifier is missing or of another network
   */
  public ModelBundle export(
      SplitKind kind, long seed, int layers, Start start, String name, float threshold) {
    Step step = Step.classifier(kind, seed, layers, start);
    Kept<ClassifierResult> kept =
        folder
            .read(step, ClassifierResult.class)
            .orElseThrow(
                () ->
                    new StudyException(
                        "there is no "
                            + folder.file(step.path() + ".json")
                            + " yet: run 'digitstream train classify' with the same --layers,"
                            + " --start, --split and --seed first"));
    PictureArchive archive = new PictureArchive(folder);
    PictureSettings pictures = archive.story().result().settings();
    PictureShape shape = settings.shape(pictures.featureSpec().bands(), pictures.frames(), layers);
    float[] weights = folder.values(step, kept);
    if (weights.length != shape.parameterCount()) {
      throw new StudyException(
          String.format(
              "%s is of another network: it has %d weights, where this one has %d. Give the same"
                  + " --channels, --kernel and --stride.",
              folder.file(step.path() + ".json"), weights.length, shape.parameterCount()));
    }
    return new ModelBundle(
        name,
        pictures.featureSpec(),
        pictures.normalization(),
        shape,
        OnsetSettings.ofStudyPictures(pictures.streamPadding(), threshold),
        weights,
        provenance(archive, kept, kind, seed, start));
  }

  private Provenance provenance(
      PictureArchive archive, Kept<ClassifierResult> kept, SplitKind kind, long seed, Start start) {
    Map<String, String> recipe = new LinkedHashMap<>(archive.story().settings());
    recipe.putAll(kept.settings());
    recipe.put("start", start.description());
    PictureSet set = archive.pictures();
    Split split =
        folder
            .read(Step.split(kind, seed), Split.class)
            .orElseThrow(
                () ->
                    new StudyException(folder.file(Step.split(kind, seed).path()) + " is missing"))
            .result();
    ClassifierResult result = kept.result();
    double seconds =
        (double) settings.epochs() * result.trainingPictures() / result.samplesPerSecond();
    return new Provenance(
        "digitstream 0.1.0, the study",
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        seed,
        recipe,
        corpora(set, split),
        "the test part of the split '" + kind.description() + "'",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ", Java "
            + System.getProperty("java.version"),
        seconds);
  }

  private static List<TrainingCorpus> corpora(PictureSet set, Split split) {
    Map<String, List<PictureSet.Label>> byCorpus =
        Arrays.stream(split.training())
            .mapToObj(place -> set.labels().get(place))
            .collect(
                Collectors.groupingBy(
                    PictureSet.Label::corpus, LinkedHashMap::new, Collectors.toList()));
    List<TrainingCorpus> corpora = new ArrayList<>();
    byCorpus.forEach(
        (name, labels) ->
            corpora.add(
                new TrainingCorpus(
                    name,
                    labels.size(),
                    (int) labels.stream().map(PictureSet.Label::speaker).distinct().count(),
                    labels.size())));
    return corpora;
  }
}
