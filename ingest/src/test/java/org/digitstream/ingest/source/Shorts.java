package org.digitstream.ingest.source;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collector;

/** Short arrays out of streams of integers. */
final class Shorts {
  private Shorts() {}

  static Collector<Integer, List<Integer>, short[]> toShorts() {
    return Collector.of(
        ArrayList::new,
        List::add,
        (left, right) -> {
          left.addAll(right);
          return left;
        },
        list -> {
          short[] shorts = new short[list.size()];
          for (int i = 0; i < shorts.length; i++) {
            shorts[i] = list.get(i).shortValue();
          }
          return shorts;
        });
  }
}
