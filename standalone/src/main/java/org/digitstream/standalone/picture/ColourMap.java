package org.digitstream.standalone.picture;

/**
 * Dark blue over green to yellow, evenly for the eye and readable without colour: points of
 * matplotlib's viridis (CC0), linearly between them.
 */
final class ColourMap {
  private static final int[] POINTS = {
    0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725
  };

  private ColourMap() {}

  /**
   * The colour of a value.
   *
   * @param value 0 to 1; what is outside is taken as the nearer end
   * @return 0xRRGGBB
   */
  static int rgb(double value) {
    double place = Math.max(0, Math.min(1, value)) * (POINTS.length - 1);
    int below = (int) Math.min(place, POINTS.length - 2);
    double part = place - below;
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = (POINTS[below] >> shift) & 0xFF;
      int to = (POINTS[below + 1] >> shift) & 0xFF;
      colour |= (int) Math.round(from + (to - from) * part) << shift;
    }
    return colour;
  }
}
