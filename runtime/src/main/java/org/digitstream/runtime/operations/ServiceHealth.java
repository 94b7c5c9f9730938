package org.digitstream.runtime.operations;

import java.util.List;
import java.util.Objects;

/**
 * What {@code /health} answers over the life of a service: not ready, and why, while it comes up
 * and goes down; in between, what its checks say.
 *
 * <p>Any number of threads.
 */
public final class ServiceHealth {
  /** Both lists, so that no request sees one of before and one of after. */
  private record Checks(List<HealthCheck> live, List<HealthCheck> ready) {}

  private volatile Checks checks;

  /** Of a service that is {@link #notReady}. */
  public ServiceHealth(String detail) {
    notReady(detail);
  }

  /**
   * Alive and not ready.
   *
   * @param detail why, for people, such as "loading the model"
   */
  public void notReady(String detail) {
    Objects.requireNonNull(detail, "detail");
    checks = new Checks(List.of(), List.of(new HealthCheck("started", () -> Health.down(detail))));
  }

  /**
   * As the checks say.
   *
   * @param live whether the process should be left running
   * @param ready whether the service does its work
   */
  public void running(List<HealthCheck> live, List<HealthCheck> ready) {
    checks = new Checks(List.copyOf(live), List.copyOf(ready));
  }

  /** Whether all checks of readiness are up now. */
  public boolean isReady() {
    return ready().stream().allMatch(check -> check.run().up());
  }

  /** The checks of {@code /health/live}. */
  List<HealthCheck> live() {
    return checks.live();
  }

  /** The checks of {@code /health/ready}. */
  List<HealthCheck> ready() {
    return checks.ready();
  }
}
