package org.digitstream.training.starts;

import java.io.IOException;
import java.util.List;

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

  /**
   * After each training that is done now.
   *
   * @param result of it
   * @param all that is known by now, this one included
   */
  void finished(StartResult result, List<StartResult> all) throws IOException;
}
