package org.digitstream.training.starts;

/** Is told how a comparison goes on, from the thread that trains; may throw to end it. */
public interface StartProgress {
  /**
   * Now and then.
   *
   * @param runs how many trainings are done, with fractions
   * @param found how many of them were found finished
   * @param what is being done
   */
  void update(double runs, int found, String what);

  /** After each training that is done now. */
  void finished(StartResult result);
}
