package org.digitstream.dashboards.web;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All browsers that look on. What befalls one of them is nothing to the others. Any thread. */
final class Viewers {
  private static final Logger LOG = LoggerFactory.getLogger(Viewers.class);

  private final Map<String, Viewer> viewers = new ConcurrentHashMap<>();

  /** How many there are. */
  int count() {
    return viewers.size();
  }

  /** One has come; its connection has that id. */
  void join(String id, Viewer viewer) {
    viewers.put(id, viewer);
  }

  /** The one at a connection. */
  Optional<Viewer> find(String id) {
    return Optional.ofNullable(viewers.get(id));
  }

  /** The connection is gone. */
  void leave(String id) {
    Viewer viewer = viewers.remove(id);
    if (viewer != null) {
      viewer.leave();
    }
  }

  /** Sends each one what is new. */
  void turn(Board board) {
    viewers.forEach(
        (id, viewer) -> {
          try {
            viewer.turn(board);
          } catch (RuntimeException e) {
            // A bug; the viewers behind this one shall not pay for it.
            LOG.error("a viewer's turn failed", e);
          }
        });
  }
}
