package org.digitstream.training.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How a corpus is parted into what is trained on and what is tested on. */
public enum SplitKind {
  /** 9:1 after a shuffle, as in the study: the same voice is in both parts. */
  RANDOM("random") {
    @Override
    Split split(List<PictureSet.Label> labels, long seed) {
      List<Integer> order = shuffled(IntStream.range(0, labels.size()).boxed().toList(), seed);
      int test = Math.max(1, Math.round(labels.size() / 10f));
      return parts(order.subList(test, order.size()), order.subList(0, test));
    }
  },
  /**
   * Whole speakers are in the test part, about a tenth of them: the speakers are dealt into ten
   * groups (or as many as there are speakers), the same for every seed, and the seed says which
   * group is tested on. So seeds that follow each other test on different people.
   */
  SPEAKER("speakers apart") {
    @Override
    Split split(List<PictureSet.Label> labels, long seed) {
      Set<String> people =
          labels.stream()
              .map(PictureSet.Label::person)
              .collect(Collectors.toCollection(TreeSet::new));
      if (people.size() < 2) {
        throw new StudyException(
            "the corpus has one speaker, " + people + ", who cannot be kept apart from others");
      }
      List<String> dealt = shuffled(List.copyOf(people), 0);
      int groups = Math.min(GROUPS, dealt.size());
      int tested = Math.floorMod(seed - 1, groups);
      Set<String> strangers =
          IntStream.range(0, dealt.size())
              .filter(i -> i % groups == tested)
              .mapToObj(dealt::get)
              .collect(Collectors.toSet());
      return where(labels, seed, i -> strangers.contains(labels.get(i).person()));
    }
  },
  /** Takes 0 to 4 of each digit and speaker are tested on, as FSDD's own split has it. */
  FSDD("takes 0 to 4") {
    @Override
    Split split(List<PictureSet.Label> labels, long seed) {
      return where(labels, seed, i -> FSDD_TEST.matcher(labels.get(i).name()).matches());
    }
  };

  private static final int GROUPS = 10;
  private static final java.util.regex.Pattern FSDD_TEST =
      java.util.regex.Pattern.compile("\\d_.+_[0-4]\\.wav");

  private final String description;

  SplitKind(String description) {
    this.description = description;
  }

  /**
   * Parts a corpus.
   *
   * @param labels what its pictures show
   * @param seed of the shuffle
   * @throws StudyException where one part would be empty
   */
  abstract Split split(List<PictureSet.Label> labels, long seed);

  /** In words, for people. */
  public String description() {
    return description;
  }

  /** As the command line and file names have it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  Split where(List<PictureSet.Label> labels, long seed, IntPredicate tested) {
    List<Integer> order = shuffled(IntStream.range(0, labels.size()).boxed().toList(), seed);
    return parts(
        order.stream().filter(i -> !tested.test(i)).toList(),
        order.stream().filter(tested::test).toList());
  }

  Split parts(List<Integer> training, List<Integer> test) {
    if (training.isEmpty() || test.isEmpty()) {
      throw new StudyException(
          "the split '"
              + id()
              + "' leaves "
              + training.size()
              + " pictures to train on and "
              + test.size()
              + " to test on: this corpus cannot be parted so");
    }
    return new Split(array(training), array(test));
  }

  private static int[] array(List<Integer> places) {
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  static <T> List<T> shuffled(List<T> list, long seed) {
    List<T> copy = new ArrayList<>(list);
    Collections.shuffle(copy, new Random(seed));
    return copy;
  }
}
