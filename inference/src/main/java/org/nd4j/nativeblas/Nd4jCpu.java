package org.nd4j.nativeblas;

/**
 * Gives DL4J 1.0.0-M2.1 the class that it asks whether oneDNN is there.
 *
 * <p>Its {@code MKLDNNConvHelper} looks this class up by name, but ND4J has since moved it to
 * another package; without this one convolutions run six times slower. To be deleted with the next
 * DL4J that asks the right class: the check at start in {@code Dl4jClassifier} then still holds.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** The native library's environment. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    /** The one environment. */
    public static Environment getInstance() {
      return INSTANCE;
    }

    /** Whether the native library was built with oneDNN and uses it. */
    public boolean isUseMKLDNN() {
      return org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance().isUseONEDNN();
    }
  }
}
