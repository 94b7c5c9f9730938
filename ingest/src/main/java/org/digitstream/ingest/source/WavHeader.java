package org.digitstream.ingest.source;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The chunks of a RIFF WAVE file up to its samples.
 *
 * <p>The sizes in a header are claims. A claim that the file cannot keep is an error, with one
 * exception: a program that writes into a pipe cannot go back to fill the sizes in, and leaves
 * {@code 0}, {@code 0xFFFFFFFF} (FFmpeg), {@code 0x7FFFF000} (SoX) or about {@code 0x7FFFFFFF} to
 * {@code 0x80000000} (arecord) in <em>both</em> size fields. Such a file reaches to its end.
 *
 * @param format of the samples
 * @param dataOffset where in the file the samples start
 * @param dataBytes how many bytes of samples there are, whole frames
 * @param openEnded whether the header left the length open
 */
record WavHeader(WavFormat format, long dataOffset, long dataBytes, boolean openEnded) {
  private static final int FORMAT_PCM = 1;
  private static final int FORMAT_FLOAT = 3;
  private static final int FORMAT_A_LAW = 6;
  private static final int FORMAT_MU_LAW = 7;
  private static final int FORMAT_EXTENSIBLE = 0xfffe;

  /** The last 14 bytes of every sub-format that is an old format tag in new clothes. */
  private static final byte[] TAG_GUID = HexFormat.of().parseHex("000000001000800000aa00389b71");

  private static final int MOST_FORMAT_BYTES = 4096;
  private static final long LEAST_OPEN_SIZE = 0x7fff_f000L;
  private static final long MOST_ARECORD_SIZE = 0x8000_0100L;
  private static final long UNKNOWN_SIZE = 0xffff_ffffL;

  private static final String CONVERT =
      "convert it, for example with: ffmpeg -i FILE -c:a pcm_s16le -ar 16000 OUT.wav";
  private static final String NOT_COMPLETE = "record, copy or download it again";

  /**
   * Reads up to the first sample.
   *
   * @param file for messages
   * @param in at the start of the file; at the first sample afterwards
   * @param fileBytes the length of the file
   * @throws UnreadableAudioException where it is no WAV file that can be decoded
   */
  static WavHeader read(Path file, DataInputStream in, long fileBytes) throws IOException {
    if (fileBytes == 0) {
      throw new UnreadableAudioException(file, "the file is empty", NOT_COMPLETE);
    }
    try {
      return new Parser(file, in, fileBytes).parse();
    } catch (EOFException e) {
      throw new UnreadableAudioException(
          file, "the file ends inside its header after " + fileBytes + " bytes", NOT_COMPLETE, e);
    }
  }

  /** The place in the file and what was found so far. */
  private static final class Parser {
    private final Path file;
    private final DataInputStream in;
    private final long fileBytes;
    private long position;

    Parser(Path file, DataInputStream in, long fileBytes) {
      this.file = file;
      this.in = in;
      this.fileBytes = fileBytes;
    }

    WavHeader parse() throws IOException {
      String riff = readTag();
      if (!riff.equals("RIFF")) {
        throw notWav(riff);
      }
      long riffBytes = readSize();
      String wave = readTag();
      if (!wave.equals("WAVE")) {
        throw new UnreadableAudioException(
            file, "a RIFF file of the kind '" + printable(wave) + "', not WAVE", CONVERT);
      }
      WavFormat format = null;
      while (true) {
        String tag = readTag();
        long size = readSize();
        if (tag.equals("data")) {
          if (format == null) {
            throw new UnreadableAudioException(
                file, "no 'fmt ' chunk stands before the samples", CONVERT);
          }
          return data(format, riffBytes, size);
        }
        if (tag.equals("fmt ")) {
          format = format(size);
        } else {
          skip(tag, size);
        }
        if (size % 2 != 0) {
          skip(tag, 1);
        }
      }
    }

    private WavHeader data(WavFormat format, long riffBytes, long claimed)
        throws UnreadableAudioException {
      long available = fileBytes - position;
      boolean openEnded = isOpen(claimed) && isOpen(riffBytes) && available > 0;
      if (!openEnded && claimed > available) {
        throw new UnreadableAudioException(
            file,
            "the header claims "
                + claimed
                + " bytes of samples, but only "
                + available
                + " follow: the file was cut off",
            NOT_COMPLETE + ", or rebuild its header with: sox --ignore-length FILE OUT.wav");
      }
      long bytes = openEnded ? available : claimed;
      bytes -= bytes % format.frameBytes();
      if (bytes == 0) {
        throw new UnreadableAudioException(
            file, "the file has a header but no samples", NOT_COMPLETE);
      }
      return new WavHeader(format, position, bytes, openEnded);
    }

    private static boolean isOpen(long size) {
      return size == 0
          || size == UNKNOWN_SIZE
          || (size >= LEAST_OPEN_SIZE && size <= MOST_ARECORD_SIZE);
    }

    private WavFormat format(long size) throws IOException {
      if (size < 16 || size > MOST_FORMAT_BYTES) {
        throw new UnreadableAudioException(
            file, "its 'fmt ' chunk has " + size + " bytes, not 16 to 40", CONVERT);
      }
      byte[] bytes = new byte[(int) size];
      in.readFully(bytes);
      position += size;
      ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int tag = fields.getShort(0) & 0xffff;
      int channels = fields.getShort(2) & 0xffff;
      long sampleRateHz = fields.getInt(4) & 0xffff_ffffL;
      int frameBytes = fields.getShort(12) & 0xffff;
      int bits = fields.getShort(14) & 0xffff;
      if (tag == FORMAT_EXTENSIBLE) {
        tag = extensibleTag(fields);
      }
      SampleEncoding encoding = encoding(tag, bits);
      WavFormat format;
      try {
        format = new WavFormat(encoding, (int) Math.min(sampleRateHz, Integer.MAX_VALUE), channels);
      } catch (IllegalArgumentException e) {
        throw new UnreadableAudioException(file, e.getMessage(), CONVERT, e);
      }
      if (frameBytes != format.frameBytes()) {
        throw new UnreadableAudioException(
            file,
            "the header contradicts itself: "
                + frameBytes
                + " bytes a frame are not "
                + format.describe(),
            CONVERT);
      }
      return format;
    }

    private int extensibleTag(ByteBuffer fields) throws UnreadableAudioException {
      if (fields.capacity() < 40) {
        throw new UnreadableAudioException(
            file,
            "its extensible 'fmt ' chunk has " + fields.capacity() + " bytes, not 40",
            CONVERT);
      }
      for (int i = 0; i < TAG_GUID.length; i++) {
        if (fields.get(26 + i) != TAG_GUID[i]) {
          throw new UnreadableAudioException(
              file, "samples of an unknown extensible sub-format", CONVERT);
        }
      }
      return fields.getShort(24) & 0xffff;
    }

    private SampleEncoding encoding(int tag, int bits) throws UnreadableAudioException {
      if (tag == FORMAT_PCM && bits == 8) {
        return SampleEncoding.PCM_8;
      } else if (tag == FORMAT_PCM && bits == 16) {
        return SampleEncoding.PCM_16;
      } else if (tag == FORMAT_PCM && bits == 24) {
        return SampleEncoding.PCM_24;
      } else if (tag == FORMAT_PCM && bits == 32) {
        return SampleEncoding.PCM_32;
      } else if (tag == FORMAT_FLOAT && bits == 32) {
        return SampleEncoding.FLOAT_32;
      } else if (tag == FORMAT_A_LAW && bits == 8) {
        return SampleEncoding.A_LAW;
      } else if (tag == FORMAT_MU_LAW && bits == 8) {
        return SampleEncoding.MU_LAW;
      }
      throw new UnreadableAudioException(
          file,
          "samples of format tag "
              + tag
              + " with "
              + bits
              + " bits are none of 8/16/24/32-bit PCM, 32-bit float, A-law, µ-law",
          CONVERT);
    }

    private void skip(String tag, long size) throws IOException {
      if (size > fileBytes - position) {
        throw new UnreadableAudioException(
            file,
            "its '"
                + printable(tag)
                + "' chunk claims "
                + size
                + " bytes, but only "
                + (fileBytes - position)
                + " follow, and no samples were found before",
            NOT_COMPLETE);
      }
      in.skipNBytes(size);
      position += size;
    }

    private String readTag() throws IOException {
      byte[] tag = new byte[4];
      in.readFully(tag);
      position += 4;
      return new String(tag, StandardCharsets.ISO_8859_1);
    }

    private long readSize() throws IOException {
      position += 4;
      return Integer.reverseBytes(in.readInt()) & 0xffff_ffffL;
    }

    private UnreadableAudioException notWav(String tag) {
      String problem =
          switch (tag) {
            case "RF64", "RIFX", "FORM", "fLaC", "OggS" ->
                "a file of the kind '" + tag + "', not RIFF WAVE";
            default ->
                "not a WAV file: it starts with '" + printable(tag) + "' where 'RIFF' is expected";
          };
      return new UnreadableAudioException(file, problem, CONVERT);
    }

    private static String printable(String tag) {
      return tag.replaceAll("[^ -~]", ".");
    }
  }
}
