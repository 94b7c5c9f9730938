package org.digitstream.training.network;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.digitstream.training.storage.WholeFile;

/**
 * What a training knows after an epoch: enough to go on as if it had never been interrupted, to the
 * bit.
 *
 * <p>The file begins with {@code DSCHECK2} and the fingerprint of the training that it belongs to,
 * and ends with a CRC-32; big-endian.
 *
 * @param iteration updates done
 * @param loss smoothed loss so far
 * @param seconds for how long was trained, in all parts
 * @param weights of the network, with its running statistics
 * @param updaterState the optimizer's moments
 * @param average the average of the weights
 * @param averageUpdates how many updates it is made of
 */
record Checkpoint(
    int iteration,
    double loss,
    double seconds,
    float[] weights,
    float[] updaterState,
    float[] average,
    int averageUpdates) {
  private static final byte[] MAGIC = {'D', 'S', 'C', 'H', 'E', 'C', 'K', '2'};
  private static final int MOST_VALUES = 1 << 26;

  /**
   * Writes it in place of the one before; whoever is interrupted keeps that one.
   *
   * @param file where it goes
   * @param fingerprint names the training: 64 hexadecimal digits
   */
  void write(Path file, String fingerprint) throws IOException {
    WholeFile.write(file, out -> writeTo(out, fingerprint));
  }

  private void writeTo(OutputStream stream, String fingerprint) throws IOException {
    CRC32 crc = new CRC32();
    DataOutputStream out = new DataOutputStream(new CheckedOutputStream(stream, crc));
    out.write(MAGIC);
    out.writeUTF(fingerprint);
    out.writeInt(iteration);
    out.writeDouble(loss);
    out.writeDouble(seconds);
    out.writeInt(averageUpdates);
    writeValues(out, weights);
    writeValues(out, updaterState);
    writeValues(out, average);
    out.writeLong(crc.getValue());
    out.flush();
  }

  /**
   * Reads one.
   *
   * @param file where it may be
   * @param fingerprint of the training that wants it
   * @return nothing where there is no such file
   * @throws CheckpointException where it is damaged, or belongs to another training
   */
  static Optional<Checkpoint> read(Path file, String fingerprint) throws IOException {
    CRC32 crc = new CRC32();
    try (DataInputStream in =
        new DataInputStream(
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), 1 << 16), crc))) {
      byte[] magic = in.readNBytes(MAGIC.length);
      if (!Arrays.equals(magic, MAGIC)) {
        throw new CheckpointException(file + " is no checkpoint of a training");
      }
      if (!in.readUTF().equals(fingerprint)) {
        throw new CheckpointException(
            file
                + " is the checkpoint of another training: other recordings, another network, seed"
                + " or recipe. Delete it to begin anew, or choose another output");
      }
      int iteration = in.readInt();
      double loss = in.readDouble();
      double seconds = in.readDouble();
      int averageUpdates = in.readInt();
      float[] weights = readValues(in, file);
      float[] updaterState = readValues(in, file);
      float[] average = readValues(in, file);
      long expected = crc.getValue();
      if (in.readLong() != expected || in.read() >= 0) {
        throw damaged(file);
      }
      return Optional.of(
          new Checkpoint(iteration, loss, seconds, weights, updaterState, average, averageUpdates));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (EOFException | UTFDataFormatException e) {
      throw damaged(file);
    }
  }

  private static CheckpointException damaged(Path file) {
    return new CheckpointException(file + " is damaged. Delete it to begin anew");
  }

  private static void writeValues(DataOutputStream out, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    bytes.asFloatBuffer().put(values);
    out.writeInt(values.length);
    out.write(bytes.array());
  }

  private static float[] readValues(DataInputStream in, Path file) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MOST_VALUES) {
      throw damaged(file);
    }
    byte[] bytes = in.readNBytes(4 * count);
    if (bytes.length < 4 * count) {
      throw damaged(file);
    }
    float[] values = new float[count];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }
}
