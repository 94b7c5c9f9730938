package org.digitstream.ingest.source;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.TargetDataLine;

/** A line of Java Sound with a buffer of half a second. */
final class JavaSoundLine implements CaptureLine {
  private final TargetDataLine line;
  private final int frameBytes;

  private JavaSoundLine(TargetDataLine line) {
    this.line = line;
    this.frameBytes = line.getFormat().getFrameSize();
  }

  /** Opens and starts a line. */
  static JavaSoundLine open(TargetDataLine line) throws LineUnavailableException {
    AudioFormat format = line.getFormat();
    try {
      line.open(format, format.getFrameSize() * (int) (format.getFrameRate() / 2));
      line.start();
      return new JavaSoundLine(line);
    } catch (LineUnavailableException | RuntimeException e) {
      line.close();
      throw e;
    }
  }

  @Override
  public int sampleRateHz() {
    return (int) line.getFormat().getSampleRate();
  }

  @Override
  public int channels() {
    return line.getFormat().getChannels();
  }

  @Override
  public int bufferFrames() {
    return line.getBufferSize() / frameBytes;
  }

  @Override
  public int availableFrames() {
    return line.isOpen() ? line.available() / frameBytes : -1;
  }

  @Override
  public int read(byte[] into, int frames) {
    return line.read(into, 0, frames * frameBytes) / frameBytes;
  }

  @Override
  public void flush() {
    line.flush();
  }

  @Override
  public void close() {
    line.close();
  }
}
