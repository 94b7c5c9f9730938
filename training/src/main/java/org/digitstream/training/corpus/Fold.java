package org.digitstream.training.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * People and noise that are left out of one training, so that its model can be tried on strangers
 * and on noise that it has not heard. The lists come with the program ({@code folds/NAME.txt} and
 * {@code folds/NAME-noise.txt}); how they were drawn is {@link FoldDraw}.
 *
 * @param name of the fold
 * @param leftOut {@code corpus/speaker} of the people; {@code corpus/*} for all of a corpus. Where
 *     speakers are not named, the word that they say stands for them
 * @param noises names of the recordings of noise that are left out
 */
public record Fold(String name, Set<String> leftOut, Set<String> noises) {
  /** The names of all folds that come with the program, for people. */
  public static final String NAMES_TEXT =
      "george, jackson, lucas, nicolas, theo, yweweler, accents";

  /** The names of all folds that come with the program. */
  public static final List<String> NAMES = List.of(NAMES_TEXT.split(", "));

  private static final String EVERYBODY = "*";

  /** Copies the sets. */
  public Fold {
    leftOut = Set.copyOf(leftOut);
    noises = Set.copyOf(noises);
  }

  /** People, and no noise. */
  public Fold(String name, Set<String> leftOut) {
    this(name, leftOut, Set.of());
  }

  /**
   * A fold that comes with the program.
   *
   * @throws IllegalArgumentException naming the folds there are, where this is none
   */
  public static Fold named(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "there is no fold '" + name + "'; there are " + NAMES_TEXT);
    }
    return new Fold(name, list(name), list(name + "-noise"));
  }

  private static Set<String> list(String name) {
    try (InputStream in = Fold.class.getResourceAsStream("/folds/" + name + ".txt")) {
      if (in == null) {
        throw new IllegalStateException("the list " + name + " is missing from this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException("the list " + name, e);
    }
  }

  /** Whether a recording of noise is left out. */
  public boolean leavesOut(NoiseRecording noise) {
    return noises.contains(noise.name());
  }

  /** Whether a person is left out. */
  public boolean leavesOut(String person) {
    return leftOut.contains(person)
        || leftOut.contains(person.substring(0, person.indexOf('/') + 1) + EVERYBODY);
  }

  /**
   * Those of some people who are left out.
   *
   * @param people {@code corpus/speaker} of everybody who is there
   * @throws IllegalArgumentException where that is nobody
   */
  public Set<String> among(Collection<String> people) {
    Set<String> present =
        people.stream().filter(this::leavesOut).collect(Collectors.toCollection(TreeSet::new));
    if (present.isEmpty()) {
      throw new IllegalArgumentException(
          "nobody whom fold "
              + name
              + " leaves out is in the corpora given. It leaves out people of "
              + leftOut.stream()
                  .map(person -> person.substring(0, person.indexOf('/')))
                  .distinct()
                  .sorted()
                  .collect(Collectors.joining(", "))
              + ": a corpus is known by the name of its folder");
    }
    return present;
  }
}
