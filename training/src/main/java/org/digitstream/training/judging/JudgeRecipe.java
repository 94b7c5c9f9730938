package org.digitstream.training.judging;

import java.util.LinkedHashMap;
import java.util.Map;
import org.digitstream.inference.model.JudgeShape;

/**
 * How a judge is taught.
 *
 * @param shape the judge's shape
 * @param scenes how many scenes are composed
 * @param sceneFrames length of a scene in frames
 * @param epochs how often each word is shown
 * @param batchExamples words per update
 * @param learningRate the highest, of Adam; falls along a cosine
 * @param dropped share of the inputs that are left out of each example at random (Srivastava et
 *     al., "Dropout", 2014)
 * @param labelSmoothing share of the certainty that is spread over all classes
 */
public record JudgeRecipe(
    JudgeShape shape,
    int scenes,
    int sceneFrames,
    int epochs,
    int batchExamples,
    double learningRate,
    double dropped,
    double labelSmoothing) {
  private static final int MOST_SCENES = 3000;
  private static final int FEWEST_SCENES = 200;
  private static final int STRIPS_PER_SCENE = 16;

  /**
   * The recipe for a network that was taught some strips: 3,000 scenes of 10 s, which hold about
   * 33,000 words that its decoder finds; fewer after a short training.
   */
  public static JudgeRecipe after(int strips) {
    int scenes = Math.min(MOST_SCENES, Math.max(FEWEST_SCENES, strips / STRIPS_PER_SCENE));
    return new JudgeRecipe(new JudgeShape(128, 0.5f), scenes, 1000, 6, 128, 1e-3, 0.3, 0.02);
  }

  /** Every setting by name, for the model's provenance. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("judgeScenes", Integer.toString(scenes));
    settings.put("judgeSceneFrames", Integer.toString(sceneFrames));
    settings.put("judgeEpochs", Integer.toString(epochs));
    settings.put("judgeBatchExamples", Integer.toString(batchExamples));
    settings.put("judgeLearningRate", Double.toString(learningRate));
    settings.put("judgeDropped", Double.toString(dropped));
    settings.put("judgeLabelSmoothing", Double.toString(labelSmoothing));
    return settings;
  }
}
