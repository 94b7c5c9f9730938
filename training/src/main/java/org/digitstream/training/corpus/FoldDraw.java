package org.digitstream.training.corpus;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the six folds that are named by FSDD's speakers were drawn. Each leaves out
 *
 * <ul>
 *   <li>the FSDD speaker that it is named by;
 *   <li>one sixth of the people of Speech Commands: the remainder of their hash by six;
 *   <li>but for the last fold, one fifth of the people of AN4: women, then men, each in the order
 *       of their hashes, dealt to the five folds in turn;
 *   <li>but for the last fold, the wake words dealt to the five in alphabetical order; the last
 *       leaves out LibriSpeech instead.
 * </ul>
 *
 * So the same six trainings leave out every speaker of FSDD once, everybody in AN4 once, everybody
 * in Speech Commands once and every source of other words once. Each leaves out more than any one
 * of these results needs, which makes all of them a little worse than they need be.
 *
 * <p>The hash is SHA-256 of {@code 1:corpus/speaker}: the 1 is the seed.
 */
public final class FoldDraw {
  private static final String SEED = "1";
  private static final List<String> FOLDS =
      List.of("george", "jackson", "lucas", "nicolas", "theo", "yweweler");
  private static final int AN4_FOLDS = 5;

  private FoldDraw() {}

  /**
   * Draws the six folds.
   *
   * @param people {@code corpus/speaker} of everybody in {@code an4}, {@code speech-commands} and
   *     {@code wake-words}, in any order; people of other corpora do not matter
   * @return the folds by name
   */
  public static Map<String, Fold> draw(Collection<String> people) {
    Map<String, TreeSet<String>> leftOut = new TreeMap<>();
    for (String fold : FOLDS) {
      leftOut.put(fold, new TreeSet<>(List.of("fsdd/" + fold)));
    }
    leftOut.get(FOLDS.get(AN4_FOLDS)).add("librispeech/*");
    for (String person : of(people, "speech-commands/")) {
      leftOut
          .get(FOLDS.get(hash(person).mod(BigInteger.valueOf(FOLDS.size())).intValue()))
          .add(person);
    }
    // AN4 names its women f..., its men m....
    Comparator<String> order =
        Comparator.comparing((String person) -> person.charAt("an4/".length()))
            .thenComparing(FoldDraw::hash);
    deal(of(people, "an4/").stream().sorted(order).toList(), leftOut);
    deal(of(people, "wake-words/"), leftOut);
    Map<String, Fold> folds = new TreeMap<>();
    leftOut.forEach((name, some) -> folds.put(name, new Fold(name, some)));
    return folds;
  }

  private static List<String> of(Collection<String> people, String corpus) {
    return people.stream().filter(person -> person.startsWith(corpus)).distinct().sorted().toList();
  }

  private static void deal(List<String> people, Map<String, TreeSet<String>> leftOut) {
    for (int i = 0; i < people.size(); i++) {
      leftOut.get(FOLDS.get(i % AN4_FOLDS)).add(people.get(i));
    }
  }

  private static BigInteger hash(String person) {
    try {
      return new BigInteger(
          1,
          MessageDigest.getInstance("SHA-256")
              .digest((SEED + ":" + person).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
