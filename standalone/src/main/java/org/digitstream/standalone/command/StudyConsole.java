package org.digitstream.standalone.command;

import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.study.StudyProgress;

/** Tells a person how the study goes on. Any thread. */
final class StudyConsole implements StudyProgress, AutoCloseable {
  private final Surroundings surroundings;
  private final ProgressBar bar;
  private final long startNanos = System.nanoTime();
  private long work;
  private long saved;
  private long trained;

  StudyConsole(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.bar = surroundings.progressBar();
  }

  /** How many pictures there are to be trained on in all. */
  synchronized void expect(long pictures) {
    work = pictures;
  }

  @Override
  public synchronized void reading(int files) {
    requireNoEnd();
    bar.update(0, "reading: " + files + " files");
  }

  @Override
  public synchronized void leftOut(String problem) {
    bar.clear();
    surroundings.err().println("left out: " + problem);
  }

  @Override
  public synchronized void trained(int pictures) {
    requireNoEnd();
    trained += pictures;
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    double perSecond = trained / seconds;
    long left = work - saved - trained;
    bar.update(
        work == 0 ? 0 : (double) (saved + trained) / work,
        work == 0
            ? String.format("%d pictures, %.0f/s", trained, perSecond)
            : String.format("%.0f pictures/s, %.0f s left", perSecond, left / perSecond));
  }

  @Override
  public synchronized void kept(String what, long pictures) {
    saved += pictures;
    say(what + ": there already");
  }

  @Override
  public synchronized void made(String what, String result) {
    say(what + ": " + result);
  }

  synchronized void say(String line) {
    bar.clear();
    surroundings.out().println(line);
  }

  private void requireNoEnd() {
    if (surroundings.termination().isRequested()) {
      throw new CommandFailure(
          "ended before the work was done; the same command goes on after the last step that is"
              + " finished");
    }
  }

  @Override
  public synchronized void close() {
    bar.close();
  }
}
