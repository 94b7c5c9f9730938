package org.digitstream.training;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.IntConsumer;
import org.digitstream.inference.model.Calibration;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.Provenance;
import org.digitstream.training.augmentation.Scenes;
import org.digitstream.training.augmentation.StripComposer;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.HeldOut;
import org.digitstream.training.judging.JudgeRecipe;
import org.digitstream.training.judging.JudgeTraining;
import org.digitstream.training.network.TrainingRecipe;

/** From a trained model of strings to one whose words are judged, with its story. */
public final class ModelJudging {
  private final TrainingRecipe recipe;
  private final JudgeRecipe judgeRecipe;
  private final HeldOut heldOut;
  private final Clock clock;

  /**
   * A training to be done.
   *
   * @param recipe that the network was trained by
   * @param judgeRecipe how the judge is taught
   * @param heldOut what not to train on
   * @param clock tells the time for the model's provenance, and nothing else
   */
  public ModelJudging(
      TrainingRecipe recipe, JudgeRecipe judgeRecipe, HeldOut heldOut, Clock clock) {
    this.recipe = recipe;
    this.judgeRecipe = judgeRecipe;
    this.heldOut = heldOut;
    this.clock = clock;
  }

  /**
   * Teaches the judge. A calibration that the model has is about other confidences, and is gone
   * with the threshold that goes with it.
   *
   * @param model decodes strings
   * @param corpus everything that was read; what is held out is left out here
   * @param executor composes and recognizes scenes
   * @param workers how many threads of it
   * @param scenesHeard is told how many scenes are recognized
   * @return the same model with a judge
   * @throws IllegalArgumentException where a digit is missing in the corpus
   * @throws org.digitstream.training.judging.JudgeException where the network hears too little to
   *     learn from
   * @throws InterruptedException where the thread is interrupted
   */
  public ModelBundle judge(
      ModelBundle model,
      Corpus corpus,
      ExecutorService executor,
      int workers,
      IntConsumer scenesHeard)
      throws InterruptedException {
    long startMillis = clock.millis();
    StripComposer composer =
        new StripComposer(
            Scenes.STRINGS,
            heldOut.trainable(corpus),
            model.featureSpec(),
            judgeRecipe.sceneFrames(),
            recipe.augmentations(),
            recipe.seed());
    ModelBundle judged =
        new JudgeTraining(judgeRecipe, composer, recipe.seed())
            .judged(
                model
                    .withCalibration(Calibration.NONE)
                    .withSpotter(model.spotter().withThreshold(ModelTraining.STRING_THRESHOLD)),
                executor,
                workers,
                scenesHeard);
    Provenance before = model.provenance();
    Map<String, String> settings = new LinkedHashMap<>(before.recipe());
    settings.putAll(judgeRecipe.settings());
    return judged.withProvenance(
        new Provenance(
            before.createdBy(),
            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            before.seed(),
            settings,
            before.corpora(),
            before.heldOut(),
            before.platform(),
            before.trainingSeconds() + (clock.millis() - startMillis) / 1000.0));
  }
}
