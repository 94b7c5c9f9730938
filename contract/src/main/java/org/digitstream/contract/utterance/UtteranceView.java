package org.digitstream.contract.utterance;

import java.time.Duration;
import java.util.Optional;
import org.digitstream.contract.DigitEvent;

/**
 * The utterances of one stream for a person who looks on: each is shown when it is complete. The
 * next digit or the end of the stream tells so, or the time: nobody wants to wait for a next digit
 * that may never come.
 *
 * <p>Time only decides when something is shown. If digits were late, so that an utterance was shown
 * and then goes on, it is shown once more as a whole, with the same {@link Utterance#firstIndex};
 * what is grouped is always that of {@link UtteranceGrouper}.
 *
 * <p>Times are milliseconds of any clock that does not go back. One thread at a time.
 */
public final class UtteranceView {
  /**
   * From the start of a word to when its event is here, as a rule at most: a word of 0.6 s, and 0.4
   * s until it is told of.
   */
  private static final long WORD_MILLIS = 1_000;

  private final UtteranceGrouper grouper;
  private final long quietMillis;
  private Utterance shown;
  private long lastDigitMillis;

  /**
   * Nothing said yet.
   *
   * @param pause see {@link UtteranceGrouper}
   */
  public UtteranceView(Duration pause) {
    grouper = new UtteranceGrouper(pause);
    quietMillis = pause.toMillis() + WORD_MILLIS;
  }

  /**
   * Takes the next digit.
   *
   * @return the utterance before it, if that is complete now and was not shown
   */
  public Optional<Utterance> accept(DigitEvent digit, long nowMillis) {
    lastDigitMillis = nowMillis;
    return fresh(grouper.accept(digit));
  }

  /** Takes note that audio is missing; see {@link UtteranceGrouper#gap}. */
  public void gap(long fromSample, long toSample) {
    grouper.gap(fromSample, toSample);
  }

  /** What was said last, if it was not shown and nothing has followed for so long. */
  public Optional<Utterance> quiet(long nowMillis) {
    return nowMillis - lastDigitMillis > quietMillis ? fresh(grouper.open()) : Optional.empty();
  }

  /** Ends the stream: what was said last, if it was not shown. */
  public Optional<Utterance> finish() {
    return fresh(grouper.finish());
  }

  /** The utterance so far that the next digit may belong to. */
  public Optional<Utterance> open() {
    return grouper.open();
  }

  /** The same as long as it was not shown. */
  public Optional<Utterance> growing() {
    return open().filter(utterance -> !utterance.equals(shown));
  }

  private Optional<Utterance> fresh(Optional<Utterance> complete) {
    if (complete.isEmpty() || complete.get().equals(shown)) {
      return Optional.empty();
    }
    shown = complete.get();
    return complete;
  }
}
