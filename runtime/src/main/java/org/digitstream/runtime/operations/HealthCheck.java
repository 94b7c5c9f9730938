package org.digitstream.runtime.operations;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * Something whose health can be asked for.
 *
 * @param name what it is, in lower case with dashes
 * @param current its health now; called by any thread, shall answer within a few seconds
 */
public record HealthCheck(String name, Supplier<Health> current) {
  /** Whether it is well now. */
  public boolean isUp() {
    return run().up();
  }

  /** The health now; a check that throws is not well. */
  Health run() {
    try {
      return Objects.requireNonNull(current.get(), "the check gave nothing");
    } catch (RuntimeException e) {
      return Health.down(e.toString());
    }
  }
}
