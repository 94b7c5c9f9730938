package org.digitstream.dashboards.web;

/**
 * The newest message of each kind that every viewer gets; null before there is one. A viewer is
 * sent one that it was not sent before.
 */
record Board(String streams, String gauges, String score) {
  static final Board EMPTY = new Board(null, null, null);
}
