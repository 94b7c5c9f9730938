package org.digitstream.training.judging;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.inference.spotting.DecodedWords;
import org.digitstream.training.augmentation.Strip;
import org.digitstream.training.augmentation.StripComposer;
import org.digitstream.training.evaluation.Recognitions;

/**
 * Teaches the judge of a model whose network is trained. The same seed gives the same bits on any
 * number of threads.
 */
public final class JudgeTraining {
  /** Scenes of their own, far from those that the network is taught and measured by. */
  private static final long FIRST_SCENE = 1L << 40;

  /** Words that end in the last 0.1 s of a scene may go on after it. */
  private static final int MARGIN_PARTS_OF_SECOND = 10;

  /** A hundred for each class. */
  private static final int FEWEST = 1100;

  private final JudgeRecipe recipe;
  private final StripComposer composer;
  private final long seed;

  /**
   * A training to be done.
   *
   * @param recipe how
   * @param composer composes the scenes, of the recipe's {@link JudgeRecipe#sceneFrames}
   * @param seed of the judge's first weights and the order of the words
   */
  public JudgeTraining(JudgeRecipe recipe, StripComposer composer, long seed) {
    this.recipe = recipe;
    this.composer = composer;
    this.seed = seed;
  }

  /**
   * The same model with a judge.
   *
   * @param model decodes strings; a judge that it has is replaced
   * @param executor composes and recognizes the scenes
   * @param workers how many threads of it
   * @param scenesDone is told how many scenes are heard, from the calling thread
   * @throws JudgeException where the decoder found hardly a word in the scenes
   * @throws InterruptedException where the thread is interrupted
   */
  public ModelBundle judged(
      ModelBundle model, ExecutorService executor, int workers, IntConsumer scenesDone)
      throws InterruptedException {
    int weights = recipe.shape().parameterCount(model.hidden());
    ModelBundle unjudged =
        model
            .withJudge(recipe.shape(), new float[weights])
            .withSpotter(model.spotter().withThreshold(0));
    List<Long> scenes =
        LongStream.range(FIRST_SCENE, FIRST_SCENE + recipe.scenes()).boxed().toList();
    List<JudgeExample> examples = new ArrayList<>();
    Recognitions.each(
            scenes,
            () -> KernelClassifier.load(unjudged),
            (classifier, scene) -> examples(unjudged, classifier, scene),
            executor,
            workers,
            scenesDone)
        .forEach(examples::addAll);
    if (examples.size() < FEWEST) {
      throw new JudgeException(
          "the network found "
              + examples.size()
              + " words in "
              + recipe.scenes()
              + " scenes, too few to teach a judge: train it for longer");
    }
    return model.withJudge(recipe.shape(), new JudgeLearning(recipe, seed).weights(examples));
  }

  private List<JudgeExample> examples(ModelBundle model, WindowClassifier classifier, long scene) {
    Strip strip = composer.compose(scene);
    float[] frames = LogMelExtractor.extract(model.featureSpec(), strip.samples());
    return DecodedScene.examples(
        strip,
        DecodedWords.in(model, classifier, frames),
        model.featureSpec().sampleRateHz() / MARGIN_PARTS_OF_SECOND);
  }
}
