package org.digitstream.standalone.command;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.digitstream.dashboards.web.PageAccess;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.pipeline.Page;
import org.digitstream.standalone.pipeline.Pipeline;
import org.digitstream.standalone.replay.Transcripts;
import picocli.CommandLine.Option;

/** Whether there is a page to look at beside the terminal. */
final class WebOption {
  @Option(
      names = "--web",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "" + AccessOptions.DEFAULT_PORT,
      description =
          "Also serve the live page, to this machine only, until Ctrl-C (default port: "
              + AccessOptions.DEFAULT_PORT
              + "; 0 for any that is free).")
  private Integer port;

  boolean isGiven() {
    return port != null;
  }

  /** Before anything is started for it. */
  void requireUsable(DigitstreamCommand command) {
    if (port != null && (port < 0 || port > 65_535)) {
      throw command.wrongUsage("--web " + port + " is not within 0..65535");
    }
  }

  /**
   * Opens the page if one was asked for, and says where; otherwise nothing to close.
   *
   * @param utterancePause the longest pause within an utterance
   */
  AutoCloseable open(
      Pipeline pipeline,
      ModelBundle model,
      Transcripts transcripts,
      Duration utterancePause,
      Surroundings surroundings)
      throws CommandFailure, InterruptedException, TimeoutException {
    if (port == null) {
      return () -> {};
    }
    Page page;
    try {
      page =
          new Page(
              new Page.Settings(PageAccess.ofThisMachine(port), true, utterancePause),
              "connecting",
              model,
              Version.ofProgram(),
              transcripts,
              pipeline.registry());
    } catch (IllegalStateException e) {
      throw new CommandFailure(e.getMessage() + " (--web)", e);
    }
    try {
      page.connect(pipeline);
    } catch (Throwable e) {
      page.close();
      throw e;
    }
    surroundings.err().println("page at " + page.address());
    return page;
  }

  /** Where there is a page, people look at it for as long as they like. */
  void stay(Surroundings surroundings) throws InterruptedException {
    if (port != null && !surroundings.termination().isRequested()) {
      surroundings.err().println("the page stays, Ctrl-C ends it");
      surroundings.termination().await();
    }
  }
}
