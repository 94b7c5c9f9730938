package org.digitstream.training.synthesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.features.dsp.LogMelExtractor;

/**
 * Finds where the words of a string are, given how the same voice says each of them alone: dynamic
 * time warping (Sakoe and Chiba, 1978; symmetric, with the slope constraint P = 1/2, so nothing is
 * more than three times as long or short) of the string's log-mel frames on those of the words one
 * behind the other. Synthesizers do not tell the times of their words, or each in its own way.
 */
final class WordAlignment {
  private static final int BANDS = 40;
  private static final int FRAMES_PER_SECOND = 100;
  private static final double LOW_HZ = 50;
  private static final double HIGH_SHARE_OF_RATE = 0.475;

  /** Natural logarithms of power: 50 dB below the loudest band is silence. */
  private static final float RANGE = 11.5f;

  private static final int SHORTEST_FRAMES = 4;

  private static final int MOST_FRAMES_FOR_ONE = 3;

  private WordAlignment() {}

  /**
   * A word's place.
   *
   * @param startSample first sample
   * @param endSample sample after the last one
   */
  record Place(int startSample, int endSample) {}

  /**
   * Aligns. Every word ends where the next one begins.
   *
   * @param string several words, without a pause before, between or after them
   * @param words each of them alone, in order, without a pause before or after it
   * @param sampleRateHz of all of them
   * @return a place for each word
   * @throws SynthesisException where a word would be shorter than 40 ms, or the string is three
   *     times as long or short as its words, so that it is not what these words would make
   */
  static List<Place> of(short[] string, List<short[]> words, int sampleRateHz)
      throws SynthesisException {
    FeatureSpec spec = spec(sampleRateHz);
    float[][] heard = frames(spec, string);
    List<float[]> expected = new ArrayList<>();
    List<Integer> wordOfFrame = new ArrayList<>();
    for (int word = 0; word < words.size(); word++) {
      for (float[] frame : frames(spec, words.get(word))) {
        expected.add(frame);
        wordOfFrame.add(word);
      }
    }
    int[] first = firstFrames(heard, expected.toArray(float[][]::new), wordOfFrame, words.size());
    List<Place> places = new ArrayList<>();
    for (int word = 0; word < words.size(); word++) {
      int end = word + 1 < words.size() ? first[word + 1] : heard.length;
      if (end - first[word] < SHORTEST_FRAMES) {
        throw new SynthesisException("word " + (word + 1) + " is not to be found in what was said");
      }
      places.add(
          new Place(
              word == 0 ? 0 : first[word] * spec.hopSamples(),
              word + 1 < words.size() ? end * spec.hopSamples() : string.length));
    }
    return places;
  }

  /** 10 ms from frame to frame, each in the middle of its 10 ms. */
  private static FeatureSpec spec(int sampleRateHz) {
    int window = sampleRateHz / 40;
    int fft = Math.max(64, Integer.highestOneBit(2 * window - 1));
    return new FeatureSpec(
        "alignment",
        sampleRateHz,
        window,
        fft,
        sampleRateHz / FRAMES_PER_SECOND,
        FeatureSpec.WindowFunction.HANN_PERIODIC,
        FeatureSpec.Spectrum.POWER,
        FeatureSpec.MelScale.SLANEY,
        FeatureSpec.MelNormalization.SLANEY_AREA,
        BANDS,
        LOW_HZ,
        HIGH_SHARE_OF_RATE * Math.min(16_000, sampleRateHz),
        FeatureSpec.LogScale.NATURAL,
        1e-10);
  }

  private static float[][] frames(FeatureSpec spec, short[] samples) {
    int before = (spec.fftSamples() - spec.hopSamples()) / 2;
    int count = Math.max(1, samples.length / spec.hopSamples());
    short[] padded = new short[(count - 1) * spec.hopSamples() + spec.fftSamples()];
    System.arraycopy(samples, 0, padded, before, Math.min(samples.length, padded.length - before));
    float[] values = LogMelExtractor.extract(spec, padded);
    float loudest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      loudest = Math.max(loudest, value);
    }
    float[][] frames = new float[count][];
    for (int frame = 0; frame < count; frame++) {
      frames[frame] = Arrays.copyOfRange(values, frame * BANDS, (frame + 1) * BANDS);
      for (int band = 0; band < BANDS; band++) {
        frames[frame][band] = Math.max(frames[frame][band], loudest - RANGE);
      }
    }
    return frames;
  }

  /** For each word the first frame of the string that lies in it on the best path. */
  private static int[] firstFrames(
      float[][] heard, float[][] expected, List<Integer> wordOfFrame, int words)
      throws SynthesisException {
    double[][] distance = new double[heard.length][expected.length];
    double[][] cost = new double[heard.length][expected.length];
    for (int i = 0; i < heard.length; i++) {
      for (int j = 0; j < expected.length; j++) {
        distance[i][j] = distance(heard[i], expected[j]);
        cost[i][j] = i + j == 0 ? 2 * distance[0][0] : step(distance, cost, i, j).cost;
      }
    }
    int[] first = new int[words];
    int i = heard.length - 1;
    int j = expected.length - 1;
    if (cost[i][j] == Double.POSITIVE_INFINITY) {
      throw new SynthesisException("what was said is far too long or short for its words");
    }
    while (i > 0 && j > 0) {
      Step step = step(distance, cost, i, j);
      for (int back = 0; back < step.expectedFrames; back++) {
        first[wordOfFrame.get(j - back)] = i - step.heardFrames + 1;
      }
      i -= step.heardFrames;
      j -= step.expectedFrames;
    }
    first[0] = 0;
    return first;
  }

  /** The best way to a pair of frames: how many of each it goes on by, and what it costs in all. */
  private record Step(int heardFrames, int expectedFrames, double cost) {}

  private static Step step(double[][] distance, double[][] cost, int i, int j) {
    Step best = new Step(1, 1, before(cost, i - 1, j - 1) + 2 * distance[i][j]);
    double faster = 0;
    double slower = 0;
    for (int frames = 2; frames <= MOST_FRAMES_FOR_ONE; frames++) {
      int back = frames - 2;
      faster += j >= back ? distance[i][j - back] : 0;
      slower += i >= back ? distance[i - back][j] : 0;
      if (j >= frames - 1) {
        double all = before(cost, i - 1, j - frames) + faster + 2 * distance[i][j - frames + 1];
        best = all < best.cost ? new Step(1, frames, all) : best;
      }
      if (i >= frames - 1) {
        double all = before(cost, i - frames, j - 1) + slower + 2 * distance[i - frames + 1][j];
        best = all < best.cost ? new Step(frames, 1, all) : best;
      }
    }
    return best;
  }

  private static double before(double[][] cost, int i, int j) {
    return i < 0 || j < 0 ? Double.POSITIVE_INFINITY : cost[i][j];
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int band = 0; band < a.length; band++) {
      sum += (a[band] - b[band]) * (a[band] - b[band]);
    }
    return Math.sqrt(sum);
  }
}
