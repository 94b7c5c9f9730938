package org.digitstream.dashboards.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How many things each client has going at a time. Any number of threads. */
final class ClientPlaces {
  /** A place that a client holds until it gives it back, or its time is over. */
  final class Place {
    private final String client;
    private long endsAt;
    private boolean timed;

    private Place(String client) {
      this.client = client;
    }

    /** Gives it back; again does nothing. */
    void release() {
      synchronized (ClientPlaces.this) {
        remove(this);
      }
    }

    /** Gives it back later. */
    void releaseAfter(double seconds) {
      synchronized (ClientPlaces.this) {
        timed = true;
        endsAt = nanoTime.getAsLong() + (long) (seconds * 1e9);
      }
    }

    private boolean isOver(long now) {
      return timed && now - endsAt >= 0;
    }
  }

  private final int most;
  private final LongSupplier nanoTime;
  private final Map<String, List<Place>> places = new HashMap<>();

  /**
   * All free.
   *
   * @param most how many places a client may hold
   * @param nanoTime monotonic
   */
  ClientPlaces(int most, LongSupplier nanoTime) {
    this.most = most;
    this.nanoTime = nanoTime;
  }

  /** A place for a client; nothing where it holds as many as it may. */
  synchronized Optional<Place> take(String client) {
    long now = nanoTime.getAsLong();
    places
        .values()
        .removeIf(
            held -> {
              held.removeIf(place -> place.isOver(now));
              return held.isEmpty();
            });
    List<Place> held = places.computeIfAbsent(client, first -> new ArrayList<>());
    if (held.size() >= most) {
      return Optional.empty();
    }
    Place place = new Place(client);
    held.add(place);
    return Optional.of(place);
  }

  private void remove(Place place) {
    List<Place> held = places.get(place.client);
    if (held != null && held.remove(place) && held.isEmpty()) {
      places.remove(place.client);
    }
  }
}
