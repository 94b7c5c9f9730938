package org.digitstream.inference.spotting;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.digitstream.inference.model.OnsetSettings;

/**
 * Finds words in a stream of levels. A word is over when the level has been low for a while, or
 * when a picture that began with it is full; then nothing begins until the level has been low.
 *
 * <p>What has never been quieter for as long as a picture is noise, as in Martin's minimum
 * statistics ("Noise power spectral density estimation based on optimal smoothing and minimum
 * statistics", 2001): so a lasting noise costs one picture, not the rest of the stream.
 *
 * <p>Pure: no clock, no memory beyond the {@linkplain #putState state}, which is {@value
 * #STATE_BYTES} bytes. One thread at a time.
 */
final class OnsetDetector {
  static final int STATE_BYTES = 1 + 8 + 8 + 4 + 4 + 4 + 4;

  /** Of the way down to a quieter frame, the part that the noise floor goes at once. */
  private static final float FALL = 0.2f;

  private static final long NONE = -1;

  private enum Phase {
    QUIET,
    WORD,
    /** The picture was full before the word was over. */
    TOO_LONG
  }

  private static final Phase[] PHASES = Phase.values();

  private final OnsetSettings settings;
  private final int pictureFrames;
  private Phase phase = Phase.QUIET;
  private long first = NONE;
  private long last = NONE;
  private int entered;
  private float noiseFloor;
  private float quietest;
  private int quietestOf;

  OnsetDetector(OnsetSettings settings, int pictureFrames) {
    this.settings = settings;
    this.pictureFrames = pictureFrames;
    reset();
  }

  /** Begins anew: nothing is known of what was before. */
  void reset() {
    phase = Phase.QUIET;
    first = NONE;
    last = NONE;
    entered = 0;
    noiseFloor = settings.quietLevel();
    forgetQuietest();
  }

  private void forgetQuietest() {
    quietest = Float.POSITIVE_INFINITY;
    quietestOf = 0;
  }

  /**
   * Takes the next frame.
   *
   * @param frame its index; one more than the last one's
   * @param level its level
   * @return the word that is over now, if one is
   */
  Optional<WordSpan> accept(long frame, float level) {
    boolean loud = level >= noiseFloor + settings.enterRise();
    boolean audible = level >= noiseFloor + settings.leaveRise();
    switch (phase) {
      case QUIET -> {
        await(frame, loud, audible);
        if (phase == Phase.QUIET && !loud) {
          trackNoise(level);
        }
      }
      case WORD -> {
        last = audible ? frame : last;
        boolean over = frame - last >= settings.releaseFrames();
        boolean full = frame - first + settings.marginFrames() + 1 >= pictureFrames;
        learnQuietest(level);
        if (over || full) {
          Optional<WordSpan> word = word(frame);
          enter(over ? Phase.QUIET : Phase.TOO_LONG);
          return word;
        }
      }
      case TOO_LONG -> {
        last = audible ? frame : last;
        learnQuietest(level);
        trackNoise(level);
        if (frame - last >= settings.releaseFrames()) {
          enter(Phase.QUIET);
        }
      }
    }
    return Optional.empty();
  }

  private void await(long frame, boolean loud, boolean audible) {
    entered = loud ? entered + 1 : 0;
    if (!audible) {
      first = NONE;
    } else if (first == NONE) {
      first = frame;
    }
    if (entered == settings.enterFrames()) {
      first = Math.max(first, frame - settings.enterFrames() + 1 - settings.leadFrames());
      last = frame;
      entered = 0;
      phase = Phase.WORD;
    }
  }

  private void enter(Phase next) {
    phase = next;
    if (next == Phase.QUIET) {
      first = NONE;
      forgetQuietest();
    }
  }

  private void learnQuietest(float level) {
    quietest = Math.min(quietest, level);
    quietestOf++;
    if (quietestOf == pictureFrames) {
      noiseFloor = Math.max(noiseFloor, quietest);
      forgetQuietest();
    }
  }

  private void trackNoise(float level) {
    float tracked =
        level < noiseFloor
            ? noiseFloor + FALL * (level - noiseFloor)
            : Math.min(level, noiseFloor + settings.floorRisePerFrame());
    noiseFloor = Math.max(settings.quietLevel(), tracked);
  }

  /**
   * Ends the word that has begun, if one has, and begins anew: nothing more comes.
   *
   * @param frame index of the last frame
   */
  Optional<WordSpan> finish(long frame) {
    Optional<WordSpan> word = phase == Phase.WORD ? word(frame) : Optional.empty();
    reset();
    return word;
  }

  private Optional<WordSpan> word(long decidedFrame) {
    return Optional.of(new WordSpan(first, last, decidedFrame))
        .filter(word -> word.frames() >= settings.minimumFrames());
  }

  void putState(ByteBuffer buffer) {
    buffer
        .put((byte) phase.ordinal())
        .putLong(first)
        .putLong(last)
        .putInt(entered)
        .putFloat(noiseFloor)
        .putFloat(quietest)
        .putInt(quietestOf);
  }

  void restore(ByteBuffer buffer) {
    phase = PHASES[buffer.get()];
    first = buffer.getLong();
    last = buffer.getLong();
    entered = buffer.getInt();
    noiseFloor = buffer.getFloat();
    quietest = buffer.getFloat();
    quietestOf = buffer.getInt();
  }
}
