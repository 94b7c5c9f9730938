package org.digitstream.standalone.console;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.utterance.Utterance;
import org.digitstream.contract.utterance.UtteranceView;

/** Shows the utterances of any number of streams, each when it is complete. Any thread. */
public final class UtterancePrinter {
  private final Duration pause;
  private final LongSupplier nanoTime;
  private final Consumer<Utterance> show;
  private final Map<String, UtteranceView> streams = new LinkedHashMap<>();

  /**
   * Nothing said yet.
   *
   * @param pause the longest pause within an utterance
   * @param nanoTime as {@link System#nanoTime}
   * @param show shows one; called by whoever calls a method of this
   */
  public UtterancePrinter(Duration pause, LongSupplier nanoTime, Consumer<Utterance> show) {
    this.pause = pause;
    this.nanoTime = nanoTime;
    this.show = show;
  }

  /** Takes a digit; to be called before the digit is shown, since it may complete what was said. */
  public synchronized void digit(DigitEvent digit) {
    view(digit.streamId()).accept(digit, millis()).ifPresent(show);
  }

  /** Takes note that audio of a stream is missing. */
  public synchronized void gap(String streamId, long fromSample, long toSample) {
    view(streamId).gap(fromSample, toSample);
  }

  /** Shows what nothing has followed for long enough; to be called a few times a second. */
  public synchronized void quiet() {
    long now = millis();
    streams.values().forEach(view -> view.quiet(now).ifPresent(show));
  }

  /** Shows what was said last in a stream that has ended. */
  public synchronized void end(String streamId) {
    UtteranceView view = streams.remove(streamId);
    if (view != null) {
      view.finish().ifPresent(show);
    }
  }

  /** Shows what was said last in all streams, when nothing more is read. */
  public synchronized void endAll() {
    streams.values().forEach(view -> view.finish().ifPresent(show));
    streams.clear();
  }

  /** What is being said in a stream and was not shown. */
  public synchronized Optional<Utterance> growing(String streamId) {
    return Optional.ofNullable(streams.get(streamId)).flatMap(UtteranceView::growing);
  }

  private UtteranceView view(String streamId) {
    return streams.computeIfAbsent(streamId, id -> new UtteranceView(pause));
  }

  private long millis() {
    return nanoTime.getAsLong() / 1_000_000;
  }
}
