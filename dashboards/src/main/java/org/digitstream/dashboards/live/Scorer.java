package org.digitstream.dashboards.live;

import java.util.List;
import java.util.Optional;

/** Knows what is said in a recording, and lays what was heard beside it. Any number of threads. */
public interface Scorer {
  /** Stands in a {@link Pair} where there is no digit. */
  int NONE = -1;

  /** A digit that was said and the one that was heard for it; either may be {@link #NONE}. */
  record Pair(int said, int heard) {}

  /** Knows of no recording what is said in it. */
  Scorer NOTHING =
      new Scorer() {
        @Override
        public Optional<String> said(String source) {
          return Optional.empty();
        }

        @Override
        public List<Pair> align(String said, String heard) {
          return List.of();
        }
      };

  /** The digits that are said in a recording, such as {@code 2125551234}, by its name. */
  Optional<String> said(String source);

  /** Both, one to one and in order, with as few errors as possible. */
  List<Pair> align(String said, String heard);
}
