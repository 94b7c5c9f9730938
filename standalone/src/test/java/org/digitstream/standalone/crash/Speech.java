package org.digitstream.standalone.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.ingest.source.WavReader;

/**
 * Digits strung together from bundled recordings at random, at times without a pause, over and over
 * for as long as they are asked for. A value.
 */
final class Speech {
  static final int RATE = FeatureSpec.WIDEBAND.sampleRateHz();

  /** Edges quieter than this, of 32,768, are no part of a word. */
  private static final int QUIET = 200;

  private static final Path RECORDINGS = Path.of("src/main/resources/recordings");
  private static final List<String> WORDS =
      List.of(
          "0_slt-mulaw_100",
          "1_rms-mulaw_85",
          "2_us-8bit_150",
          "3_rms-float_85",
          "4_slt-8bit_100",
          "5_rms-16bit_85",
          "6_us-mulaw_150",
          "7_gb-8bit_150",
          "8_slt-16bit_100",
          "9_rms-mulaw_85");

  private record Word(int digit, int start, int end) {}

  private final List<Word> words;
  private final short[] loop;

  private Speech(List<Word> words, short[] loop) {
    this.words = List.copyOf(words);
    this.loop = loop;
  }

  /** So many different ones, each of 24 digits. */
  static List<Speech> several(int count, Random random) throws IOException {
    List<short[]> voice = new ArrayList<>();
    for (String word : WORDS) {
      voice.add(trimmed(WavReader.readMono(RECORDINGS.resolve(word + ".wav"), RATE)));
    }
    List<Speech> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(of(voice, random));
    }
    return all;
  }

  private static Speech of(List<short[]> voice, Random random) {
    List<Word> words = new ArrayList<>();
    short[] samples = new short[RATE * 60];
    int at = RATE / 4;
    for (int i = 0; i < 24; i++) {
      int digit = random.nextInt(10);
      short[] word = voice.get(digit);
      System.arraycopy(word, 0, samples, at, word.length);
      words.add(new Word(digit, at, at + word.length));
      at += word.length + (random.nextInt(3) == 0 ? random.nextInt(RATE / 2) : 0);
    }
    return new Speech(words, Arrays.copyOf(samples, at + RATE / 4));
  }

  private static short[] trimmed(short[] samples) {
    int from = 0;
    int to = samples.length;
    while (Math.abs(samples[from]) < QUIET) {
      from++;
    }
    while (Math.abs(samples[to - 1]) < QUIET) {
      to--;
    }
    return Arrays.copyOfRange(samples, from, to);
  }

  /** The samples from one index to another. */
  short[] samples(long from, long to) {
    short[] samples = new short[(int) (to - from)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = loop[(int) ((from + i) % loop.length)];
    }
    return samples;
  }

  /** Whether a word is half said at this sample. */
  boolean isWithinWord(long sample) {
    int at = (int) (sample % loop.length);
    return words.stream()
        .anyMatch(
            word -> {
              int edge = (word.end() - word.start()) / 4;
              return at >= word.start() + edge && at < word.end() - edge;
            });
  }

  /** What is said in the first so many samples, as far as it is said whole. */
  String transcript(long samples) {
    StringBuilder said = new StringBuilder();
    for (long begin = 0; begin < samples; begin += loop.length) {
      for (Word word : words) {
        if (begin + word.end() <= samples) {
          said.append(word.digit());
        }
      }
    }
    return said.toString();
  }
}
