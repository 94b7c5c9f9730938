package org.digitstream.standalone.command;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.runtime.operations.OperationsServer;
import org.digitstream.standalone.pipeline.Page;
import org.digitstream.standalone.replay.TranscriptException;
import org.digitstream.standalone.replay.Transcripts;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the live page is served, and what it takes. */
final class PageOptions {
  static final int DEFAULT_PORT = 8080;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + DEFAULT_PORT,
      description = "Where the page is served; 0 for any free port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = OperationsServer.LOOPBACK,
      description =
          "The address to serve it at; 0.0.0.0 for all, so that other machines reach it. Browsers"
              + " give a microphone only to pages of this machine or over https (default:"
              + " ${DEFAULT-VALUE}).")
  private String host;

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

  private Page.Settings settings(DigitstreamCommand command) {
    if (port < 0 || port > 65_535) {
      throw command.wrongUsage("--port " + port + " is not within 0..65535");
    }
    return new Page.Settings(host, port, !lookOnly, utterance.pause(command));
  }

  /**
   * Opens the page where it was asked for.
   *
   * @param waitsFor what it says to be waiting for until it is connected
   */
  Page open(
      DigitstreamCommand command,
      String waitsFor,
      ModelBundle model,
      PrometheusMeterRegistry registry)
      throws TranscriptException, CommandFailure {
    Page.Settings settings = settings(command);
    Transcripts transcripts =
        transcriptFile == null ? Transcripts.FROM_NAMES : Transcripts.read(transcriptFile);
    try {
      return new Page(settings, waitsFor, model, Version.ofProgram(), transcripts, registry);
    } catch (IllegalStateException e) {
      throw new CommandFailure(e.getMessage() + " (--port)", e);
    }
  }
}
