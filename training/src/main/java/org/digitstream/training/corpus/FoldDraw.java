package org.digitstream.training.corpus;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the folds were drawn. Each of the six that are named by FSDD's speakers leaves out
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
 * <p>Of the recordings of noise every fold, {@code accents} too, leaves out a seventh: of each sort
 * (what comes before the number in a name such as {@code esc10_rain_1-17367-A.wav}) all that was
 * cut from one recording together (the number without the letter), in the order of their hashes,
 * dealt to the folds in turn. So every recording of noise is left out once.
 *
 * <p>The hash is SHA-256 of {@code 1:corpus/speaker}, or of {@code 1:} and what a noise was cut
 * from: the 1 is the seed.
 */
public final class FoldDraw {
  private static final String SEED = "1";
  private static final List<String> FOLDS =
      List.of("george", "jackson", "lucas", "nicolas", "theo", "yweweler");
  private static final int AN4_FOLDS = 5;

  /** As ESC names its clips: sort, fold of theirs, number of what it was cut from, letter. */
  private static final Pattern CUT_NOISE = Pattern.compile("(.+)_(\\d-\\d+)-[A-Z]\\.wav");

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

  /**
   * Draws the noise that each fold leaves out.
   *
   * @param noises the names of all recordings of noise, in any order
   * @return those of each of {@link Fold#NAMES}
   */
  public static Map<String, Set<String>> drawNoises(Collection<String> noises) {
    Map<String, Map<String, TreeSet<String>>> bySort = new TreeMap<>();
    for (String noise : noises) {
      Matcher cut = CUT_NOISE.matcher(noise);
      String sort = cut.matches() ? cut.group(1) : "";
      String source = cut.matches() ? cut.group(2) : noise;
      bySort
          .computeIfAbsent(sort, any -> new TreeMap<>(Comparator.comparing(FoldDraw::hash)))
          .computeIfAbsent(source, any -> new TreeSet<>())
          .add(noise);
    }
    Map<String, Set<String>> leftOut = new TreeMap<>();
    Fold.NAMES.forEach(fold -> leftOut.put(fold, new TreeSet<>()));
    int next = 0;
    for (Map<String, TreeSet<String>> sources : bySort.values()) {
      for (TreeSet<String> together : sources.values()) {
        leftOut.get(Fold.NAMES.get(next++ % Fold.NAMES.size())).addAll(together);
      }
    }
    return leftOut;
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
