package org.digitstream.standalone.command;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.digitstream.dashboards.web.PageAccess;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.pipeline.Page;
import org.digitstream.standalone.replay.TranscriptException;
import org.digitstream.standalone.replay.Transcripts;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the live page is served, to whom, and what it takes. */
final class PageOptions {
  @Mixin private AccessOptions access;

  @Option(
      names = "--look-only",
      description = "The page takes no audio: neither microphones nor files.")
  private boolean lookOnly;

  @Option(
      names = "--transcripts",
      paramLabel = "FILE",
      description =
          "A table of what is said in which file, for the score: file name, tabulator, digits"
              + " (default: names such as 7_jackson_32.wav say it).")
  private Path transcriptFile;

  @Mixin private UtteranceOption utterance;

  /**
   * Opens the page where it was asked for.
   *
   * @param waitsFor what it says to be waiting for until it is connected
   */
  Page open(
      DigitstreamCommand command,
      String waitsFor,
      ModelBundle model,
      PrometheusMeterRegistry registry,
      Surroundings surroundings)
      throws TranscriptException, IOException, CommandFailure {
    Duration pause = utterance.pause(command);
    PageAccess allowed = access.access(command, surroundings.environment());
    if (!allowed.isLoopback() && allowed.certificate().isEmpty()) {
      surroundings
          .err()
          .println(
              "note: the page is served over http, so whoever is in between sees the token and"
                  + " hears what is said; --keystore FILE serves it over https");
    }
    Page.Settings settings = new Page.Settings(allowed, !lookOnly, pause);
    Transcripts transcripts =
        transcriptFile == null ? Transcripts.FROM_NAMES : Transcripts.read(transcriptFile);
    try {
      return new Page(settings, waitsFor, model, Version.ofProgram(), transcripts, registry);
    } catch (IllegalStateException e) {
      throw new CommandFailure(e.getMessage() + " (--port)", e);
    }
  }
}
