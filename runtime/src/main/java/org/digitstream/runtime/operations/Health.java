package org.digitstream.runtime.operations;

/**
 * How something is.
 *
 * @param up whether it is well
 * @param detail a few words for people
 */
public record Health(boolean up, String detail) {
  /** It is well. */
  public static Health up(String detail) {
    return new Health(true, detail);
  }

  /** It is not well. */
  public static Health down(String detail) {
    return new Health(false, detail);
  }
}
