package org.digitstream.standalone.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import org.digitstream.runtime.kafka.KeptDeadLetter;
import org.digitstream.standalone.console.PlainText;
import org.digitstream.standalone.upkeep.DeadLetterTopics;

/** A dead letter for people, in at most 80 columns, and as JSON. Pure functions. */
final class DeadLetterLine {
  static final String HEADING =
      "  letter      from            reason                     size  when (UTC)";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int KEY_CHARACTERS = 40;
  private static final int LINE_CHARACTERS = 76;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private DeadLetterLine() {}

  /** Two lines. */
  static String of(DeadLetterTopics.Shown shown) {
    KeptDeadLetter letter = shown.letter();
    String origin =
        letter.originPartition() < 0 || letter.originOffset() < 0
            ? "?"
            : letter.originPartition() + "/" + letter.originOffset();
    StringBuilder below = new StringBuilder(letter.key() == null ? "no key" : "");
    if (letter.key() != null) {
      below.append('\'').append(PlainText.of(text(letter.key()), KEY_CHARACTERS)).append('\'');
    }
    if (letter.replays() > 0) {
      below.append(", sent back ").append(letter.replays()).append("x");
    }
    shown.supersededBy().ifPresent(place -> below.append(", failed again as ").append(place));
    letter.obstacle().ifPresent(why -> below.append(", cannot go back, ").append(why));
    below.append(": ").append(letter.explanation());
    return String.format(
        Locale.ROOT,
        "  %-10s  %-14s  %-22s %8s  %s%n    %s",
        letter.place(),
        origin,
        PlainText.of(letter.reason(), 22),
        size(letter.value()),
        TIME.format(Instant.ofEpochMilli(letter.timeMillis())),
        PlainText.of(below.toString(), LINE_CHARACTERS));
  }

  static String json(DeadLetterTopics.Shown shown) {
    KeptDeadLetter letter = shown.letter();
    ObjectNode node = JSON.createObjectNode();
    node.put("topic", letter.topic());
    node.put("partition", letter.partition());
    node.put("offset", letter.offset());
    node.put("timeMillis", letter.timeMillis());
    node.put("reason", letter.reason());
    node.put("explanation", letter.explanation());
    node.put("originTopic", letter.originTopic());
    node.put("originPartition", letter.originPartition());
    node.put("originOffset", letter.originOffset());
    node.put("key", letter.key() == null ? null : text(letter.key()));
    node.put("keyBase64", letter.key() == null ? null : base64(letter.key()));
    if (letter.value() == null) {
      node.putNull("sizeBytes");
    } else {
      node.put("sizeBytes", letter.value().length);
    }
    node.put("replays", letter.replays());
    node.put("failedAgainAs", shown.supersededBy().orElse(null));
    node.put("cannotGoBack", letter.obstacle().orElse(null));
    return node.toString();
  }

  private static String size(byte[] value) {
    if (value == null) {
      return "none";
    }
    return value.length < 10_000 ? value.length + " B" : value.length / 1_000 + " kB";
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  private static String base64(byte[] key) {
    return Base64.getEncoder().encodeToString(key);
  }
}
