package org.digitstream.standalone.doctor;

/**
 * What one look showed.
 *
 * @param state how it is
 * @param what was looked at
 * @param detail what was seen; where it is not well, also what to do
 */
public record Finding(State state, String what, String detail) {
  /** How something is. */
  public enum State {
    /** It is well. */
    WELL,
    /** Something does not work that digitstream can do without. */
    WARNING,
    /** digitstream does not work without it. */
    BROKEN
  }

  static Finding well(String what, String detail) {
    return new Finding(State.WELL, what, detail);
  }

  static Finding warning(String what, String detail) {
    return new Finding(State.WARNING, what, detail);
  }

  static Finding broken(String what, String detail) {
    return new Finding(State.BROKEN, what, detail);
  }

  /** One line for people. */
  public String toText() {
    String sign =
        switch (state) {
          case WELL -> "\u2713";
          case WARNING -> "!";
          case BROKEN -> "\u2717";
        };
    return sign + " " + what + ": " + detail;
  }
}
