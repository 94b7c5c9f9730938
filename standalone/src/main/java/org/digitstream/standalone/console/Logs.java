package org.digitstream.standalone.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the logs is shown. By default only warnings of digitstream itself, since Kafka warns
 * of much that is no trouble, such as a reader that is the first to ask for a topic.
 */
public final class Logs {
  private Logs() {}

  /**
   * Sets the levels of this process.
   *
   * @param verbose whether to show what digitstream does, and warnings of all libraries
   */
  public static void show(boolean verbose) {
    if (LoggerFactory.getLogger("org.digitstream") instanceof Logger digitstream
        && LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      digitstream.setLevel(verbose ? Level.DEBUG : Level.WARN);
      root.setLevel(verbose ? Level.WARN : Level.OFF);
    }
  }
}
