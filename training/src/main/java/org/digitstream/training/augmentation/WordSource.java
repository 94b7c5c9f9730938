package org.digitstream.training.augmentation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.Utterance;

/**
 * Draws recordings: each digit as often as any other, "oh" more rarely; within a digit each corpus
 * by the square roots of the number of people who say it there and, less so, of their recordings,
 * up to a limit. A corpus weighs the same in all its digits, the median of what it would in each:
 * otherwise one with many recordings of a few digits teaches that strangers say these. Within a
 * corpus each person is drawn as often as any other, since people are what is scarce.
 */
final class WordSource {
  private static final int MOST_COUNTED_PEOPLE = 64;
  private static final int MOST_COUNTED_RECORDINGS = 150;

  /** People's recordings of one word. */
  private record Group(double weight, List<List<Utterance>> people) {}

  private final double ohShare;
  private final List<List<Group>> digits = new ArrayList<>();
  private final List<Group> oh;
  private final List<Group> otherWords;
  private final List<Utterance> sentences;
  private final Map<String, Map<Integer, List<Utterance>>> digitsOfPerson;

  /**
   * Recordings to draw.
   *
   * @param corpus what there is
   * @param ohShare the share of digits that are "oh"
   */
  WordSource(Corpus corpus, double ohShare) {
    this.ohShare = ohShare;
    List<Utterance> isolated =
        ofKind(corpus, Utterance.Kind.ISOLATED_DIGIT, Utterance.Kind.CUT_DIGIT);
    Map<String, Double> weights =
        weightsByCorpus(isolated.stream().filter(u -> !u.digits().get(0).oh()).toList());
    for (int digit = 0; digit < 10; digit++) {
      int wanted = digit;
      List<Utterance> all =
          isolated.stream().filter(u -> u.digits().get(0).digit() == wanted).toList();
      if (all.isEmpty()) {
        throw new IllegalArgumentException(
            "nobody says the digit " + digit + " in the corpora: a training needs all ten");
      }
      List<Utterance> named = all.stream().filter(u -> !u.digits().get(0).oh()).toList();
      digits.add(groups(named.isEmpty() ? all : named, weights));
    }
    oh = groups(isolated.stream().filter(u -> u.digits().get(0).oh()).toList(), Map.of());
    otherWords = groups(ofKind(corpus, Utterance.Kind.OTHER_WORDS), Map.of());
    sentences = ofKind(corpus, Utterance.Kind.SENTENCE, Utterance.Kind.DIGIT_STRING);
    digitsOfPerson =
        isolated.stream()
            .collect(
                Collectors.groupingBy(
                    Utterance::person, Collectors.groupingBy(u -> u.digits().get(0).digit())));
  }

  private static List<Utterance> ofKind(Corpus corpus, Utterance.Kind... kinds) {
    List<Utterance.Kind> wanted = List.of(kinds);
    return corpus.utterances().stream().filter(u -> wanted.contains(u.kind())).toList();
  }

  /** Of each corpus, the median of what its recordings of each digit would weigh. */
  private static Map<String, Double> weightsByCorpus(List<Utterance> digits) {
    Map<String, Map<Integer, List<Utterance>>> byCorpus =
        digits.stream()
            .collect(
                Collectors.groupingBy(
                    Utterance::corpus, Collectors.groupingBy(u -> u.digits().get(0).digit())));
    Map<String, Double> weights = new LinkedHashMap<>();
    byCorpus.forEach(
        (corpus, byDigit) -> {
          double[] sorted =
              byDigit.values().stream()
                  .mapToDouble(
                      all ->
                          weight(
                              (int) all.stream().map(Utterance::speaker).distinct().count(),
                              all.size()))
                  .sorted()
                  .toArray();
          weights.put(corpus, sorted[(sorted.length - 1) / 2]);
        });
    return weights;
  }

  private static List<Group> groups(List<Utterance> utterances, Map<String, Double> weights) {
    Map<String, List<Utterance>> byCorpus =
        utterances.stream()
            .collect(
                Collectors.groupingBy(Utterance::corpus, LinkedHashMap::new, Collectors.toList()));
    List<Group> groups = new ArrayList<>();
    for (List<Utterance> ofCorpus : byCorpus.values()) {
      Map<String, List<Utterance>> byPerson =
          ofCorpus.stream()
              .collect(
                  Collectors.groupingBy(
                      Utterance::speaker, LinkedHashMap::new, Collectors.toList()));
      groups.add(
          new Group(
              weights.getOrDefault(
                  ofCorpus.get(0).corpus(), weight(byPerson.size(), ofCorpus.size())),
              List.copyOf(byPerson.values())));
    }
    return groups;
  }

  private static double weight(int people, int recordings) {
    return Math.sqrt(Math.min(people, MOST_COUNTED_PEOPLE))
        + Math.sqrt(Math.min(recordings, MOST_COUNTED_RECORDINGS)) / 4;
  }

  Utterance digit(RandomGenerator random) {
    if (!oh.isEmpty() && random.nextDouble() < ohShare) {
      return draw(oh, random);
    }
    return draw(digits.get(random.nextInt(digits.size())), random);
  }

  /**
   * A digit by the person who said another one, or by somebody else where that person has no
   * recording of it.
   */
  Utterance digitBySamePerson(Utterance other, RandomGenerator random) {
    Utterance drawn = digit(random);
    List<Utterance> same =
        digitsOfPerson.get(other.person()).getOrDefault(drawn.digits().get(0).digit(), List.of());
    return same.isEmpty() ? drawn : same.get(random.nextInt(same.size()));
  }

  boolean hasOtherWords() {
    return !otherWords.isEmpty();
  }

  Utterance otherWord(RandomGenerator random) {
    return draw(otherWords, random);
  }

  boolean hasSentences() {
    return !sentences.isEmpty();
  }

  Utterance sentence(RandomGenerator random) {
    return sentences.get(random.nextInt(sentences.size()));
  }

  private static Utterance draw(List<Group> groups, RandomGenerator random) {
    double total = groups.stream().mapToDouble(Group::weight).sum();
    double at = random.nextDouble() * total;
    for (Group group : groups) {
      at -= group.weight;
      if (at < 0) {
        return draw(group, random);
      }
    }
    return draw(groups.get(groups.size() - 1), random);
  }

  private static Utterance draw(Group group, RandomGenerator random) {
    List<Utterance> person = group.people.get(random.nextInt(group.people.size()));
    return person.get(random.nextInt(person.size()));
  }
}
