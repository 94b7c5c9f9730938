package org.digitstream.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.Normalization;
import org.digitstream.inference.model.Provenance;
import org.digitstream.inference.model.SpotterSettings;
import org.digitstream.inference.model.TemporalShape;
import org.digitstream.inference.model.TemporalShape.Convolution;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.training.Speech;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExaminationTest {
  private static final int BANDS = FeatureSpec.WIDEBAND.bands();
  private static final TemporalShape SHAPE =
      new TemporalShape(BANDS, List.of(new Convolution(3, 2, 1)), ModelBundle.LABELS.size());

  private final ExecutorService executor = Executors.newFixedThreadPool(3);

  @AfterEach
  void end() {
    executor.shutdownNow();
  }

  @Test
  void whatIsHeardIsWhatTheStreamHearsAtAnyThreshold() throws InterruptedException {
    boolean heardSome = false;
    boolean missedSome = false;
    for (float threshold : new float[] {0, 0.3f, 0.6f, 0.9f, 1}) {
      ModelBundle model = model(threshold);
      List<Answer> answers = answers(model, questions(), 1);
      for (int i = 0; i < answers.size(); i++) {
        String streamed =
            new OfflineRecognizer(model, new BandEar())
                .transcribe(questions().get(i).utterance().samples());
        assertThat(answers.get(i).heard()).isEqualTo(streamed);
        heardSome |= !streamed.isEmpty();
        missedSome |= streamed.isEmpty();
      }
    }
    assertThat(heardSome && missedSome).isTrue();
  }

  @Test
  void theCandidateDoesNotDependOnTheThresholdNorAnythingOnTheWorkers()
      throws InterruptedException {
    List<Answer> low = answers(model(0.1f), questions(), 1);
    List<Answer> high = answers(model(1), questions(), 3);
    assertThat(high)
        .extracting(Answer::candidate)
        .isEqualTo(low.stream().map(Answer::candidate).toList());
    assertThat(high)
        .extracting(Answer::confidence)
        .isEqualTo(low.stream().map(Answer::confidence).toList());
    assertThat(high).extracting(Answer::recording).startsWith("0_anna_0.wav", "0_anna_1.wav");
    assertThat(low).anyMatch(Answer::hasCandidate);
  }

  @Test
  void whatEndsTheWorkReachesTheCaller() {
    assertThatThrownBy(
            () ->
                new Examination(
                        model(0.5f),
                        model -> {
                          throw new IllegalStateException("no engine");
                        },
                        noise())
                    .answers(questions(), executor, 2, done -> {}))
        .hasMessage("no engine");
    assertThatThrownBy(
            () ->
                new Examination(model(0.5f), model -> new BandEar(), noise())
                    .answers(
                        questions(),
                        executor,
                        1,
                        done -> {
                          throw new IllegalStateException("the person said stop");
                        }))
        .hasMessage("the person said stop");
  }

  private List<Answer> answers(ModelBundle model, List<Question> questions, int workers)
      throws InterruptedException {
    return new Examination(model, any -> new BandEar(), noise())
        .answers(questions, executor, workers, done -> {});
  }

  private static NoiseMixer noise() {
    return new NoiseMixer(List.of(), 0, 1);
  }

  private static List<Question> questions() {
    List<Question> questions = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      for (int take = 0; take < 2; take++) {
        questions.add(Question.clean(Speech.isolated("chords", "anna", digit, take)));
      }
    }
    return questions;
  }

  private static ModelBundle model(float threshold) {
    float[] mean = new float[BANDS];
    float[] deviation = new float[BANDS];
    Arrays.fill(deviation, 1);
    return new ModelBundle(
        "ear",
        FeatureSpec.WIDEBAND,
        new Normalization(-17, mean, deviation),
        SHAPE,
        1,
        4,
        new SpotterSettings(0.2f, 0.15f, 2, 2, 60, threshold),
        new float[SHAPE.parameterCount()],
        new Provenance("test", "2026-11-22T00:00:00Z", 1, Map.of(), List.of(), "", "", 0));
  }

  /** Hears which tenth of the bands is loudest, the surer the louder it is. */
  private static final class BandEar implements WindowClassifier {
    @Override
    public float[] classify(float[] window) {
      int frames = window.length / BANDS;
      int outputs = 4;
      int classes = ModelBundle.LABELS.size();
      float[] probabilities = new float[outputs * classes];
      for (int output = 0; output < outputs; output++) {
        int frame = frames - 2 * (outputs - output);
        int loudest = 0;
        for (int band = 1; band < BANDS; band++) {
          if (window[frame * BANDS + band] > window[frame * BANDS + loudest]) {
            loudest = band;
          }
        }
        float sure =
            Math.max(0, Math.min(1, (window[frame * BANDS + loudest] + 6 - loudest / 8f) / 12));
        probabilities[output * classes + loudest * 10 / BANDS] = sure;
        probabilities[output * classes + 10] = 1 - sure;
      }
      return probabilities;
    }

    @Override
    public String engineId() {
      return "ear";
    }

    @Override
    public void close() {}
  }
}
