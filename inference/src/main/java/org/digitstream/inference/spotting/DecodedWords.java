package org.digitstream.inference.spotting;

import java.util.ArrayList;
import java.util.List;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.WindowSequence;

/** What a judge is asked of a recording, to teach it what to say. */
public final class DecodedWords {
  private DecodedWords() {}

  /**
   * A word that was decoded, however unsure.
   *
   * @param digit that it was taken for
   * @param startSample its first sample
   * @param endSample the sample after its last one
   * @param inputs what the judge is told of it, as {@link
   *     org.digitstream.inference.model.WordJudge#inputs} lays it out
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on as it is; never compared
  public record Question(int digit, long startSample, long endSample, float[] inputs) {}

  /**
   * The words that a model's decoder finds in a recording.
   *
   * @param model with a judge, of whatever weights, and a threshold of 0
   * @param classifier runs that model
   * @param frames {@code frames[frame * bands + band]} of the recording
   * @throws IllegalArgumentException where the model has no judge or another threshold
   */
  public static List<Question> in(ModelBundle model, WindowClassifier classifier, float[] frames) {
    if (model.judge().isEmpty() || model.spotter().threshold() != 0) {
      throw new IllegalArgumentException(
          model.modelId() + " has no judge, or a threshold that is not 0");
    }
    int bands = model.featureSpec().bands();
    FrameWindow window =
        new FrameWindow(
            bands,
            model.geometry().blockFrames(),
            model.geometry().windowBlocks(),
            model.featureSpec().silence());
    WindowSequence network = classifier.sequence();
    List<float[]> inputs = new ArrayList<>();
    List<Question> questions = new ArrayList<>();
    WordFinder finder =
        new ContinuousFinder(
            model,
            window,
            network,
            history ->
                word -> {
                  inputs.add(HiddenWordJudge.inputs(history, model.hidden(), word));
                  return word;
                });
    for (int at = 0; at < frames.length; at += bands) {
      window.append(frames, at);
      finder.frameAdded().forEach(word -> questions.add(question(word, inputs, questions.size())));
    }
    finder.flush().forEach(word -> questions.add(question(word, inputs, questions.size())));
    return questions;
  }

  private static Question question(HeardWord word, List<float[]> inputs, int index) {
    return new Question(word.digit(), word.startSample(), word.endSample(), inputs.get(index));
  }
}
