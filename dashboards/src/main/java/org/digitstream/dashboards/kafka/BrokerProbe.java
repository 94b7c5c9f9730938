package org.digitstream.dashboards.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.kafka.KafkaConnection;

/**
 * Asks the broker what the services have not read yet, and how many dead letters came since it was
 * asked first. One thread.
 */
final class BrokerProbe implements AutoCloseable {
  /** A number that the broker knows. */
  interface Question extends AutoCloseable {
    /**
     * Asks for it.
     *
     * @throws BrokerUnreachableException where no broker tells it within a few seconds
     */
    long ask() throws BrokerUnreachableException, InterruptedException;

    @Override
    void close();
  }

  private final Map<String, Question> lags;
  private final Question deadLetters;
  private long deadLettersAtFirst = -1;

  /**
   * Connects.
   *
   * @param services whose lag is asked for
   */
  BrokerProbe(KafkaConnection connection, List<WatchedService> services) {
    this(lags(connection, services), new DeadLetterCount(connection));
  }

  /**
   * Over questions that are closed with this.
   *
   * @param lags for each service, by what it is called for people
   * @param deadLetters how many there ever were
   */
  BrokerProbe(Map<String, Question> lags, Question deadLetters) {
    this.lags = new LinkedHashMap<>(lags);
    this.deadLetters = deadLetters;
  }

  private static Map<String, Question> lags(
      KafkaConnection connection, List<WatchedService> services) {
    Map<String, Question> lags = new LinkedHashMap<>();
    services.forEach(service -> lags.put(service.name(), new ServiceLag(connection, service)));
    return lags;
  }

  /** Asks, and sets the gauges. */
  void ask(Gauges gauges) throws InterruptedException {
    try {
      List<Gauges.Lag> current = new ArrayList<>();
      for (Map.Entry<String, Question> lag : lags.entrySet()) {
        current.add(new Gauges.Lag(lag.getKey(), lag.getValue().ask()));
      }
      long letters = deadLetters.ask();
      if (deadLettersAtFirst < 0) {
        deadLettersAtFirst = letters;
      }
      gauges.broker(true, current, letters - deadLettersAtFirst);
    } catch (BrokerUnreachableException e) {
      gauges.broker(false, List.of(), 0);
    }
  }

  @Override
  public void close() {
    lags.values().forEach(Question::close);
    deadLetters.close();
  }
}
