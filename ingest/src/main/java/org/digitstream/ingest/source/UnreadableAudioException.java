package org.digitstream.ingest.source;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not audio that can be read; the message names the file, what is wrong, what to do. */
public final class UnreadableAudioException extends IOException {
  private static final long serialVersionUID = 1;

  private final String file;

  /**
   * Makes the message {@code file: problem; remedy}.
   *
   * @param file the file, as the user named it
   * @param problem what is wrong with it
   * @param remedy what the user can do about it
   */
  public UnreadableAudioException(Path file, String problem, String remedy) {
    this(file, problem, remedy, null);
  }

  /** The same with the exception that told it. */
  public UnreadableAudioException(Path file, String problem, String remedy, Throwable cause) {
    super(file + ": " + problem + "; " + remedy, cause);
    this.file = file.toString();
  }

  /** The file, as the user named it. */
  public String file() {
    return file;
  }
}
