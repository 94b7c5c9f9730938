package org.digitstream.dashboards.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One browser's microphone: checks what comes, and hands it on. Called by one thread at a time, as
 * WebSocket messages come.
 */
final class MicrophoneSocket {
  /** What is wrong with what came; the message is for the person at the browser. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    Refusal(String message) {
      super(message);
    }
  }

  static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_NAME_CHARS = 100;

  /**
   * A microphone cannot be ahead of the time; a network that was stuck delivers late, not early.
   */
  private static final int MOST_SECONDS_AHEAD = 60;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final AudioIntake.Session session;
  private final String source;
  private final int sampleRateHz;
  private final Duration longest;
  private final LongSupplier nanoTime;
  private final long openedAt;
  private long samplesTaken;
  private boolean over;

  private MicrophoneSocket(
      AudioIntake.Session session,
      String source,
      int sampleRateHz,
      Duration longest,
      LongSupplier nanoTime) {
    this.session = session;
    this.source = source;
    this.sampleRateHz = sampleRateHz;
    this.longest = longest;
    this.nanoTime = nanoTime;
    this.openedAt = nanoTime.getAsLong();
  }

  /**
   * Begins a stream.
   *
   * @param rate the query's rate in Hz; may be null
   * @param name the query's name; may be null
   * @param longest how much sound it may send
   * @param nanoTime monotonic
   * @param notes is told what becomes of the sound; see {@link AudioIntake#open}
   */
  static MicrophoneSocket open(
      AudioIntake intake,
      String rate,
      String name,
      Duration longest,
      LongSupplier nanoTime,
      Consumer<String> notes)
      throws Refusal {
    int sampleRateHz;
    try {
      sampleRateHz = rate == null ? 0 : Integer.parseInt(rate);
    } catch (NumberFormatException e) {
      sampleRateHz = 0;
    }
    if (sampleRateHz < 8_000 || sampleRateHz > 96_000) {
      throw new Refusal(
          "rate=" + rate + " is no sample rate that can be taken; say one of 8000 to 96000 Hz");
    }
    String called = name == null || name.isBlank() ? "browser microphone" : name.strip();
    String source = called.substring(0, Math.min(MOST_NAME_CHARS, called.length()));
    try {
      return new MicrophoneSocket(
          intake.open(source, sampleRateHz, notes), source, sampleRateHz, longest, nanoTime);
    } catch (IntakeException e) {
      throw new Refusal(e.getMessage());
    }
  }

  String stream() {
    return session.stream();
  }

  /** What it is called, for people. */
  String source() {
    return source;
  }

  /** Takes a binary message. */
  void accept(byte[] data, int offset, int length) throws Refusal {
    if (over) {
      return;
    }
    if (length % 2 != 0 || length > MOST_BYTES) {
      throw new Refusal(
          "a message of "
              + length
              + " bytes is not 16-bit samples of at most "
              + MOST_BYTES
              + " bytes");
    }
    requireNotTooMuch(length / 2);
    short[] samples = new short[length / 2];
    ByteBuffer.wrap(data, offset, length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asShortBuffer()
        .get(samples);
    try {
      session.accept(samples);
    } catch (IntakeException e) {
      over = true;
      throw new Refusal(e.getMessage());
    }
  }

  private void requireNotTooMuch(int samples) throws Refusal {
    samplesTaken += samples;
    double seconds = (double) samplesTaken / sampleRateHz;
    if (seconds > longest.toSeconds()) {
      throw new Refusal(
          "the microphone has been on for "
              + longest.toSeconds()
              + " s, the longest that this page takes; switch it on again to go on");
    }
    if (seconds > (nanoTime.getAsLong() - openedAt) / 1e9 + MOST_SECONDS_AHEAD) {
      throw new Refusal(
          "more than "
              + MOST_SECONDS_AHEAD
              + " s of sound came before they can have been spoken; send it as it is recorded");
    }
  }

  /** Takes a text message; whether it was the end. */
  boolean accept(String text) throws Refusal {
    try {
      JsonNode message = JSON.readTree(text);
      if (message != null && message.path("end").asBoolean()) {
        return true;
      }
    } catch (JsonProcessingException e) {
      // Said below, as for any other text.
    }
    throw new Refusal(
        "'" + text.substring(0, Math.min(40, text.length())) + "' is not {\"end\":true}");
  }

  /** Ends the stream; again does nothing. */
  void end() {
    if (!over) {
      over = true;
      session.end();
    }
  }
}
