package org.digitstream.training.corpus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many recordings of a digit by one person there may be, so that it can be asked what few
 * recordings are enough for.
 *
 * <p>The recordings of a digit alone and those cut out of sentences count together. They are drawn
 * by the seed and their names: whatever else is in the corpus, the takes of a lower limit are among
 * those of a higher one. A sentence stays where all of its digits stay, cut out; so does one
 * without digits. Other words and noise stay.
 *
 * @param most recordings of each digit and person, at least 1
 * @param seed of the draw
 */
public record TakeLimit(int most, long seed) {
  /** No limit. */
  public static final int ALL = Integer.MAX_VALUE;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException where it is less than 1
   */
  public TakeLimit {
    if (most < 1) {
      throw new IllegalArgumentException("a limit of " + most + " takes leaves none");
    }
  }

  /** The part of a corpus that is within the limit, in its order. */
  public Corpus of(Corpus corpus) {
    if (most == ALL) {
      return corpus;
    }
    Map<String, List<Utterance>> takes = new HashMap<>();
    for (Utterance utterance : corpus.utterances()) {
      if (isSingleDigit(utterance)) {
        takes
            .computeIfAbsent(
                utterance.person() + " " + utterance.transcript(), key -> new ArrayList<>())
            .add(utterance);
      }
    }
    Set<String> drawn = new HashSet<>();
    for (List<Utterance> some : takes.values()) {
      SeededDraw.of(some, most, seed).forEach(utterance -> drawn.add(SeededDraw.key(utterance)));
    }
    return corpus.where(utterance -> stays(utterance, drawn));
  }

  private static boolean stays(Utterance utterance, Set<String> drawn) {
    if (isSingleDigit(utterance)) {
      return drawn.contains(SeededDraw.key(utterance));
    }
    return utterance.digits().stream()
        .allMatch(
            digit ->
                drawn.contains(
                    SeededDraw.key(utterance) + UtteranceCutter.PLACE_MARK + digit.startSample()));
  }

  private static boolean isSingleDigit(Utterance utterance) {
    return utterance.kind() == Utterance.Kind.ISOLATED_DIGIT
        || utterance.kind() == Utterance.Kind.CUT_DIGIT;
  }
}
