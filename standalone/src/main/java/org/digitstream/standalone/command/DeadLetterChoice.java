package org.digitstream.standalone.command;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.digitstream.contract.Topics;
import org.digitstream.runtime.kafka.DeadLetterReason;
import org.digitstream.runtime.kafka.KeptDeadLetter;
import org.digitstream.standalone.upkeep.DeadLetterTopics;
import picocli.CommandLine.Option;

/** Which dead letters are meant. */
final class DeadLetterChoice {
  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description =
          "Only records that were on this topic: audio-chunks, log-mel-frames or digit-events;"
              + " several times for several (default: all three).")
  private List<String> topics = List.of();

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description =
          "Only records that were put aside for this reason, such as malformed or key-mismatch;"
              + " several times for several (default: any).")
  private List<String> reasons = List.of();

  @Option(
      names = "--offset",
      paramLabel = "N",
      description =
          "Only the letter with this offset, as the list shows it; with one --topic; several times"
              + " for several (default: all).")
  private List<Long> offsets = List.of();

  /** Whether anything was said at all. */
  boolean isGiven() {
    return !topics.isEmpty() || !reasons.isEmpty() || !offsets.isEmpty();
  }

  /** The topics that the records were on. */
  List<String> origins(DigitstreamCommand command) {
    List<String> origins =
        topics.stream().map(topic -> topic.replaceFirst("-dead-letters$", "")).toList();
    for (String origin : origins) {
      if (!DeadLetterTopics.ORIGINS.contains(origin)) {
        throw command.wrongUsage(
            "--topic " + origin + " is none of " + String.join(", ", DeadLetterTopics.ORIGINS));
      }
    }
    return origins.isEmpty() ? DeadLetterTopics.ORIGINS : origins;
  }

  /** The letters. */
  Predicate<KeptDeadLetter> letters(DigitstreamCommand command) {
    List<String> known =
        List.of(DeadLetterReason.values()).stream().map(DeadLetterReason::label).toList();
    List<String> wanted = reasons.stream().map(reason -> reason.toLowerCase(Locale.ROOT)).toList();
    for (String reason : wanted) {
      if (!known.contains(reason) && !reason.equals(KeptDeadLetter.UNKNOWN)) {
        throw command.wrongUsage("--reason " + reason + " is none of " + String.join(", ", known));
      }
    }
    if (!offsets.isEmpty() && topics.size() != 1) {
      throw command.wrongUsage("--offset needs one --topic that it is an offset of");
    }
    Set<Long> places = Set.copyOf(offsets);
    return letter ->
        (wanted.isEmpty() || wanted.contains(letter.reason()))
            && (places.isEmpty() || places.contains(letter.offset()));
  }

  /** The topic of dead letters, for people. */
  static String topicOf(String origin) {
    return Topics.deadLettersOf(origin);
  }
}
