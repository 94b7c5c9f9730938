package org.digitstream.standalone.capacity;

import java.util.EnumMap;
import java.util.Map;

/**
 * CPU time that a process and its threads had used at one moment. Immutable.
 *
 * @param atNanos the moment, as {@link System#nanoTime}
 * @param processNanos of the whole process, user and system
 * @param threads of each Java thread that there was, by its id
 */
public record CpuTimes(long atNanos, long processNanos, Map<Long, OfThread> threads) {
  /**
   * Of one thread.
   *
   * @param name its name
   * @param nanos user and system
   */
  public record OfThread(String name, long nanos) {}

  /** Keeps its own copy. */
  public CpuTimes {
    threads = Map.copyOf(threads);
  }

  /**
   * Cores that each stage kept busy since an earlier moment. A thread that began meanwhile counts
   * from 0. What the process used beyond its Java threads is {@link Stage#JVM}: the collector, the
   * compiler, and threads that ended meanwhile.
   *
   * @return every stage, at least 0 each
   * @throws IllegalArgumentException if that moment was not earlier
   */
  public Map<Stage, Double> coresSince(CpuTimes earlier) {
    long wall = atNanos - earlier.atNanos;
    if (wall <= 0) {
      throw new IllegalArgumentException("no time has passed since: " + wall + " ns");
    }
    Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      nanos.put(stage, 0L);
    }
    long ofThreads = 0;
    for (Map.Entry<Long, OfThread> thread : threads.entrySet()) {
      OfThread before = earlier.threads.get(thread.getKey());
      long used = thread.getValue().nanos() - (before == null ? 0 : before.nanos());
      nanos.merge(Stage.of(thread.getValue().name()), used, Long::sum);
      ofThreads += used;
    }
    // The clocks of the process and of threads do not tick together: a rest may come out below 0.
    nanos.put(Stage.JVM, Math.max(0, processNanos - earlier.processNanos - ofThreads));
    Map<Stage, Double> cores = new EnumMap<>(Stage.class);
    nanos.forEach((stage, used) -> cores.put(stage, Math.max(0, used) / (double) wall));
    return cores;
  }
}
