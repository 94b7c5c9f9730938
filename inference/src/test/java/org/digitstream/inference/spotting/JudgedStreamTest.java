package org.digitstream.inference.spotting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.digitstream.inference.ModelFixtures;
import org.digitstream.inference.model.Activations;
import org.digitstream.inference.model.JudgeShape;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.StreamGeometry;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.model.WordParts;
import org.junit.jupiter.api.Test;

/** Strings of digits through the recognizer of a stream whose words are judged. */
class JudgedStreamTest {
  private static final int UNITS = 6;
  private static final ModelBundle PLAIN = ModelFixtures.smallStringModel(1);
  private static final ModelBundle MODEL = judged(0.5f, weights());
  private static final StreamGeometry GEOMETRY = MODEL.geometry();
  private static final int BANDS = MODEL.featureSpec().bands();
  private static final int PART_FRAMES = 8;

  private static float[] weights() {
    return ModelFixtures.someWeights(new JudgeShape(UNITS, 0.5f).parameterCount(PLAIN.hidden()), 2);
  }

  private static ModelBundle judged(float share, float[] weights) {
    return PLAIN.withJudge(new JudgeShape(UNITS, share), weights);
  }

  /** Always says the same, whatever it is told. */
  private static ModelBundle saying(int verdict, float share) {
    float[] weights = new float[weights().length];
    weights[weights.length - ModelBundle.LABELS.size() + verdict] = 20;
    return judged(share, weights);
  }

  /**
   * Hears the class whose number is in the first band of the frame that an output speaks of, and
   * gives the last layer something that depends on all of the window.
   */
  private static final class Listener implements WindowClassifier {
    @Override
    public float[] classify(float[] window) {
      return activations(window).probabilities();
    }

    @Override
    public Activations activations(float[] window) {
      assertThat(window).hasSize(GEOMETRY.windowFrames() * BANDS);
      float[] p = new float[GEOMETRY.outputsPerBlock() * WordParts.CLASSES];
      float[] hidden = new float[GEOMETRY.outputsPerBlock() * MODEL.hidden()];
      for (int output = 0; output < GEOMETRY.outputsPerBlock(); output++) {
        int frame =
            GEOMETRY.windowFrames()
                - 1
                - (GEOMETRY.outputsPerBlock() - 1 - output) * GEOMETRY.strideFrames()
                - GEOMETRY.lookAheadFrames();
        float level = window[frame * BANDS];
        int from = output * WordParts.CLASSES;
        Arrays.fill(p, from, from + WordParts.CLASSES, 0.1f / WordParts.CLASSES);
        p[from + (level < 0 ? WordParts.SILENCE : (int) level)] += 0.9f;
      }
      SplittableRandom random = new SplittableRandom(Arrays.hashCode(window));
      for (int i = 0; i < hidden.length; i++) {
        hidden[i] = (float) random.nextDouble();
      }
      return new Activations(p, hidden);
    }

    @Override
    public String engineId() {
      return "listener";
    }

    @Override
    public void close() {}
  }

  /** Frames in which words are said, some without a pause before them, some drawled. */
  private static float[] speech(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[1400 * BANDS];
    int frame = 30;
    int frames = 30;
    Arrays.fill(values, -5);
    for (int word = 1 + random.nextInt(6); word > 0; word--) {
      frame += random.nextInt(3) * 25;
      int length = random.nextInt(5) == 0 ? 50 : PART_FRAMES;
      for (int part = 0; part < WordParts.PARTS; part++) {
        int said = WordParts.classOf(word, part);
        for (int i = 0; i < length; i++) {
          values[(frame + i) * BANDS] = said;
        }
        frame += length;
      }
      frames = frame + 40;
    }
    for (int i = 0; i < frames * BANDS; i++) {
      values[i] = i % BANDS == 0 ? values[i] : (float) random.nextDouble();
    }
    return Arrays.copyOf(values, Math.min(values.length, frames * BANDS));
  }

  private static FramesHeard heard(ModelBundle model, float[] values) {
    return new FramesHeard(model, new Listener(), values);
  }

  @Property(tries = 60)
  void digitsAreTheSameBitsForEveryWayOfCutting(
      @ForAll @LongRange(min = 0, max = 1000) long seed,
      @ForAll @IntRange(min = 1, max = 50) int most) {
    FramesHeard heard = heard(MODEL, speech(seed));
    assertThat(heard.inPieces(new SplittableRandom(seed), most)).isEqualTo(heard.inOnePiece());
  }

  @Property(tries = 60)
  void aResumedRecognizerGoesOnWithTheSameBits(
      @ForAll @LongRange(min = 0, max = 1000) long seed,
      @ForAll @IntRange(min = 1, max = 40) int most) {
    FramesHeard heard = heard(MODEL, speech(seed));
    FramesHeard.AfterCrashes after = heard.withCrashes(new SplittableRandom(seed), most);

    assertThat(after.digits()).isEqualTo(heard.inOnePiece());
    assertThat(after.blocks())
        .isLessThanOrEqualTo(new StreamRecognizer(MODEL, new Listener()).blockCapacity());
  }

  @Test
  void theJudgeIsToldWhatTheNetworkThought() {
    float[] values = speech(3);
    List<Detection> judged = heard(MODEL, values).inOnePiece();
    List<Detection> plain = heard(PLAIN, values).inOnePiece();
    assertThat(judged).isNotEmpty().isNotEqualTo(plain);
  }

  @Test
  void theJudgeMaySayThatAWordWasAnother() {
    float[] values = speech(3);
    List<Detection> plain = heard(PLAIN, values).inOnePiece();
    List<Detection> judged = heard(saying(9, 1), values).inOnePiece();
    assertThat(judged).hasSameSizeAs(plain).allMatch(digit -> digit.digit() == 9);
    assertThat(judged)
        .extracting(Detection::startSample)
        .isEqualTo(plain.stream().map(Detection::startSample).toList());
  }

  @Test
  void theJudgeMaySayThatAWordWasNone() {
    int none = ModelBundle.LABELS.indexOf(ModelBundle.NOT_A_DIGIT);
    assertThat(heard(saying(none, 1), speech(3)).inOnePiece()).isEmpty();
  }

  @Test
  void aJudgeWithHalfTheSayHalvesWhatItDoesNotBelieve() {
    float[] values = speech(3);
    int none = ModelBundle.LABELS.indexOf(ModelBundle.NOT_A_DIGIT);
    List<Detection> plain = heard(PLAIN, values).inOnePiece();
    List<Detection> judged = heard(saying(none, 0.5f), values).inOnePiece();
    assertThat(judged).hasSameSizeAs(plain);
    for (int i = 0; i < plain.size(); i++) {
      assertThat(judged.get(i).confidence())
          .isEqualTo(plain.get(i).confidence() / 2, within(1e-6f));
    }
  }

  @Test
  void whatAJudgeIsAskedCanBeLearnedFrom() {
    float[] values = speech(3);
    List<Detection> plain = heard(PLAIN, values).inOnePiece();
    List<DecodedWords.Question> questions =
        DecodedWords.in(
            MODEL.withSpotter(MODEL.spotter().withThreshold(0)), new Listener(), values);
    assertThat(questions)
        .extracting(DecodedWords.Question::digit)
        .containsAll(plain.stream().map(Detection::digit).toList());
    assertThat(questions)
        .allSatisfy(
            question -> assertThat(question.inputs()).hasSize(JudgeShape.inputs(PLAIN.hidden())));
  }
}
