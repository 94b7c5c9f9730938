package org.digitstream.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEvent;

/** The laws that every codec keeps. */
class RecordCodecPropertiesTest {
  private static final AudioChunkCodec AUDIO = new AudioChunkCodec();
  private static final LogMelFramesCodec FRAMES = new LogMelFramesCodec();
  private static final StreamEventCodec EVENTS = new StreamEventCodec();
  private static final DigitPosteriorsCodec POSTERIORS = new DigitPosteriorsCodec();

  @Property(tries = 300)
  void encodeIsTheInverseOfDecode_audioChunk(@ForAll("audioChunks") AudioChunk chunk)
      throws MalformedRecordException {
    decodingRestores(AUDIO, chunk);
  }

  @Property(tries = 300)
  void encodeIsTheInverseOfDecode_logMelFrames(@ForAll("logMelFrames") LogMelFrames frames)
      throws MalformedRecordException {
    decodingRestores(FRAMES, frames);
  }

  @Property(tries = 1000)
  void encodeIsTheInverseOfDecode_streamEvent(@ForAll("streamEvents") StreamEvent event)
      throws MalformedRecordException {
    decodingRestores(EVENTS, event);
    assertThat(EVENTS.decode(EVENTS.encode(event))).isEqualTo(event);
  }

  @Property(tries = 300)
  void encodeIsTheInverseOfDecode_digitPosteriors(@ForAll("posteriors") DigitPosteriors posteriors)
      throws MalformedRecordException {
    decodingRestores(POSTERIORS, posteriors);
  }

  private static <T> void decodingRestores(RecordCodec<T> codec, T record)
      throws MalformedRecordException {
    byte[] bytes = codec.encode(record);

    T decoded = codec.decode(bytes);

    // Arrays within records have no equality of their own; floats must be equal to the bit.
    assertThat(decoded).usingRecursiveComparison().isEqualTo(record);
    assertThat(codec.encode(decoded)).isEqualTo(bytes);
  }

  @Property(tries = 3000)
  void anyBytesDecodeOrAreMalformed(@ForAll byte[] bytes) {
    decodesOrIsMalformed(bytes);
  }

  @Property(tries = 2000)
  void damagedRecordsDecodeOrAreMalformed(@ForAll("encoded") byte[] bytes, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length + 4));
    for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    }
    decodesOrIsMalformed(damaged);
  }

  @Property(tries = 2000)
  void anyJsonDecodesOrIsMalformed(@ForAll("jsonLike") String json) {
    decodesOrIsMalformed(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Nothing but MalformedRecordException may leave decode; it is checked, so it is all we catch.
   */
  private static void decodesOrIsMalformed(byte[] bytes) {
    for (RecordCodec<?> codec : new RecordCodec<?>[] {AUDIO, FRAMES, EVENTS, POSTERIORS}) {
      try {
        assertThat(codec.decode(bytes)).isNotNull();
      } catch (MalformedRecordException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Example
  void deeplyNestedJsonIsMalformed() {
    for (String opening : new String[] {"[", "{\"a\":", "{\"type\":\"digit\",\"x\":["}) {
      byte[] bytes = opening.repeat(100_000).getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> EVENTS.decode(bytes)).isInstanceOf(MalformedRecordException.class);
    }
  }

  @Example
  void emptyBytesAreMalformed() {
    for (RecordCodec<?> codec : new RecordCodec<?>[] {AUDIO, FRAMES, EVENTS, POSTERIORS}) {
      assertThatThrownBy(() -> codec.decode(new byte[0]))
          .isInstanceOf(MalformedRecordException.class);
    }
  }

  @Provide
  Arbitrary<AudioChunk> audioChunks() {
    return Records.audioChunks();
  }

  @Provide
  Arbitrary<LogMelFrames> logMelFrames() {
    return Records.logMelFrames();
  }

  @Provide
  Arbitrary<StreamEvent> streamEvents() {
    return Records.streamEvents();
  }

  @Provide
  Arbitrary<DigitPosteriors> posteriors() {
    return Records.posteriors();
  }

  @Provide
  Arbitrary<byte[]> encoded() {
    return Arbitraries.oneOf(
        Records.audioChunks().map(AUDIO::encode),
        Records.logMelFrames().map(FRAMES::encode),
        Records.streamEvents().map(EVENTS::encode),
        Records.posteriors().map(POSTERIORS::encode));
  }

  /** JSON objects of the right and of wrong fields with values of every type. */
  @Provide
  Arbitrary<String> jsonLike() {
    Arbitrary<String> names =
        Arbitraries.of(
            "type",
            "streamId",
            "source",
            "index",
            "digit",
            "digits",
            "startSample",
            "endSample",
            "sampleRateHz",
            "confidence",
            "runnersUp",
            "modelId",
            "another");
    Arbitrary<String> values =
        Arbitraries.of(
            "\"digit\"",
            "\"end-of-stream\"",
            "\"other\"",
            "null",
            "true",
            "7",
            "-1",
            "0.5",
            "1e999",
            "99999999999999999999",
            "\"\"",
            "\"NaN\"",
            "[]",
            "[null]",
            "[7]",
            "{}",
            "16000",
            "[{\"digit\":1,\"probability\":0.1}]",
            "[{\"digit\":11,\"probability\":2}]",
            "[[[[",
            "}");
    return names
        .flatMap(name -> values.map(value -> "\"" + name + "\":" + value))
        .list()
        .ofMaxSize(14)
        .map(fields -> "{" + String.join(",", fields) + "}");
  }
}
