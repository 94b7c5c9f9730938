package org.digitstream.standalone.doctor;

/** Whether this Java can run digitstream. */
public final class JavaCheck {
  private static final int LEAST = 17;

  private JavaCheck() {}

  /**
   * Looks at a version.
   *
   * @param feature its first number, as {@link Runtime.Version#feature()}
   * @param description what to call it
   */
  public static Finding run(int feature, String description) {
    return feature >= LEAST
        ? Finding.well("Java", description)
        : Finding.broken(
            "Java", description + ": install a JDK " + LEAST + " or newer and set JAVA_HOME to it");
  }
}
