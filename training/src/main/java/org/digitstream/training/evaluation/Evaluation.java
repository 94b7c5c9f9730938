package org.digitstream.training.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.digitstream.training.corpus.Utterance;

/**
 * Everything that is counted from answers. All but {@link #noise} is about the recordings as they
 * are, without noise.
 *
 * @param answers the answers, in any order: the results do not depend on it
 */
public record Evaluation(List<Answer> answers) {
  /** The share of digits at which the operating point is stated. */
  public static final double FOUND_SHARE = 0.97;

  /** People with fewer recordings are named as the worst only where all have fewer. */
  public static final int FEWEST_FOR_WORST = 10;

  /**
   * Recordings of one kind, of a corpus or of one person in it.
   *
   * @param corpus name of the corpus
   * @param speaker who speaks, or {@code all}
   * @param kind what sort of recordings
   * @param tally the counts
   */
  public record Group(String corpus, String speaker, Utterance.Kind kind, Tally tally) {}

  /** Copies the answers. */
  public Evaluation {
    answers = List.copyOf(answers);
  }

  private List<Answer> clean() {
    return answers.stream().filter(Answer::isClean).toList();
  }

  /** The digits spoken or cut alone, without noise: what accuracy is about. */
  public List<Answer> digits() {
    return answers.stream().filter(answer -> answer.isClean() && answer.isDigit()).toList();
  }

  /** The other words, without noise. */
  public List<Answer> otherWords() {
    return answers.stream().filter(answer -> answer.isClean() && answer.isOtherWords()).toList();
  }

  /**
   * Each corpus and kind of recording; all but sentences, which {@link #sentences} and {@link
   * #digitStrings} score.
   */
  public List<Group> byCorpus() {
    return groups(answer -> "all");
  }

  /** Each person and kind of recording, but sentences. */
  public List<Group> bySpeaker() {
    return groups(Answer::speaker);
  }

  private List<Group> groups(Function<Answer, String> speaker) {
    Map<String, List<Answer>> groups =
        clean().stream()
            .filter(answer -> !answer.kind().isSentence())
            .collect(
                Collectors.groupingBy(
                    answer ->
                        answer.kind().ordinal() + answer.corpus() + "/" + speaker.apply(answer),
                    TreeMap::new,
                    Collectors.toList()));
    return groups.values().stream()
        .map(
            group ->
                new Group(
                    group.get(0).corpus(),
                    speaker.apply(group.get(0)),
                    group.get(0).kind(),
                    Tally.of(group)))
        .toList();
  }

  /** The people of a corpus, as far as they have recordings of a kind. */
  public List<Group> speakers(String corpus, Utterance.Kind kind) {
    return bySpeaker().stream()
        .filter(group -> group.corpus.equals(corpus) && group.kind == kind)
        .toList();
  }

  /** The mean over the people of a corpus of the shares of right candidates; NaN without people. */
  public double meanOfSpeakers(String corpus, Utterance.Kind kind) {
    return speakers(corpus, kind).stream()
        .mapToDouble(group -> group.tally.rightShare())
        .average()
        .orElse(Double.NaN);
  }

  /**
   * The person of a corpus with the lowest share of right candidates, among those with at least
   * {@value #FEWEST_FOR_WORST} recordings if there are such.
   */
  public Optional<Group> worst(String corpus, Utterance.Kind kind) {
    List<Group> all = speakers(corpus, kind);
    List<Group> known =
        all.stream().filter(group -> group.tally.recordings() >= FEWEST_FOR_WORST).toList();
    return (known.isEmpty() ? all : known)
        .stream().min(Comparator.comparingDouble(group -> group.tally.rightShare()));
  }

  /** The official test split of FSDD. */
  public Tally officialTest() {
    return Tally.of(digits().stream().filter(Answer::officialTest).toList());
  }

  /** The digits said against the candidates; a digit without one is a deletion. */
  public ConfusionMatrix confusion() {
    ConfusionMatrix matrix = new ConfusionMatrix();
    for (Answer answer : digits()) {
      int said = answer.said().charAt(0) - '0';
      matrix.add(new DigitAlignment(List.of(new DigitAlignment.Pair(said, answer.candidate()))));
    }
    return matrix;
  }

  /** Whether the confidence of the digits' candidates means what it says. */
  public Reliability reliability() {
    return Reliability.of(digits());
  }

  /** The same of digits and other words together, whose candidates are all wrong. */
  public Reliability reliabilityWithOtherWords() {
    return Reliability.of(clean().stream().filter(a -> a.isDigit() || a.isOtherWords()).toList());
  }

  /** What a threshold costs. */
  public OperatingCurve operatingCurve() {
    return OperatingCurve.of(answers);
  }

  /** What a threshold costs in one corpus. */
  public OperatingCurve operatingCurve(String corpus) {
    return OperatingCurve.of(
        answers.stream().filter(answer -> answer.corpus().equals(corpus)).toList());
  }

  /** What a threshold costs where every corpus counts once. */
  public OperatingCurve balancedOperatingCurve() {
    return OperatingCurve.balanced(answers);
  }

  /**
   * The digits by level of noise, from {@link Answer#CLEAN} down; empty where no noise was mixed
   * in. At every level it is the recordings that were put with noise.
   */
  public SortedMap<Double, Tally> noise() {
    Set<String> noisy =
        answers.stream()
            .filter(answer -> !answer.isClean())
            .map(Evaluation::recording)
            .collect(Collectors.toSet());
    Map<Double, List<Answer>> levels =
        answers.stream()
            .filter(answer -> answer.isDigit() && noisy.contains(recording(answer)))
            .collect(Collectors.groupingBy(Answer::noiseDb));
    SortedMap<Double, Tally> tallies = new TreeMap<>(Comparator.reverseOrder());
    levels.forEach((level, some) -> tallies.put(level, Tally.of(some)));
    return tallies;
  }

  private static String recording(Answer answer) {
    return answer.person() + "/" + answer.recording();
  }

  /** The sentences of each corpus: what is heard against what is said. */
  public SortedMap<String, DigitScore> sentences() {
    return scores(Utterance.Kind.SENTENCE);
  }

  /** The sentences of nothing but digits of each corpus. */
  public SortedMap<String, DigitScore> digitStrings() {
    return scores(Utterance.Kind.DIGIT_STRING);
  }

  private SortedMap<String, DigitScore> scores(Utterance.Kind kind) {
    SortedMap<String, DigitScore> scores = new TreeMap<>();
    for (Answer answer : clean()) {
      if (answer.kind() == kind) {
        scores.merge(
            answer.corpus(),
            DigitScore.of(DigitAlignment.of(answer.said(), answer.heard())),
            DigitScore::plus);
      }
    }
    return scores;
  }
}
