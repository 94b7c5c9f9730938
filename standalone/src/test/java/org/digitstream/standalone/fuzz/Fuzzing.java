package org.digitstream.standalone.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Gives a reader inputs that are almost right, and holds it to the law: only the exception that it
 * documents comes out, it allocates no more than a stated bound, and it is done within a stated
 * time of the processor. An input that costs more is tried again: what is loaded once, such as the
 * classes behind a kind of damage, is not the input's.
 *
 * <p>Inputs are mutations of a pool that begins with valid ones. What a reader answers in a way
 * that was not seen before (a new message, digits aside) joins the pool, so that the next mutation
 * begins behind the check that it passed. Everything follows from a seed, which is printed.
 *
 * <p>Set by system properties: {@code digitstream.fuzz.inputs} (2,000 by default; 100,000 with
 * {@code -Plong}) and {@code digitstream.fuzz.seed}. An input that breaks the law is written to
 * {@code target/fuzz}.
 */
final class Fuzzing {
  /** What is read; whatever is thrown and not documented is a fault. */
  @FunctionalInterface
  interface Reader {
    void read(byte[] input) throws Exception;
  }

  /** Makes one input from the pool. */
  @FunctionalInterface
  interface Generator {
    byte[] next(SplittableRandom random, List<byte[]> pool);
  }

  private static final int MOST_IN_POOL = 400;
  private static final int MOST_BYTES = 1 << 16;

  /** A hundred times what the slowest honest input takes on a machine that is busy. */
  private static final long MOST_CPU_NANOS = 3_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final String name;
  private final List<byte[]> pool = new ArrayList<>();
  private final Set<Class<?>> documented;
  private final long fixedBytes;
  private final long bytesPerByte;
  private Generator generator = new Mutator()::next;

  /**
   * A reader under test.
   *
   * @param name for people
   * @param valid valid inputs, at least one
   * @param documented the exceptions that may come out, exactly these classes
   * @param fixedBytes what an input may make it allocate, however short
   * @param bytesPerByte and for each byte of the input
   */
  Fuzzing(
      String name,
      List<byte[]> valid,
      Set<Class<?>> documented,
      long fixedBytes,
      long bytesPerByte) {
    this.name = name;
    this.pool.addAll(valid);
    this.documented = documented;
    this.fixedBytes = fixedBytes;
    this.bytesPerByte = bytesPerByte;
  }

  /** With inputs of another kind. */
  Fuzzing generator(Generator generator) {
    this.generator = generator;
    return this;
  }

  /** How many inputs each reader gets. */
  static int inputs() {
    return Integer.getInteger("digitstream.fuzz.inputs", 2_000);
  }

  static long seed() {
    return Long.getLong("digitstream.fuzz.seed", 20_261_123L);
  }

  void run(Reader reader) {
    run(inputs(), reader);
  }

  void run(int inputs, Reader reader) {
    long seed = seed();
    SplittableRandom random = new SplittableRandom(seed);
    Set<String> answers = new HashSet<>();
    long accepted = 0;
    long worstBytes = 0;
    int worstLength = 0;
    long worstNanos = 0;
    for (byte[] valid : List.copyOf(pool)) {
      answers.add(answer(reader, valid, -1));
    }
    for (int i = 0; i < inputs; i++) {
      byte[] input = generator.next(random, pool);
      Cost cost = new Cost();
      String answer = answer(reader, input, i);
      cost.stop();
      if (exceeds(cost, input)) {
        // Kinds of damage are met for the first time all along, and what they load stays.
        cost = new Cost();
        answer(reader, input, i);
        cost.stop();
      }
      accepted += answer.isEmpty() ? 1 : 0;
      if (cost.bytes > worstBytes) {
        worstBytes = cost.bytes;
        worstLength = input.length;
      }
      worstNanos = Math.max(worstNanos, cost.nanos);
      if (exceeds(cost, input)) {
        throw broken(
            i,
            input,
            "allocated " + cost.bytes + " bytes and took " + cost.nanos / 1_000 + " us, twice",
            null);
      }
      if (answers.add(answer) && pool.size() < MOST_IN_POOL) {
        pool.add(input);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "fuzz %s: %d inputs, seed %d: %d accepted, %d kinds of answers,"
            + " at most %d bytes allocated (for %d) and %.1f ms%n",
        name,
        inputs,
        seed,
        accepted,
        answers.size(),
        worstBytes,
        worstLength,
        worstNanos / 1e6);
    assertThat(answers.size()).as("kinds of answers of %s", name).isGreaterThan(1);
  }

  private boolean exceeds(Cost cost, byte[] input) {
    return cost.bytes > fixedBytes + bytesPerByte * input.length || cost.nanos > MOST_CPU_NANOS;
  }

  /** What this thread allocates and computes from here on. */
  private static final class Cost {
    private final long thread = Thread.currentThread().getId();
    private long bytes;
    private long nanos;

    Cost() {
      bytes = -THREADS.getThreadAllocatedBytes(thread);
      nanos = -THREADS.getCurrentThreadCpuTime();
    }

    void stop() {
      nanos += THREADS.getCurrentThreadCpuTime();
      bytes += THREADS.getThreadAllocatedBytes(thread);
    }
  }

  /** Empty where the input was taken. */
  @SuppressWarnings("CatchAndPrintStackTrace")
  private String answer(Reader reader, byte[] input, int index) {
    try {
      reader.read(input);
      return "";
    } catch (Throwable thrown) {
      if (!documented.contains(thrown.getClass())) {
        throw broken(index, input, "threw " + thrown, thrown);
      }
      String message = String.valueOf(thrown.getMessage());
      if (message.isBlank()) {
        throw broken(index, input, "says nothing", thrown);
      }
      return message.substring(0, Math.min(200, message.length())).replaceAll("[0-9]+", "#");
    }
  }

  private AssertionError broken(int index, byte[] input, String how, Throwable cause) {
    Path file = Path.of("target", "fuzz", name.replaceAll("[^a-z0-9]+", "-") + ".bin");
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, input);
    } catch (IOException e) {
      how += " (and could not be written: " + e + ")";
    }
    return new AssertionError(
        name
            + ", input "
            + index
            + " of seed "
            + seed()
            + ", "
            + input.length
            + " bytes, kept as "
            + file
            + ": "
            + how,
        cause);
  }

  /** Bytes made wrong in the ways in which files and programs go wrong. */
  static final class Mutator {
    private static final long[] ABSURD = {
      0,
      1,
      -1,
      127,
      128,
      255,
      32_767,
      32_768,
      65_535,
      Integer.MAX_VALUE,
      Integer.MIN_VALUE,
      0xffff_ffffL,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      1L << 52,
      Float.floatToRawIntBits(Float.NaN),
      Float.floatToRawIntBits(Float.POSITIVE_INFINITY),
      Float.floatToRawIntBits(Float.NEGATIVE_INFINITY),
      Float.floatToRawIntBits(Float.MAX_VALUE),
      Double.doubleToRawLongBits(Double.NaN),
    };

    private static final int FIRST = 3;

    private final String[] words;

    /** Also puts words in that mean something to the reader. */
    Mutator(String... words) {
      this.words = words;
    }

    byte[] next(SplittableRandom random, List<byte[]> pool) {
      if (random.nextInt(50) == 0) {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        return noise;
      }
      // Half of them from what is valid: the rest of the pool grows and is damaged already.
      int from = random.nextBoolean() ? Math.min(FIRST, pool.size()) : pool.size();
      byte[] bytes = pool.get(random.nextInt(from)).clone();
      for (int n = 1 + random.nextInt(5); n > 0; n--) {
        bytes = mutated(random, bytes, pool);
      }
      return bytes.length <= MOST_BYTES ? bytes : java.util.Arrays.copyOf(bytes, MOST_BYTES);
    }

    private byte[] mutated(SplittableRandom random, byte[] bytes, List<byte[]> pool) {
      int at = bytes.length == 0 ? 0 : place(random, bytes.length);
      switch (random.nextInt(words.length == 0 ? 8 : 9)) {
        case 0 -> {
          if (bytes.length > 0) {
            bytes[at] ^= (byte) (1 << random.nextInt(8));
          }
          return bytes;
        }
        case 1 -> {
          if (bytes.length > 0) {
            bytes[at] = (byte) random.nextInt();
          }
          return bytes;
        }
        case 2 -> {
          long value = ABSURD[random.nextInt(ABSURD.length)];
          int width = 1 << random.nextInt(4);
          boolean little = random.nextBoolean();
          for (int i = 0; i < width && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (value >>> (8 * (little ? i : width - 1 - i)));
          }
          return bytes;
        }
        case 3 -> {
          return java.util.Arrays.copyOf(bytes, at);
        }
        case 4 -> {
          int to = Math.min(bytes.length, at + 1 + random.nextInt(16));
          return joined(bytes, 0, at, bytes, to, bytes.length);
        }
        case 5 -> {
          int end = Math.min(bytes.length, at + 1 + random.nextInt(64));
          return joined(bytes, 0, end, bytes, at, bytes.length);
        }
        case 6 -> {
          byte[] other = pool.get(random.nextInt(pool.size()));
          return joined(
              bytes,
              0,
              at,
              other,
              other.length == 0 ? 0 : random.nextInt(other.length),
              other.length);
        }
        case 7 -> {
          // A number of variable length, as Protobuf writes it.
          byte[] varint = new byte[1 + random.nextInt(10)];
          java.util.Arrays.fill(varint, (byte) 0xff);
          varint[varint.length - 1] = (byte) random.nextInt(128);
          return inserted(bytes, at, varint, random.nextBoolean());
        }
        default -> {
          return inserted(
              bytes,
              at,
              words[random.nextInt(words.length)].getBytes(java.nio.charset.StandardCharsets.UTF_8),
              random.nextBoolean());
        }
      }
    }

    /** Beginnings matter most: half of all places are in the first 64 bytes. */
    private static int place(SplittableRandom random, int length) {
      return random.nextInt(random.nextBoolean() ? length : Math.min(64, length));
    }

    private static byte[] inserted(byte[] bytes, int at, byte[] more, boolean over) {
      byte[] start = joined(bytes, 0, at, more, 0, more.length);
      int from = over ? Math.min(bytes.length, at + more.length) : at;
      return joined(start, 0, start.length, bytes, from, bytes.length);
    }

    private static byte[] joined(byte[] a, int fromA, int toA, byte[] b, int fromB, int toB) {
      byte[] both = new byte[toA - fromA + Math.max(0, toB - fromB)];
      System.arraycopy(a, fromA, both, 0, toA - fromA);
      System.arraycopy(b, fromB, both, toA - fromA, Math.max(0, toB - fromB));
      return both;
    }
  }
}
