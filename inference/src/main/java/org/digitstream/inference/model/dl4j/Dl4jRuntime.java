package org.digitstream.inference.model.dl4j;

import org.digitstream.inference.model.ModelException;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Loads ND4J's native library the one way that gives the same bits everywhere and is not slow: one
 * OpenMP thread, oneDNN's convolutions switched on.
 *
 * <p>With more threads results would differ from machine to machine, and two threads collapse as
 * soon as anything else runs.
 */
public final class Dl4jRuntime {
  private static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";
  private static final String OP_EXECUTIONER = "opexec";

  private Dl4jRuntime() {}

  /**
   * Loads the natives, if they are not yet, and binds the calling thread to one OpenMP thread. The
   * number of threads is a property of each thread, so whoever runs a network calls this first on
   * the thread that runs it.
   *
   * @throws ModelException where this machine cannot load them, saying what it would need
   */
  public static void prepareThread() {
    System.setProperty(HELPERS_DISABLED, "false");
    System.setProperty(OP_EXECUTIONER, ReachableOpExecutioner.class.getName());
    // ND4J's own logging and banner are of no use to a person.
    System.setProperty("org.nd4j.log.initialization", "false");
    try {
      Nd4j.getBackend();
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
      throw new ModelException(
          "the native mathematics library does not load on this machine ("
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + "). It needs a 64-bit Linux, macOS or Windows; on x86 a processor with AVX2; and a few"
              + " hundred megabytes free in "
              + System.getProperty("user.home")
              + "/.javacpp. "
              + e.getMessage(),
          e);
    }
  }
}
