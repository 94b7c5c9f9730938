package org.digitstream.ingest.source;

import be.tarsos.dsp.resample.Resampler;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * TarsosDSP's resamplers for many streams. Each computes 70,000 values of its filter, for 3 ms,
 * which is longer than it takes to recognize a short recording; those of the rates that were last
 * in use are copied instead. A copy gives the same bits. Thread-safe.
 */
final class ResamplerFilters {
  /** Each takes about 0.6 MB. */
  private static final int MOST_KEPT = 8;

  private static final Map<Double, Resampler> UNUSED =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Double, Resampler> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private ResamplerFilters() {}

  /** A resampler that nothing has gone through. */
  static Resampler resampler(double factor) {
    synchronized (UNUSED) {
      return new Resampler(UNUSED.computeIfAbsent(factor, key -> new Resampler(true, key, key)));
    }
  }
}
