package org.digitstream.standalone.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the libraries' logs is shown. By default only warnings of digitstream itself, since
 * Kafka warns of much that is no trouble, such as a consumer that is first to ask for a topic.
 */
public enum Verbosity {
  /** Warnings of digitstream. */
  QUIET(Level.WARN, Level.OFF),
  /** What digitstream does, and warnings of all libraries. */
  VERBOSE(Level.DEBUG, Level.WARN);

  private final Level own;
  private final Level others;

  Verbosity(Level own, Level others) {
    this.own = own;
    this.others = others;
  }

  /** Sets the levels of this process. */
  public void apply() {
    if (LoggerFactory.getLogger("org.digitstream") instanceof Logger digitstream
        && LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      digitstream.setLevel(own);
      root.setLevel(others);
    }
  }
}
