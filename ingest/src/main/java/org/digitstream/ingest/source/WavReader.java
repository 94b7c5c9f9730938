package org.digitstream.ingest.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a WAV file as a stream of mono samples: 8/16/24/32-bit PCM, 32-bit float, A-law or µ-law,
 * plain or {@code WAVE_FORMAT_EXTENSIBLE}, 1 to {@value WavFormat#MAX_CHANNELS} channels, 8 to 96
 * kHz. Channels are mixed by their mean.
 *
 * <p>This is a parser of our own because Java Sound (tried on JDK 17) delivers a file that was cut
 * off without a word, refuses what FFmpeg writes into a pipe where it is float or extensible, and
 * gives the same message for everything that it cannot read. Memory does not depend on what the
 * header claims.
 *
 * <p>A file whose header claims more samples than follow is refused when it is opened; a header
 * that left the length open, as a program writes into a pipe, is read to the end of the file. A
 * file that shrinks while it is read ends in an {@link UnreadableAudioException}, after what is
 * there was delivered. One thread.
 */
public final class WavReader implements AutoCloseable {
  private static final int BLOCK_FRAMES = 2048;

  private final Path file;
  private final WavHeader header;
  private final DataInputStream in;
  private final byte[] block;
  private long unreadBytes;

  private WavReader(Path file, WavHeader header, DataInputStream in) {
    this.file = file;
    this.header = header;
    this.in = in;
    this.block = new byte[BLOCK_FRAMES * header.format().frameBytes()];
    this.unreadBytes = header.dataBytes();
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws UnreadableAudioException where the file is missing, may not be read, is no WAV file of
   *     a known encoding, was cut off or has no samples
   */
  @SuppressWarnings("resource") // The reader closes what it opened.
  public static WavReader open(Path file) throws UnreadableAudioException {
    requireRegular(file);
    DataInputStream in = null;
    try {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
      return new WavReader(file, WavHeader.read(file, in, Files.size(file)), in);
    } catch (UnreadableAudioException e) {
      closeAfter(in, e);
      throw e;
    } catch (AccessDeniedException e) {
      throw new UnreadableAudioException(
          file, "it may not be read", "allow it with: chmod u+r FILE", e);
    } catch (IOException e) {
      UnreadableAudioException unreadable = failed(file, e);
      closeAfter(in, unreadable);
      throw unreadable;
    }
  }

  /**
   * Reads a file that is in memory, such as one out of an archive.
   *
   * @param name for messages
   * @param content the file's bytes, header and all; not copied
   * @throws UnreadableAudioException as {@link #open(Path)}
   */
  public static WavReader open(Path name, byte[] content) throws UnreadableAudioException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
    try {
      return new WavReader(name, WavHeader.read(name, in, content.length), in);
    } catch (UnreadableAudioException e) {
      throw e;
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  /**
   * A whole file, decoded, mixed and resampled.
   *
   * @param sampleRateHz the rate of the result
   * @return {@code round(frames * sampleRateHz / rate of the file)} samples; the very samples that
   *     {@link FileSource} streams
   * @throws UnreadableAudioException where the file is no WAV file that can be read
   */
  public static short[] readMono(Path file, int sampleRateHz) throws UnreadableAudioException {
    try (WavReader reader = open(file)) {
      return reader.readMono(sampleRateHz);
    }
  }

  /**
   * The same for a file that is in memory.
   *
   * @param name for messages
   * @param content the file's bytes, header and all
   * @param sampleRateHz the rate of the result
   * @throws UnreadableAudioException as {@link #readMono(Path, int)}
   */
  public static short[] readMono(Path name, byte[] content, int sampleRateHz)
      throws UnreadableAudioException {
    try (WavReader reader = open(name, content)) {
      return reader.readMono(sampleRateHz);
    }
  }

  private short[] readMono(int sampleRateHz) throws UnreadableAudioException {
    StreamResampler resampler = new StreamResampler(format().sampleRateHz(), sampleRateHz);
    SampleBuffer samples = new SampleBuffer();
    float[] mono = new float[BLOCK_FRAMES];
    for (int count = read(mono); count >= 0; count = read(mono)) {
      samples.append(Pcm16.fromFloats(resampler.accept(mono, 0, count)));
    }
    samples.append(Pcm16.fromFloats(resampler.finish()));
    return samples.toArray();
  }

  /** What the header says about the samples. */
  public WavFormat format() {
    return header.format();
  }

  /** How many frames the file has. */
  public long frames() {
    return header.dataBytes() / header.format().frameBytes();
  }

  /** Whether the header left the length open, as a program writes that cannot seek. */
  public boolean openEnded() {
    return header.openEnded();
  }

  /**
   * Reads the next mono samples.
   *
   * @param into filled from 0; full scale is 1, a file of floats may exceed it
   * @return how many were read, at least 1, or -1 at the end of the file
   * @throws UnreadableAudioException where the file ends before its samples or cannot be read on
   */
  public int read(float[] into) throws UnreadableAudioException {
    if (unreadBytes == 0) {
      return -1;
    }
    int frameBytes = header.format().frameBytes();
    int wanted =
        (int) Math.min(unreadBytes, (long) Math.min(into.length, BLOCK_FRAMES) * frameBytes);
    int got;
    try {
      got = in.readNBytes(block, 0, wanted);
    } catch (IOException e) {
      throw failed(file, e);
    }
    int frames = got / frameBytes;
    if (frames == 0) {
      throw new UnreadableAudioException(
          file,
          "the file ended " + unreadBytes + " bytes before its last sample while it was read",
          "let its writer finish and try again");
    }
    unreadBytes -= (long) frames * frameBytes;
    if (got < wanted) {
      // What was there is delivered first; the next read finds nothing and says so.
      unreadBytes = Math.max(unreadBytes, frameBytes);
    }
    mix(frames, into);
    return frames;
  }

  @Override
  public void close() throws UnreadableAudioException {
    try {
      in.close();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private void mix(int frames, float[] into) {
    ByteBuffer bytes = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    SampleEncoding encoding = header.format().encoding();
    int channels = header.format().channels();
    int at = 0;
    for (int frame = 0; frame < frames; frame++) {
      double sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        sum += encoding.decode(bytes, at);
        at += encoding.bytes();
      }
      into[frame] = (float) (sum / channels);
    }
  }

  private static void requireRegular(Path file) throws UnreadableAudioException {
    if (Files.isDirectory(file)) {
      throw new UnreadableAudioException(file, "it is a folder", "name a WAV file");
    }
    if (!Files.exists(file)) {
      throw new UnreadableAudioException(file, "there is no such file", "check the name");
    }
    if (!Files.isRegularFile(file)) {
      // Opening a pipe that nobody writes to would wait for ever.
      throw new UnreadableAudioException(
          file, "it is not a regular file", "copy its content to a WAV file");
    }
  }

  private static UnreadableAudioException failed(Path file, IOException e) {
    return new UnreadableAudioException(
        file, "it cannot be read (" + e + ")", "check the disk or network that it lies on", e);
  }

  private static void closeAfter(DataInputStream in, Exception failure) {
    if (in != null) {
      try {
        in.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
