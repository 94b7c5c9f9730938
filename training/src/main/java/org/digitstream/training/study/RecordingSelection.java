package org.digitstream.training.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.RecordingName;
import org.digitstream.training.corpus.Utterance;

/**
 * Which recordings of a corpus the study uses: single digits, spoken neither too slowly nor too
 * fast, by nobody who is excluded.
 *
 * @param rateRule whether the number in a name is the speaking rate
 * @param slowestRate rates up to this are left out
 * @param fastestRate rates from this on are left out
 * @param excludedSpeakers who is left out, as the names of the recordings call them
 */
public record RecordingSelection(
    RateRule rateRule, int slowestRate, int fastestRate, Set<String> excludedSpeakers) {
  /** Nobody and no rate but the study's: 40 and less, 260 and more. */
  public static final RecordingSelection STUDY =
      new RecordingSelection(RateRule.AUTO, 40, 260, Set.of());

  /**
   * What was selected.
   *
   * @param utterances the recordings used, in the corpus's order
   * @param leftOut how many were left out, by reason; reasons that met none are not in it
   */
  public record Selected(List<Utterance> utterances, Map<String, Integer> leftOut) {}

  /**
   * Checks the rates and copies the set.
   *
   * @throws IllegalArgumentException where no rate is left
   */
  public RecordingSelection {
    if (slowestRate >= fastestRate - 1) {
      throw new IllegalArgumentException(
          "no speaking rate is above " + slowestRate + " and below " + fastestRate);
    }
    excludedSpeakers = Set.copyOf(excludedSpeakers);
  }

  /**
   * Selects.
   *
   * @throws StudyException where a digit is missing in what is left, or nobody is called as one who
   *     is excluded, naming which
   */
  public Selected select(Corpus corpus) {
    requireKnown(corpus);
    Set<String> withRates = corporaWithRates(corpus);
    Map<String, Integer> leftOut = new LinkedHashMap<>();
    List<Utterance> selected = new ArrayList<>();
    for (Utterance utterance : corpus.utterances()) {
      String reason = reasonAgainst(utterance, withRates);
      if (reason == null) {
        selected.add(utterance);
      } else {
        leftOut.merge(reason, 1, Integer::sum);
      }
    }
    requireAllDigits(selected, leftOut);
    return new Selected(List.copyOf(selected), leftOut);
  }

  private String reasonAgainst(Utterance utterance, Set<String> withRates) {
    if (utterance.kind() != Utterance.Kind.ISOLATED_DIGIT) {
      return "not a single digit";
    }
    if (excludedSpeakers.contains(utterance.speaker())) {
      return "speaker " + utterance.speaker();
    }
    if (withRates.contains(utterance.corpus())) {
      int rate = number(utterance);
      if (rate <= slowestRate) {
        return "speaking rate of " + slowestRate + " or less";
      }
      if (rate >= fastestRate) {
        return "speaking rate of " + fastestRate + " or more";
      }
    }
    return null;
  }

  private Set<String> corporaWithRates(Corpus corpus) {
    Map<String, List<Utterance>> digits =
        corpus.utterances().stream()
            .filter(utterance -> utterance.kind() == Utterance.Kind.ISOLATED_DIGIT)
            .collect(Collectors.groupingBy(Utterance::corpus));
    Set<String> withRates = new HashSet<>();
    digits.forEach(
        (name, utterances) -> {
          boolean rates =
              switch (rateRule) {
                case YES -> true;
                case NO -> false;
                case AUTO ->
                    utterances.stream().mapToInt(u -> number(u)).allMatch(n -> n > 0 && n % 5 == 0);
              };
          if (rates) {
            withRates.add(name);
          }
        });
    return withRates;
  }

  private static int number(Utterance utterance) {
    return RecordingName.parse(Path.of(utterance.name())).map(RecordingName::take).orElse(0);
  }

  private void requireKnown(Corpus corpus) {
    Set<String> speakers =
        corpus.utterances().stream()
            .map(Utterance::speaker)
            .collect(Collectors.toCollection(TreeSet::new));
    for (String excluded : excludedSpeakers) {
      if (!speakers.contains(excluded)) {
        throw new StudyException(
            "nobody in the corpus is called "
                + excluded
                + "; it has "
                + speakers.stream().limit(20).collect(Collectors.joining(", "))
                + (speakers.size() > 20 ? " and " + (speakers.size() - 20) + " more" : ""));
      }
    }
  }

  private static void requireAllDigits(List<Utterance> utterances, Map<String, Integer> leftOut) {
    Set<Integer> digits =
        utterances.stream().map(u -> u.digits().get(0).digit()).collect(Collectors.toSet());
    List<String> missing = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      if (!digits.contains(digit)) {
        missing.add(Integer.toString(digit));
      }
    }
    if (!missing.isEmpty()) {
      throw new StudyException(
          "no recording of the digit "
              + String.join(", ", missing)
              + " is left in the corpus: the study needs all ten"
              + (leftOut.isEmpty() ? "" : "; left out were " + describe(leftOut)));
    }
  }

  /** Such as {@code 270 for a speaking rate of 260 or more, 20 for speaker Steffi}. */
  static String describe(Map<String, Integer> leftOut) {
    return leftOut.entrySet().stream()
        .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
        .collect(Collectors.joining(", "));
  }
}
