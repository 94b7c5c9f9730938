package org.digitstream.standalone.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.digitstream.contract.LatencyStamps;
import org.digitstream.contract.wire.AudioChunkCodec;
import org.digitstream.contract.wire.DigitPosteriorsCodec;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.MalformedRecordException;
import org.digitstream.contract.wire.RecordCodec;
import org.digitstream.contract.wire.StreamEventCodec;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.ModelException;
import org.digitstream.ingest.source.UnreadableAudioException;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.runtime.kafka.DeadLetter;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.kafka.KeptDeadLetter;
import org.digitstream.runtime.kafka.LatencyHeaders;
import org.digitstream.standalone.ToneModel;
import org.digitstream.standalone.replay.TranscriptException;
import org.digitstream.standalone.replay.Transcripts;
import org.digitstream.training.corpus.CorpusReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever bytes come: only the documented exception, bounded memory, bounded work. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class ReadersFuzzTest {
  private static final Set<Class<?>> MALFORMED = Set.of(MalformedRecordException.class);

  @TempDir Path folder;

  @Test
  void audioChunks() {
    codec(
        "audio-chunks",
        new AudioChunkCodec(),
        Samples.audioChunks(),
        Samples::absurdAudio,
        8_192,
        16);
  }

  @Test
  void logMelFrames() {
    codec(
        "log-mel-frames",
        new LogMelFramesCodec(),
        Samples.logMelFrames(),
        Samples::absurdFrames,
        8_192,
        16);
  }

  @Test
  void digitPosteriors() {
    codec(
        "digit-posteriors",
        new DigitPosteriorsCodec(),
        Samples.posteriors(),
        Samples::absurdPosteriors,
        8_192,
        16);
  }

  private static <T> void codec(
      String name,
      RecordCodec<T> codec,
      List<byte[]> valid,
      Function<SplittableRandom, byte[]> absurd,
      long fixedBytes,
      long bytesPerByte) {
    Fuzzing.Mutator mutator = new Fuzzing.Mutator();
    new Fuzzing(name, valid, MALFORMED, fixedBytes, bytesPerByte)
        .generator(
            (random, pool) ->
                random.nextInt(3) == 0 ? absurd.apply(random) : mutator.next(random, pool))
        .run(
            bytes -> {
              T record = codec.decode(bytes);
              // What is taken can be passed on: it comes out of its own bytes again.
              assertThat(codec.encode(codec.decode(codec.encode(record))))
                  .isEqualTo(codec.encode(record));
            });
  }

  @Test
  void digitEvents() {
    StreamEventCodec codec = new StreamEventCodec();
    new Fuzzing("digit-events", Samples.events(), MALFORMED, 64_000, 64)
        .generator(
            new Fuzzing.Mutator(
                    "1e999",
                    "-1",
                    "null",
                    "NaN",
                    "\"NaN\"",
                    "[[[[[[[[",
                    "{\"a\":",
                    "99999999999999999999",
                    "1e-999999999",
                    "1E400000000",
                    "\"digit\"",
                    "\"end-of-stream\"",
                    "\\ud800",
                    "0.1")
                ::next)
        .run(bytes -> assertThat(codec.decode(bytes)).isNotNull());
  }

  @Test
  void wavFiles() {
    Path name = Path.of("upload.wav");
    // A resampler for another rate than 16 kHz has a filter of its own, up to 1.2 MB.
    new Fuzzing("wav", Samples.wavFiles(), Set.of(UnreadableAudioException.class), 4_000_000, 64)
        .generator(new Fuzzing.Mutator("RIFF", "WAVE", "fmt ", "data", "LIST", "\0\0\0\0")::next)
        .run(bytes -> assertThat(WavReader.readMono(name, bytes, 16_000)).isNotNull());
  }

  @Test
  void modelBundlesDamagedAnywhere() throws IOException {
    new Fuzzing("model file", models(), Set.of(ModelException.class), 4_000_000, 600)
        .run(this::readModel);
  }

  /**
   * The description is mutated and put into a good ZIP: most damage ends at the ZIP's checksums.
   */
  @Test
  void modelDescriptions() throws IOException {
    List<byte[]> descriptions =
        models().stream().map(model -> entry(model, "bundle.json")).toList();
    byte[] weights = entry(models().get(0), "weights.bin");
    new Fuzzing("model description", descriptions, Set.of(ModelException.class), 8_000_000, 600)
        .generator(
            new Fuzzing.Mutator(
                    "null",
                    "-1",
                    "0",
                    "2147483647",
                    "1e999",
                    "\"NaN\"",
                    "[]",
                    "{}",
                    "64",
                    "1024",
                    "8",
                    "\"picture\"",
                    "\"temporal\"",
                    "\"viterbi\"",
                    "\"class\":\"java.lang.Runtime\",",
                    "[{\"kernelFrames\":64,\"stride\":8,\"channels\":1}]",
                    "true",
                    "\"\"",
                    "1e-40")
                ::next)
        .run(json -> readModel(zip(json, weights)));
  }

  private void readModel(byte[] bytes) throws IOException {
    Path file = folder.resolve("model.zip");
    Files.write(file, bytes);
    ModelBundle model = ModelBundle.read(file);
    assertThat(model.modelId()).isNotBlank();
    assertThat(model.geometry().windowFrames()).isPositive();
  }

  private List<byte[]> models() throws IOException {
    Path file = folder.resolve("good.zip");
    ToneModel.bundle().write(file);
    byte[] temporal = Files.readAllBytes(file);
    ToneModel.strings().write(file);
    byte[] strings = Files.readAllBytes(file);
    ToneModel.singleWords().write(file);
    return List.of(temporal, strings, Files.readAllBytes(file));
  }

  private static byte[] entry(byte[] model, String name) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(model))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(name)) {
          return zip.readAllBytes();
        }
      }
      throw new AssertionError("no " + name);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] zip(byte[] json, byte[] weights) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(0);
      zip.putNextEntry(new ZipEntry("bundle.json"));
      zip.write(json);
      zip.putNextEntry(new ZipEntry("weights.bin"));
      zip.write(weights);
    }
    return out.toByteArray();
  }

  @Test
  void transcriptTables() {
    byte[] table =
        "# of a day\nfile\tdigits\na.wav\t2 1 2\nb/c.wav\t\nd.wav\t77\tx\n".getBytes(UTF_8);
    Path file = folder.resolve("table.tsv");
    new Fuzzing("transcripts", List.of(table), Set.of(TranscriptException.class), 200_000, 128)
        .generator(new Fuzzing.Mutator("\t", "\n", "\r", "#", "\uFEFF", "9", "./", "\\", " ")::next)
        .run(
            bytes -> {
              Files.write(file, bytes);
              assertThat(Transcripts.read(file).digitsOf(Path.of("b", "c.wav"))).isNotNull();
            });
  }

  /** Sentences with the times of their digits, as AN4 comes with. */
  @Test
  void sentencesOfACorpus() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("an4"));
    Files.write(corpus.resolve("a.wav"), Samples.wavFiles().get(2));
    byte[] lines =
        ("{\"file\":\"a.wav\",\"speaker\":\"fash\",\"text\":\"TWO ONE\",\"digits\":"
                + "[{\"digit\":2,\"start\":0.001,\"end\":0.003},{\"digit\":1,\"start\":0.003,\"end\":0.005}]}\n")
            .getBytes(UTF_8);
    Path transcripts = corpus.resolve("transcripts.jsonl");
    new Fuzzing(
            "sentences",
            List.of(lines),
            Set.of(IllegalArgumentException.class, java.nio.charset.MalformedInputException.class),
            4_000_000,
            256)
        .generator(
            new Fuzzing.Mutator(
                    "null",
                    "-1",
                    "1e999",
                    "1e9",
                    "\"NaN\"",
                    "[[[[",
                    "{}",
                    "\n",
                    "../a.wav",
                    "\"a.wav\"",
                    "11",
                    "\\u0000",
                    "/etc/passwd")
                ::next)
        .run(
            bytes -> {
              Files.write(transcripts, bytes);
              assertThat(CorpusReader.read(List.of(corpus), 16_000, files -> {}).utterances())
                  .isNotEmpty();
            });
  }

  /** Corpora come as archives, which are read without being unpacked. */
  @Test
  void archivesOfCorpora() throws IOException {
    Path file = folder.resolve("corpus.tar");
    Fuzzing.Mutator mutator =
        new Fuzzing.Mutator(
            "ustar", "00000000000", "77777777777", "L", "x", "g", "S", "../", "transcripts.jsonl");
    new Fuzzing(
            "archives",
            Samples.archives(),
            Set.of(IllegalArgumentException.class, IOException.class),
            8_000_000,
            600)
        .generator(
            (random, pool) -> {
              if (random.nextInt(3) == 0) {
                return mutator.next(random, pool);
              }
              // A header in its place: most other damage ends at a sum or at the next block.
              byte[] archive = pool.get(random.nextInt(pool.size())).clone();
              int headers = Math.min(3, archive.length / Samples.TAR_BLOCK);
              if (headers > 0) {
                int at = random.nextInt(headers) * Samples.TAR_BLOCK;
                byte[] header = Arrays.copyOfRange(archive, at, at + Samples.TAR_BLOCK);
                byte[] damaged = mutator.next(random, List.of(header));
                System.arraycopy(
                    damaged, 0, archive, at, Math.min(damaged.length, Samples.TAR_BLOCK));
              }
              return Samples.withSumsOfHeaders(archive);
            })
        .run(
            bytes -> {
              Files.write(file, bytes.length % 2 == 0 ? bytes : Samples.compressed(bytes));
              assertThat(CorpusReader.read(List.of(file), 16_000, files -> {}).utterances())
                  .isNotEmpty();
            });
  }

  @Test
  void latencyHeadersAndDeadLetterHeaders() {
    List<String> names =
        List.of(
            LatencyStamps.CAPTURED_AT_MICROS,
            LatencyStamps.CAPTURED_SAMPLE,
            LatencyStamps.EMITTED_AT_MICROS,
            DeadLetter.REASON,
            DeadLetter.EXPLANATION,
            DeadLetter.ORIGIN_TOPIC,
            DeadLetter.ORIGIN_PARTITION,
            DeadLetter.ORIGIN_OFFSET,
            DeadLetter.REPLAYS,
            DeadLetter.FIRST_LETTER);
    Set<String> seen = new java.util.HashSet<>();
    List<byte[]> valid =
        List.of("17".getBytes(UTF_8), "audio-chunks".getBytes(UTF_8), "malformed".getBytes(UTF_8));
    new Fuzzing("headers", valid, Set.of(IllegalStateException.class), 400_000, 128)
        .generator(
            new Fuzzing.Mutator(
                    "-1", "9223372036854775808", "+7", "audio-chunks", "digit-events", " ", "1/2")
                ::next)
        .run(
            bytes -> {
              RecordHeaders headers = new RecordHeaders();
              for (int i = 0; i < names.size(); i++) {
                int cut = Math.min(bytes.length, i);
                headers.add(names.get(i), Arrays.copyOf(bytes, bytes.length - cut));
              }
              if (bytes.length % 2 == 0) {
                headers.add(DeadLetter.ORIGIN_TOPIC, "audio-chunks".getBytes(UTF_8));
              }
              KeptDeadLetter letter =
                  KeptDeadLetter.of(
                      new ConsumerRecord<>(
                          "audio-chunks-dead-letters",
                          0,
                          3,
                          4,
                          org.apache.kafka.common.record.TimestampType.CREATE_TIME,
                          0,
                          0,
                          bytes,
                          bytes,
                          headers,
                          java.util.Optional.empty()));
              assertThat(letter.replays()).isNotNegative();
              if (letter.obstacle().isEmpty()) {
                assertThat(letter.replayed().topic()).isEqualTo("audio-chunks");
              }
              seen.add(letter.obstacle().orElse("none"));
              if (LatencyHeaders.read(headers).isEmpty()) {
                throw new IllegalStateException("no stamps");
              }
            });
    assertThat(seen).hasSizeGreaterThan(1);
  }

  @Test
  void kafkaProperties() {
    Path file = folder.resolve("kafka.properties");
    byte[] properties =
        "security.protocol=SSL\nssl.truststore.location = /tmp/x\n# a\n".getBytes(UTF_8);
    new Fuzzing(
            "kafka properties",
            List.of(properties),
            Set.of(IllegalArgumentException.class, IOException.class),
            400_000,
            256)
        .generator(
            new Fuzzing.Mutator("\\u12", "\\", "=", ":", "\n", "sasl.mechanism", "consumer.")::next)
        .run(
            bytes -> {
              Files.write(file, bytes);
              assertThat(KafkaConnection.to("localhost:9092", file).toString())
                  .contains("localhost");
            });
  }
}
