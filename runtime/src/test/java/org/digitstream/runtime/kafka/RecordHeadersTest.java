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

  @Test
  void aDeadLetterKeepsTheRecordsOwnHeadersAndBelievesNoOthers() {
    Headers own =
        new RecordHeaders()
            .add("from", bytes("me"))
            .add(DeadLetter.REPLAYS, bytes("2"))
            .add(DeadLetter.ORIGIN_TOPIC, bytes("forged"));
    Headers headers = new RecordHeaders();
    letter(own).writeTo(headers);
    assertThat(headers)
        .extracting(header -> header.key())
        .containsExactly(
            "from",
            DeadLetter.REPLAYS,
            DeadLetter.REASON,
            DeadLetter.EXPLANATION,
            DeadLetter.ORIGIN_TOPIC,
            DeadLetter.ORIGIN_PARTITION,
            DeadLetter.ORIGIN_OFFSET);
    assertThat(text(headers, DeadLetter.ORIGIN_TOPIC)).isEqualTo("audio-chunks");
  }

  @Test
  void aRecordGoesBackAsItWasWithOneMoreReplay() {
    Headers headers = new RecordHeaders();
    letter(new RecordHeaders().add("from", bytes("me")).add(DeadLetter.REPLAYS, bytes("2")))
        .writeTo(headers);
    KeptDeadLetter kept = kept(headers);
    assertThat(kept.obstacle()).isEmpty();
    assertThat(kept.replayed().topic()).isEqualTo("audio-chunks");
    assertThat(kept.replayed().partition()).isEqualTo(2);
    assertThat(kept.replayed().headers())
        .extracting(header -> header.key() + "=" + text(kept.replayed().headers(), header.key()))
        .containsExactly("from=me", DeadLetter.REPLAYS + "=3", DeadLetter.FIRST_LETTER + "=0/5");
  }

  @Test
  void aLetterThatIsNotWholeOrNotFromHereDoesNotGoBack() {
    Headers large = new RecordHeaders();
    letter(new RecordHeaders().add("h", new byte[20_000])).writeTo(large);
    assertThat(large.lastHeader("h")).isNull();
    assertThat(kept(large).obstacle()).contains("it was too large to be kept whole");
    Headers elsewhere = new RecordHeaders();
    letter(new RecordHeaders()).writeTo(elsewhere);
    elsewhere.add(DeadLetter.ORIGIN_TOPIC, bytes("digit-events"));
    assertThat(kept(elsewhere).obstacle()).isPresent();
    assertThat(kept(new RecordHeaders()).obstacle()).isPresent();
  }

  private static DeadLetter letter(Headers own) {
    return new DeadLetter(
        "audio-chunks",
        2,
        77,
        bytes("key"),
        bytes("value"),
        own,
        DeadLetterReason.MALFORMED,
        "not this one");
  }

  private static KeptDeadLetter kept(Headers headers) {
    return new KeptDeadLetter(
        "audio-chunks-dead-letters", 0, 5, 0, bytes("key"), bytes("value"), headers);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
