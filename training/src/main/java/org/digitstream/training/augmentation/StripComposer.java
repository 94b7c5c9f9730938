package org.digitstream.training.augmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.SpokenDigit;
import org.digitstream.training.corpus.Utterance;
import org.digitstream.training.sound.TimeStretch;

/**
 * Composes strips: words strung together with pauses, or part of a sentence, or noise alone, in a
 * random acoustic scene. Strip {@code i} of a seed is always the same. Immutable; any number of
 * threads.
 */
public final class StripComposer {
  private static final double NOISE_SHARE = 0.05;
  private static final double OTHER_WORD_SHARE = 0.28;
  private static final double CLIPPED_SHARE = 0.4;
  private static final double CLIPPED_BEGINNING = 0.25;
  private static final double CLIPPED_END = 0.4;

  private static final double QUIET_EDGES_SHARE = 0.15;
  private static final double QUIETEST_DB = -30;
  private static final double LOUDEST_DB = -10;

  private static final double WEAK_HISS_SHARE = 0.12;

  private static final double TEMPO_SHARE = 0.5;
  private static final double SHORTEST = 0.6;
  private static final double LONGEST = 1.25;

  /** Many a microphone loses the "s" of "six" and the "f" of "five" in its noise. */
  private static final double SHELF_SHARE = 0.35;

  /** How many samples the first search for like pieces of a word goes at once. */
  private static final int STRETCH_STEP = 4;

  /** Mean level of a word before the scene is made louder or quieter as a whole. */
  private static final double WORD_LEVEL_DB = -25;

  private static final double ISOLATED_EDGE_SECONDS = 0.02;
  private static final double ALIGNED_EDGE_SECONDS = 0.04;

  /**
   * Speech is what is less than 30 dB below the loudest part of a recording, in pieces of 10 ms.
   */
  private static final double SPEECH_POWER = 1e-3;

  private static final int PIECES_PER_SECOND = 100;

  private final Scenes scenes;
  private final FeatureSpec spec;
  private final WordSource words;
  private final NoiseSource noises;
  private final Set<Augmentation> augmentations;
  private final long seed;
  private final int stripSamples;

  /**
   * A composer.
   *
   * @param scenes what sort of strips
   * @param corpus what to compose of
   * @param spec the features that the strips are made for
   * @param frames length of a strip, in frames of these features
   * @param augmentations what is done to the recordings
   * @param seed of everything random
   * @throws IllegalArgumentException where a digit is missing in the corpus
   */
  public StripComposer(
      Scenes scenes,
      Corpus corpus,
      FeatureSpec spec,
      int frames,
      Set<Augmentation> augmentations,
      long seed) {
    this.scenes = scenes;
    this.spec = spec;
    this.words = new WordSource(corpus, scenes.ohShare());
    this.noises = new NoiseSource(corpus.noiseSamples(), spec.sampleRateHz());
    this.augmentations = Set.copyOf(augmentations);
    this.seed = seed;
    this.stripSamples = (frames - 1) * spec.hopSamples() + spec.fftSamples();
  }

  /** Strip number {@code index}. */
  public Strip compose(long index) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index);
    Scene scene = new Scene(random);
    double kind = random.nextDouble();
    if (kind < scenes.sentenceShare() && words.hasSentences()) {
      scene.placeSentences();
    } else if (kind >= 1 - NOISE_SHARE) {
      scene.placeOtherWords();
    } else {
      scene.placeWords();
    }
    return new Strip(
        scene.record(),
        scene.classes,
        List.copyOf(scene.others),
        List.copyOf(scene.digits),
        scene.speech);
  }

  /**
   * How fast a recording is played.
   *
   * @param speed how many times as fast, with another pitch
   * @param stretch how many times as long before that, at the same pitch
   */
  private record Pace(double speed, double stretch) {
    /** How many samples a number of the recording's samples becomes. */
    int placed(int samples) {
      return (int) (samples * stretch / speed);
    }

    float[] apply(short[] samples, int from, int to, int sampleRateHz) {
      if (stretch == 1) {
        return Waveforms.atSpeed(samples, from, to, speed);
      }
      short[] part =
          TimeStretch.stretch(
              Arrays.copyOfRange(samples, from, to), sampleRateHz, stretch, STRETCH_STEP);
      return Waveforms.atSpeed(part, 0, part.length, speed);
    }
  }

  /** One strip in the making. */
  private final class Scene {
    private final SplittableRandom random;
    private final int rate = spec.sampleRateHz();
    private final float[] audio = new float[stripSamples];
    private final byte[] classes = new byte[stripSamples];

    /** Where the recordings are that the scene is made of, with a little around them. */
    private final boolean[] recorded = new boolean[stripSamples];

    private final List<Strip.Span> others = new ArrayList<>();
    private final List<Strip.PlacedDigit> digits = new ArrayList<>();
    private final byte[] speech = new byte[stripSamples];

    Scene(SplittableRandom random) {
      this.random = random;
      Arrays.fill(classes, Strip.NOT_A_DIGIT);
    }

    void placeWords() {
      double speed = speed();
      double otherWordShare =
          !words.hasOtherWords() || chance(0.3) ? 0 : chance(0.15) ? 1 : OTHER_WORD_SHARE;
      boolean samePerson = chance(scenes.samePersonShare());
      boolean alone = chance(scenes.aloneShare());
      Utterance person = null;
      int end = (int) (uniform(-0.6, 0.6) * rate);
      while (end < stripSamples) {
        Utterance word;
        if (chance(otherWordShare)) {
          word = words.otherWord(random);
        } else if (samePerson && person != null) {
          word = words.digitBySamePerson(person, random);
        } else {
          word = words.digit(random);
          person = word;
        }
        int pause = (int) ((alone ? uniform(0.6, 1.4) : scenes.pauseSeconds(random)) * rate);
        end = placeWord(word, end + pause, speed * uniform(0.95, 1.05));
      }
    }

    void placeOtherWords() {
      int end = (int) (uniform(0, 4) * rate);
      while (end < stripSamples && words.hasOtherWords()) {
        end = placeWord(words.otherWord(random), end, speed()) + (int) (uniform(0, 2) * rate);
      }
    }

    void placeSentences() {
      double speed = speed();
      int at = (int) (uniform(-1.5, 0.5) * rate);
      while (at < stripSamples) {
        Utterance sentence = words.sentence(random);
        place(sentence, 0, sentence.samples().length, at, new Pace(speed, 1), ALIGNED_EDGE_SECONDS);
        at += (int) (sentence.samples().length / speed) + (int) (uniform(0, 0.5) * rate);
      }
    }

    /**
     * Places a word so that what is heard of its speech begins at a sample; returns where that
     * ends.
     */
    private int placeWord(Utterance word, int speechStart, double speed) {
      double stretch =
          chance(Augmentation.TEMPO, TEMPO_SHARE)
              ? Math.exp(uniform(Math.log(SHORTEST), Math.log(LONGEST)))
              : 1;
      Pace pace = new Pace(speed, stretch);
      int before = Math.min(word.wordStart(), (int) (uniform(0, 0.15) * rate));
      int after = Math.min(word.samples().length - word.wordEnd(), (int) (uniform(0, 0.15) * rate));
      if (word.kind() != Utterance.Kind.CUT_DIGIT
          && chance(Augmentation.CLIPPED_EDGES, CLIPPED_SHARE)) {
        // Recordings of single words often begin or end in the middle of a weak sound.
        int length = word.wordEnd() - word.wordStart();
        before = chance(0.6) ? -(int) (uniform(0, CLIPPED_BEGINNING) * length) : before;
        after = chance(0.6) ? -(int) (uniform(0, CLIPPED_END) * length) : after;
      }
      int from = word.wordStart() - before;
      int to = word.wordEnd() + after;
      if (word.kind() != Utterance.Kind.CUT_DIGIT
          && chance(Augmentation.QUIET_EDGES, QUIET_EDGES_SHARE)) {
        QuietEdges.Part left =
            QuietEdges.cut(
                word.samples(),
                word.wordStart(),
                word.wordEnd(),
                rate,
                uniform(QUIETEST_DB, LOUDEST_DB),
                chance(0.6));
        from = left.from();
        to = left.to();
        before = word.wordStart() - from;
      }
      int at = speechStart - pace.placed(Math.max(0, before));
      place(
          word,
          from,
          to,
          at,
          pace,
          word.kind() == Utterance.Kind.CUT_DIGIT ? ALIGNED_EDGE_SECONDS : ISOLATED_EDGE_SECONDS);
      return at + pace.placed(Math.min(word.wordEnd(), to) - from);
    }

    private void place(
        Utterance utterance, int from, int to, int at, Pace pace, double edgeSeconds) {
      float[] sound = pace.apply(utterance.samples(), from, to, rate);
      int speechFrom = pace.placed(Math.max(from, utterance.wordStart()) - from);
      int speechTo = Math.min(sound.length, pace.placed(utterance.wordEnd() - from));
      float gain =
          Waveforms.decibels(WORD_LEVEL_DB + uniform(-5, 5))
              / Waveforms.rms(sound, speechFrom, speechTo);
      Waveforms.fadeEnds(sound, rate / 200);
      if (chance(Augmentation.WEAK_HISS, WEAK_HISS_SHARE)) {
        Waveforms.weakenHiss(sound, uniform(-30, -6), rate);
      }
      for (int i = Math.max(0, -at); i < sound.length && at + i < stripSamples; i++) {
        audio[at + i] += gain * sound[i];
      }
      int recordingStart = at - (int) (uniform(0, 0.1) * rate);
      int recordingEnd = at + sound.length + (int) (uniform(0, 0.1) * rate);
      Arrays.fill(recorded, clamp(recordingStart), clamp(recordingEnd), true);
      if (utterance.kind() == Utterance.Kind.OTHER_WORDS) {
        others.add(new Strip.Span(at + speechFrom, at + speechTo));
      }
      boolean wordsAround =
          utterance.kind().isSentence() || utterance.kind() == Utterance.Kind.OTHER_WORDS;
      markSpeech(sound, at, wordsAround ? Strip.OTHER_SPEECH : Strip.UNCERTAIN_SPEECH);
      for (SpokenDigit digit : utterance.digits()) {
        int start = at + pace.placed(Math.max(from, digit.startSample()) - from);
        int end = at + pace.placed(Math.min(to, digit.endSample()) - from);
        int edge = (int) (edgeSeconds * rate);
        digits.add(new Strip.PlacedDigit(digit.digit(), digit.oh(), start, end, edge));
        mark(start - edge, end + edge, Strip.UNKNOWN, Strip.NOT_A_DIGIT);
        mark(start + edge, end - edge, (byte) digit.digit(), Strip.UNKNOWN);
      }
    }

    private void markSpeech(float[] sound, int at, byte what) {
      int piece = rate / PIECES_PER_SECOND;
      float[] power = Waveforms.power(sound, piece);
      float greatest = 0;
      for (float each : power) {
        greatest = Math.max(greatest, each);
      }
      for (int i = 0; i < power.length; i++) {
        if (power[i] > SPEECH_POWER * greatest) {
          Arrays.fill(speech, clamp(at + i * piece), clamp(at + (i + 1) * piece), what);
        }
      }
    }

    private int clamp(int sample) {
      return Math.max(0, Math.min(sample, stripSamples));
    }

    /** Marks a span; where another word is there already, nothing is certain. */
    private void mark(int from, int to, byte value, byte over) {
      for (int i = Math.max(0, from); i < Math.min(to, stripSamples); i++) {
        classes[i] = classes[i] == over ? value : Strip.UNKNOWN;
      }
    }

    /** The strip as a microphone hears it. */
    short[] record() {
      float[] sound = audio;
      if (chance(Augmentation.ROOM, 0.25)) {
        sound = Waveforms.inRoom(sound, uniform(0.1, 0.6), uniform(3, 12), rate, random);
      }
      if (chance(Augmentation.EQUALIZATION, 0.7)) {
        Waveforms.tilt(sound, (float) uniform(-0.6, 0.6));
      }
      if (chance(Augmentation.EQUALIZATION, SHELF_SHARE)) {
        Waveforms.highShelf(sound, uniform(800, 2500), uniform(-24, 6), rate);
      }
      for (int i = has(Augmentation.EQUALIZATION) ? random.nextInt(3) : 0; i > 0; i--) {
        double centreHz = Math.min(0.45 * rate, 100 * Math.pow(60, random.nextDouble()));
        Waveforms.peak(sound, centreHz, uniform(0.4, 2), uniform(-8, 8), rate);
      }
      float speech = Waveforms.decibels(WORD_LEVEL_DB);
      boolean noisy = chance(Augmentation.NOISE, 0.8);
      if (noisy) {
        float[] noise = noises.next(stripSamples, random);
        float gain = speech * Waveforms.decibels(chance(0.5) ? -uniform(-3, 12) : -uniform(12, 35));
        // A recording of one word has its noise with it, and none comes before and after.
        boolean everywhere = !chance(0.35);
        for (int i = 0; i < stripSamples; i++) {
          if (everywhere || recorded[i]) {
            sound[i] += gain * noise[i];
          }
        }
      }
      if (chance(Augmentation.BAND_LIMITS, 0.45)) {
        Waveforms.lowPass(sound, Math.min(uniform(3300, 4000), 0.45 * rate), rate);
      }
      if (chance(Augmentation.BAND_LIMITS, 0.3)) {
        Waveforms.highPass(sound, uniform(80, 320), rate);
      }
      float gain = level(speech, noisy);
      for (int i = 0; i < stripSamples; i++) {
        sound[i] *= gain;
      }
      return Waveforms.toPcm16(sound);
    }

    private float level(float speech, boolean noisy) {
      if (!has(Augmentation.LEVEL)) {
        return 1;
      }
      // Quiet laptops to shouting into the microphone; a few clip.
      double db = chance(0.04) ? uniform(-12, -6) : uniform(-44, -17);
      if (noisy && chance(0.03)) {
        db = -60;
      }
      return Waveforms.decibels(db) / speech;
    }

    private double speed() {
      return chance(Augmentation.SPEED, 0.8) ? Math.exp(uniform(Math.log(0.8), Math.log(1.27))) : 1;
    }

    private boolean has(Augmentation augmentation) {
      return augmentations.contains(augmentation);
    }

    private boolean chance(Augmentation augmentation, double probability) {
      return has(augmentation) && chance(probability);
    }

    private boolean chance(double probability) {
      return random.nextDouble() < probability;
    }

    private double uniform(double from, double to) {
      return from + random.nextDouble() * (to - from);
    }
  }
}
