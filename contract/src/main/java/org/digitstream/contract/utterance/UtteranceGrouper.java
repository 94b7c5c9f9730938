package org.digitstream.contract.utterance;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.digitstream.contract.DigitEvent;

/**
 * Groups one stream's digits into utterances: a pause that is longer than a bound, from the end of
 * one digit to the start of the next, ends an utterance; so does a gap in the audio, where that was
 * told of, and the end of the stream. A pause exactly as long as the bound does not.
 *
 * <p>Which digits belong together depends on the digits' spans and the gaps alone: not on when they
 * came, nor in which portions, nor whether a gap is told of before or after the digits in front of
 * it (digits come some time after their audio). Events that are seen again, as a service that
 * writes at least once may have them, are dropped by their index.
 *
 * <p>A gap counts as time: one that is longer than the bound ends an utterance also where nobody
 * told of it, as in {@code digit-events}.
 *
 * <p>One thread at a time. Memory: one utterance and at most {@value #MOST_GAPS} gaps.
 */
public final class UtteranceGrouper {
  /** The longest pause within an utterance unless told otherwise. */
  public static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);

  /** Pauses are at least so long. */
  public static final Duration LEAST_PAUSE = Duration.ofMillis(1);

  /** And at most so long. */
  public static final Duration MOST_PAUSE = Duration.ofMinutes(10);

  private static final int MOST_GAPS = 64;

  private final long pauseMillis;

  /** Twice the middles of gaps that lie after the last digit, in order. */
  private final Deque<Long> gaps = new ArrayDeque<>();

  private Utterance open;
  private DigitEvent last;

  /**
   * A grouper at the beginning of a stream, or anywhere within it.
   *
   * @param pause the longest pause within an utterance, in whole milliseconds
   * @throws IllegalArgumentException quoting a pause that is not within {@link #LEAST_PAUSE} and
   *     {@link #MOST_PAUSE}
   */
  public UtteranceGrouper(Duration pause) {
    if (pause.compareTo(LEAST_PAUSE) < 0 || pause.compareTo(MOST_PAUSE) > 0) {
      throw new IllegalArgumentException(
          "a pause of " + pause.toMillis() + " ms is not within 1 ms and 10 minutes");
    }
    this.pauseMillis = pause.toMillis();
  }

  /**
   * Takes the next digit of the stream.
   *
   * @return the utterance before it, if this digit is not of the same
   */
  public Optional<Utterance> accept(DigitEvent digit) {
    if (last != null && digit.index() <= last.index()) {
      return Optional.empty();
    }
    Utterance before = open;
    boolean joins = open != null && follows(digit);
    open = joins ? open.with(digit) : Utterance.of(digit);
    last = digit;
    gaps.removeIf(gap -> gap <= middle(digit));
    return joins ? Optional.empty() : Optional.ofNullable(before);
  }

  private boolean follows(DigitEvent digit) {
    // In whole numbers: a pause exactly at the bound is one at every rate.
    return digit.sampleRateHz() == last.sampleRateHz()
        && (digit.startSample() - open.endSample()) * 1000 <= pauseMillis * digit.sampleRateHz()
        && gaps.stream().noneMatch(gap -> gap > middle(last) && gap <= middle(digit));
  }

  /**
   * Twice the middle of a word. A span may reach a little into a gap; where its middle lies tells
   * on which side of the gap the word was said.
   */
  private static long middle(DigitEvent digit) {
    return digit.startSample() + digit.endSample();
  }

  /**
   * Takes note that audio is missing.
   *
   * @param fromSample first sample that is missing
   * @param toSample first one that is there again, greater than {@code fromSample}
   */
  public void gap(long fromSample, long toSample) {
    gaps.add(fromSample + toSample);
    if (gaps.size() > MOST_GAPS) {
      gaps.remove();
    }
  }

  /** Ends the stream: gives out the utterance that is open, if any is. */
  public Optional<Utterance> finish() {
    Optional<Utterance> rest = open();
    open = null;
    return rest;
  }

  /** The utterance so far that the next digit may belong to. */
  public Optional<Utterance> open() {
    return Optional.ofNullable(open);
  }
}
