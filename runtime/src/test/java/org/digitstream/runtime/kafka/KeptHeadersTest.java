package org.digitstream.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.digitstream.contract.LatencyStamps;
import org.junit.jupiter.api.Test;

/**
 * The record headers of released versions, in {@code src/test/resources/headers}, one a line. A
 * file there is never changed or removed: every later version reads it.
 */
class KeptHeadersTest {
  private static final LatencyStamps STAMPS =
      new LatencyStamps(1_795_000_000_123_456L, 48_320, 1_795_000_000_223_456L);
  private static final DeadLetter LETTER =
      new DeadLetter(
          "log-mel-frames",
          2,
          4_294_967_296L,
          new byte[] {1},
          new byte[] {2},
          new RecordHeaders().add("own", "é1".getBytes(StandardCharsets.UTF_8)),
          DeadLetterReason.FEATURE_SPEC_MISMATCH,
          "the frames are of another specification, größer");

  @Test
  void keptStampsAreReadForEver() throws IOException {
    assertThat(LatencyHeaders.read(headers(read("latency-v1.txt")))).contains(STAMPS);
  }

  @Test
  void todaysStampsAreTheKeptHeaders() throws IOException {
    Headers headers = new RecordHeaders();
    LatencyHeaders.write(STAMPS, headers);
    assertThat(lines(headers)).isEqualTo(read("latency-v1.txt"));
  }

  @Test
  void aKeptDeadLetterIsReadAndSentBackForEver() throws IOException {
    KeptDeadLetter letter = kept(read("dead-letter-v1.txt"));

    assertThat(letter.obstacle()).isEmpty();
    assertThat(letter.reason()).isEqualTo(LETTER.reason().label());
    assertThat(letter.explanation()).isEqualTo(LETTER.explanation());
    assertThat(letter.originTopic()).isEqualTo(LETTER.topic());
    assertThat(letter.originPartition()).isEqualTo(LETTER.partition());
    assertThat(letter.originOffset()).isEqualTo(LETTER.offset());
    assertThat(letter.replays()).isZero();
    assertThat(lines(letter.replayed().headers())).isEqualTo(read("replayed-v1.txt"));
  }

  @Test
  void todaysDeadLetterHasTheKeptHeaders() throws IOException {
    Headers headers = new RecordHeaders();
    LETTER.writeTo(headers);
    assertThat(lines(headers)).isEqualTo(read("dead-letter-v1.txt"));
  }

  @Test
  void aKeptReplayIsCountedOn() throws IOException {
    KeptDeadLetter again = kept(read("replayed-v1.txt"));
    assertThat(again.replays()).isEqualTo(1);
    assertThat(again.firstLetter()).isEmpty();
  }

  private static KeptDeadLetter kept(List<String> lines) {
    return new KeptDeadLetter(
        "log-mel-frames-dead-letters", 2, 77, 0, LETTER.key(), LETTER.value(), headers(lines));
  }

  private static Headers headers(List<String> lines) {
    Headers headers = new RecordHeaders();
    for (String line : lines) {
      String[] parts = line.split(": ", 2);
      headers.add(parts[0], parts[1].getBytes(StandardCharsets.UTF_8));
    }
    return headers;
  }

  private static List<String> lines(Headers headers) {
    List<String> lines = new ArrayList<>();
    for (Header header : headers) {
      lines.add(header.key() + ": " + new String(header.value(), StandardCharsets.UTF_8));
    }
    return lines;
  }

  private static List<String> read(String file) throws IOException {
    try (InputStream in = KeptHeadersTest.class.getResourceAsStream("/headers/" + file)) {
      assertThat(in).as("kept headers %s", file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
