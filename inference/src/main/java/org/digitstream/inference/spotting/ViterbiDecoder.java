package org.digitstream.inference.spotting;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.digitstream.inference.model.Calibration;
import org.digitstream.inference.model.ViterbiSettings;
import org.digitstream.inference.model.WordParts;

/**
 * Finds digits as the likeliest way through a loop of words, other words and silence; see {@link
 * ViterbiSettings}. The parts of a word follow each other, each for some outputs at least; after a
 * word comes another one, the same or not, or anything else, with a pause or without.
 *
 * <p>A way remembers its words. What all ways hold that are about as likely as the best one is
 * reported, and what the best way has held for long enough; ways that do not hold it end then. So
 * the delay after a word is bounded, and what has been reported is final. The confidence is that of
 * {@link org.digitstream.inference.model.WordEvidence}, calibrated; the other digits' are their
 * mean probabilities over the word, in the same proportion.
 *
 * <p>The {@linkplain #state state} is that of the possible ways, about 1 KB: for each at most
 * {@value #WAY_BYTES} bytes, and {@value #HELD_BYTES} for each word that is not yet reported.
 */
final class ViterbiDecoder implements WordSpotter {
  /** Of the probabilities of each digit, and of other words. */
  private static final int SUMS = DIGITS + 1;

  private static final int BEFORE_BYTES = 8 + 4;
  private static final int WAY_BYTES = 2 + 4 + 2 + 8 + SUMS * 4;
  private static final int HELD_BYTES = 2 + 1 + 8 + 8 + SUMS * 4;

  private static final float LEAST_PROBABILITY = 1e-6f;
  private static final float IMPOSSIBLE = Float.NEGATIVE_INFINITY;

  /** A word that a way holds. {@code before} is null where all before it has been reported. */
  private static final class Held {
    private Held before;
    private final int word;
    private final long first;
    private final long last;
    private final float[] sums;

    Held(Held before, int word, long first, long last, float[] sums) {
      this.before = before;
      this.word = word;
      this.first = first;
      this.last = last;
      this.sums = sums;
    }
  }

  /** The best ways to each place of the loop. */
  private static final class Ways {
    private final float[] score;
    private final long[] first;
    private final float[][] sums;
    private final Held[] held;

    Ways(int places) {
      score = new float[places];
      first = new long[places];
      sums = new float[places][SUMS];
      held = new Held[places];
      clear();
    }

    void clear() {
      Arrays.fill(score, IMPOSSIBLE);
      Arrays.fill(held, null);
    }
  }

  private final ViterbiSettings settings;
  private final DecodedWord.Judge judge;
  private final Calibration calibration;
  private final float[] bias;
  private final int placesOfWord;
  private final int otherWord;
  private final int silence;
  private final float[] logarithms = new float[WordParts.CLASSES];
  private Ways ways;
  private Ways next;

  /** Of the word decoded before, reported or not; its confidence is 0 where there is none. */
  private long lastOfBefore;

  private float confidenceBefore;

  ViterbiDecoder(ViterbiSettings settings, Calibration calibration) {
    this(settings, DecodedWord.Judge.NONE, calibration);
  }

  ViterbiDecoder(ViterbiSettings settings, DecodedWord.Judge judge, Calibration calibration) {
    this.settings = settings;
    this.judge = judge;
    this.calibration = calibration;
    this.bias = settings.bias();
    this.placesOfWord = WordParts.PARTS * settings.partOutputs();
    this.otherWord = WordParts.WORDS * placesOfWord;
    this.silence = otherWord + 1;
    this.ways = new Ways(silence + 1);
    this.next = new Ways(silence + 1);
    begin();
  }

  private void begin() {
    ways.clear();
    ways.score[silence] = 0;
    lastOfBefore = 0;
    confidenceBefore = 0;
  }

  @Override
  public List<SpottedWord> accept(long output, float[] probabilities, int offset) {
    for (int c = 0; c < logarithms.length; c++) {
      double probability = Math.max(LEAST_PROBABILITY, probabilities[offset + c]);
      logarithms[c] = (float) StrictMath.log(probability) + bias[c];
    }
    next.clear();
    int spoken = likeliestEnd();
    Held afterWord = ways.score[spoken] > IMPOSSIBLE ? ended(spoken, output - 1) : null;
    moveWithinWords();
    beginWords(output, spoken, afterWord);
    stayOrEnter(otherWord, silence, settings.otherWordPenalty(), spoken, afterWord);
    stayOrEnter(silence, otherWord, 0, spoken, afterWord);
    float[] heard = WordParts.digitProbabilities(probabilities, offset);
    heard[DIGITS] = probabilities[offset + WordParts.OTHER_WORD];
    listen(heard);
    giveUpUnlikely();
    Ways last = ways;
    ways = next;
    next = last;
    return settled(output);
  }

  /** The place where the likeliest way that may leave its word is. */
  private int likeliestEnd() {
    int best = placesOfWord - 1;
    for (int word = 1; word < WordParts.WORDS; word++) {
      int end = (word + 1) * placesOfWord - 1;
      best = ways.score[end] > ways.score[best] ? end : best;
    }
    return best;
  }

  private Held ended(int place, long last) {
    return new Held(
        ways.held[place], place / placesOfWord, ways.first[place], last, ways.sums[place].clone());
  }

  private void moveWithinWords() {
    for (int place = 0; place < otherWord; place++) {
      boolean mayStay = place % settings.partOutputs() == settings.partOutputs() - 1;
      if (mayStay) {
        enter(place, ways.score[place], place);
      }
      if (place % placesOfWord != 0) {
        enter(place, ways.score[place - 1], place - 1);
      }
    }
  }

  /** The best way into a place is kept, the earlier one of two that are equal. */
  private boolean enter(int place, float score, int from) {
    if (!(score > next.score[place])) {
      return false;
    }
    next.score[place] = score;
    next.held[place] = ways.held[from];
    next.first[place] = ways.first[from];
    System.arraycopy(ways.sums[from], 0, next.sums[place], 0, SUMS);
    return true;
  }

  private void beginWords(long output, int spoken, Held afterWord) {
    int from = ways.score[otherWord] > ways.score[silence] ? otherWord : silence;
    for (int word = 0; word < WordParts.WORDS; word++) {
      int place = word * placesOfWord;
      float afterNone = ways.score[from] - (word == WordParts.OH ? loneOhPenalty(from, output) : 0);
      boolean afterAnother = ways.score[spoken] > afterNone;
      float score = (afterAnother ? ways.score[spoken] : afterNone) - settings.wordPenalty();
      if (score > next.score[place]) {
        next.score[place] = score;
        next.held[place] = afterAnother ? afterWord : ways.held[from];
        next.first[place] = output;
        Arrays.fill(next.sums[place], 0);
      }
    }
  }

  /** What "oh" costs besides in the way to a place where no word is being said. */
  private float loneOhPenalty(int place, long output) {
    if (settings.loneOh() == null) {
      return 0;
    }
    Held before = ways.held[place];
    boolean any = before != null || confidenceBefore > 0;
    long last = before != null ? before.last : lastOfBefore;
    return any && output - last <= settings.loneOh().afterOutputs()
        ? 0
        : settings.loneOh().penalty();
  }

  private void stayOrEnter(int place, int other, float penalty, int spoken, Held afterWord) {
    enter(place, ways.score[place], place);
    enter(place, ways.score[other] - penalty, other);
    if (enter(place, ways.score[spoken] - penalty, spoken)) {
      next.held[place] = afterWord;
    }
  }

  private void listen(float[] heard) {
    for (int place = 0; place < otherWord; place++) {
      if (next.score[place] > IMPOSSIBLE) {
        next.score[place] += logarithms[place / settings.partOutputs()];
        for (int i = 0; i < SUMS; i++) {
          next.sums[place][i] += heard[i];
        }
      }
    }
    next.score[otherWord] += logarithms[WordParts.OTHER_WORD];
    next.score[silence] += logarithms[WordParts.SILENCE];
  }

  /** Scores are counted from that of the best way, or they would fall for ever. */
  private void giveUpUnlikely() {
    float best = next.score[best(next)];
    for (int place = 0; place <= silence; place++) {
      float score = next.score[place] - best;
      next.score[place] = score >= -settings.beam() ? score : IMPOSSIBLE;
    }
  }

  private static int best(Ways ways) {
    int best = 0;
    for (int place = 1; place < ways.score.length; place++) {
      best = ways.score[place] > ways.score[best] ? place : best;
    }
    return best;
  }

  private List<SpottedWord> settled(long output) {
    List<SpottedWord> words = new ArrayList<>();
    for (Held word : wordsOf(ways.held[best(ways)])) {
      boolean overdue = output - word.last >= settings.patienceOutputs();
      if (!overdue && !likelyOnesHold(word)) {
        break;
      }
      for (int place = 0; place <= silence; place++) {
        if (ways.score[place] > IMPOSSIBLE && !holds(ways.held[place], word)) {
          ways.score[place] = IMPOSSIBLE;
        }
      }
      report(word, output, words);
      forget(word);
    }
    giveUpLate(output);
    return words;
  }

  /** What the best way did not hold in time is not said later. */
  private void giveUpLate(long output) {
    for (int place = 0; place <= silence; place++) {
      if (ways.held[place] != null
          && output - wordsOf(ways.held[place]).get(0).last >= settings.patienceOutputs()) {
        ways.score[place] = IMPOSSIBLE;
      }
    }
  }

  /** In the order in which they were said. */
  private static List<Held> wordsOf(Held last) {
    List<Held> words = new ArrayList<>();
    for (Held word = last; word != null; word = word.before) {
      words.add(0, word);
    }
    return words;
  }

  private boolean likelyOnesHold(Held word) {
    for (int place = 0; place <= silence; place++) {
      if (ways.score[place] >= -settings.agreement() && !holds(ways.held[place], word)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(Held last, Held word) {
    for (Held held = last; held != null; held = held.before) {
      if (held == word) {
        return true;
      }
    }
    return false;
  }

  /** Every way that is left holds it as its first word. */
  private void forget(Held reported) {
    for (int place = 0; place <= silence; place++) {
      if (ways.score[place] > IMPOSSIBLE) {
        if (ways.held[place] == reported) {
          ways.held[place] = null;
        } else {
          Held first = ways.held[place];
          while (first.before != null && first.before != reported) {
            first = first.before;
          }
          first.before = null;
        }
      }
    }
  }

  private void report(Held word, long output, List<SpottedWord> words) {
    int decoded = WordParts.digit(word.word);
    boolean follows = word.first - lastOfBefore <= settings.evidence().followingOutputs();
    float[] confidences =
        confidences(word, decoded, confidence(word, follows ? confidenceBefore : 0));
    lastOfBefore = word.last;
    confidenceBefore = confidence(word, 0);
    DecodedWord judged =
        judge.judge(new DecodedWord(decoded, word.first, word.last, output, confidences));
    float[] calibrated = calibration.apply(judged.probabilities(), judged.digit());
    if (calibrated[judged.digit()] >= settings.threshold()) {
      words.add(new SpottedWord(judged.digit(), word.first, word.last, output, calibrated));
    }
  }

  private float confidence(Held word, float before) {
    long outputs = word.last - word.first + 1;
    float mean = word.sums[WordParts.digit(word.word)] / outputs;
    return settings.evidence().confidence(mean, word.sums[DIGITS] / outputs, outputs, before);
  }

  private float[] confidences(Held word, int digit, float confidence) {
    long outputs = word.last - word.first + 1;
    float[] confidences = new float[DIGITS];
    float sum = 0;
    float greatest = 0;
    for (int other = 0; other < DIGITS; other++) {
      confidences[other] = other == digit ? 0 : word.sums[other] / outputs;
      sum += confidences[other];
      greatest = Math.max(greatest, confidences[other]);
    }
    if (sum > 0) {
      // None is likelier than the digit, and together they are what it leaves of 1 at most.
      float factor = Math.min(1, Math.min((1 - confidence) / sum, confidence / greatest));
      for (int other = 0; other < DIGITS; other++) {
        confidences[other] *= factor;
      }
    }
    confidences[digit] = confidence;
    return confidences;
  }

  @Override
  public List<SpottedWord> finish(long output) {
    List<SpottedWord> words = new ArrayList<>();
    int end = likeliestEnd();
    int quiet = ways.score[otherWord] > ways.score[silence] ? otherWord : silence;
    Held last = ways.score[end] > ways.score[quiet] ? ended(end, output) : ways.held[quiet];
    wordsOf(last).forEach(word -> report(word, output, words));
    begin();
    return words;
  }

  @Override
  public int stateBytes() {
    return state().length;
  }

  @Override
  public byte[] state() {
    Map<Held, Integer> numbers = new IdentityHashMap<>();
    List<Held> words = new ArrayList<>();
    List<Integer> possible = new ArrayList<>();
    for (int place = 0; place <= silence; place++) {
      if (ways.score[place] > IMPOSSIBLE) {
        possible.add(place);
        for (Held word : wordsOf(ways.held[place])) {
          if (numbers.putIfAbsent(word, words.size() + 1) == null) {
            words.add(word);
          }
        }
      }
    }
    ByteBuffer buffer =
        ByteBuffer.allocate(
            BEFORE_BYTES + 2 + words.size() * HELD_BYTES + 2 + possible.size() * WAY_BYTES);
    buffer.putLong(lastOfBefore).putFloat(confidenceBefore);
    buffer.putShort((short) words.size());
    for (Held word : words) {
      buffer.putShort(word.before == null ? 0 : numbers.get(word.before).shortValue());
      buffer.put((byte) word.word).putLong(word.first).putLong(word.last);
      put(buffer, word.sums);
    }
    buffer.putShort((short) possible.size());
    for (int place : possible) {
      Held held = ways.held[place];
      buffer.putShort((short) place).putFloat(ways.score[place]);
      buffer.putShort(held == null ? 0 : numbers.get(held).shortValue());
      if (place < otherWord) {
        buffer.putLong(ways.first[place]);
        put(buffer, ways.sums[place]);
      }
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static void put(ByteBuffer buffer, float[] values) {
    for (float value : values) {
      buffer.putFloat(value);
    }
  }

  private static float[] floats(ByteBuffer buffer) {
    float[] values = new float[SUMS];
    for (int i = 0; i < SUMS; i++) {
      values[i] = buffer.getFloat();
    }
    return values;
  }

  @Override
  public void restore(ByteBuffer state) {
    ways.clear();
    lastOfBefore = state.getLong();
    confidenceBefore = state.getFloat();
    List<Held> words = new ArrayList<>();
    words.add(null);
    for (int i = state.getShort(); i > 0; i--) {
      Held before = words.get(state.getShort());
      words.add(new Held(before, state.get(), state.getLong(), state.getLong(), floats(state)));
    }
    for (int i = state.getShort(); i > 0; i--) {
      int place = state.getShort();
      ways.score[place] = state.getFloat();
      ways.held[place] = words.get(state.getShort());
      if (place < otherWord) {
        ways.first[place] = state.getLong();
        ways.sums[place] = floats(state);
      }
    }
  }
}
