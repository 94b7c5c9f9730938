package org.digitstream.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.digitstream.contract.LatencyStamps;
import org.junit.jupiter.api.Test;

class RecordHeadersTest {
  @Property
  void readIsTheInverseOfWrite(@ForAll long captured, @ForAll long sample, @ForAll long emitted) {
    LatencyStamps stamps = new LatencyStamps(captured, sample, emitted);
    Headers headers = new RecordHeaders();
    LatencyHeaders.write(stamps, headers);
    assertThat(LatencyHeaders.read(headers)).contains(stamps);
  }

  @Test
  void stampsThatAreMissingOrNoNumbersAreNone() {
    Headers headers = new RecordHeaders();
    assertThat(LatencyHeaders.read(headers)).isEmpty();
    LatencyHeaders.write(new LatencyStamps(1, 2, 3), headers);
    headers.add(LatencyStamps.CAPTURED_SAMPLE, "many".getBytes(StandardCharsets.UTF_8));
    assertThat(LatencyHeaders.read(headers)).isEmpty();
    headers.add(LatencyStamps.CAPTURED_SAMPLE, null);
    assertThat(LatencyHeaders.read(headers)).isEmpty();
  }

  @Test
  void aDeadLetterSaysWhyAndWhereFrom() {
    DeadLetter letter =
        new DeadLetter(
            "audio-chunks",
            2,
            77,
            bytes("key"),
            bytes("value"),
            new RecordHeaders(),
            DeadLetterReason.KEY_MISMATCH,
            "not this one");
    Headers headers = new RecordHeaders();
    letter.writeTo(headers);
    assertThat(text(headers, DeadLetter.REASON)).isEqualTo("key-mismatch");
    assertThat(text(headers, DeadLetter.EXPLANATION)).isEqualTo("not this one");
    assertThat(text(headers, DeadLetter.ORIGIN_TOPIC)).isEqualTo("audio-chunks");
    assertThat(text(headers, DeadLetter.ORIGIN_PARTITION)).isEqualTo("2");
    assertThat(text(headers, DeadLetter.ORIGIN_OFFSET)).isEqualTo("77");
    assertThat(headers.lastHeader(DeadLetter.CUT)).isNull();
    assertThat(letter.keptKey()).isSameAs(letter.key());
    assertThat(letter.keptValue()).isSameAs(letter.value());
  }

  @Test
  void aDeadLetterOfTheLargestRecordStillFitsInARecord() {
    DeadLetter letter =
        new DeadLetter(
            "audio-chunks",
            0,
            0,
            new byte[500_000],
            new byte[1_048_000],
            new RecordHeaders().add("h", new byte[16_000]),
            DeadLetterReason.MALFORMED,
            "x".repeat(100_000));
    Headers headers = new RecordHeaders();
    letter.writeTo(headers);
    int size = letter.keptKey().length + letter.keptValue().length;
    for (var header : headers) {
      size += header.key().length() + header.value().length;
    }
    assertThat(size).isLessThan(1_040_000);
    assertThat(text(headers, DeadLetter.CUT)).isEqualTo("500000/1048000");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
