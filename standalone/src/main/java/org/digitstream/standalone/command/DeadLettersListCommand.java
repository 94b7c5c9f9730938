package org.digitstream.standalone.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.upkeep.DeadLetterTopics;
import org.digitstream.standalone.upkeep.ScanProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code digitstream dead-letters list}. */
@Command(
    name = "list",
    description =
        "Shows the records that were put aside: which letter, where it came from"
            + " (partition/offset), why, its size, when; below it its key and what is wrong.",
    footer = {
      "  digitstream dead-letters list",
      "  digitstream dead-letters list --topic audio-chunks --reason sample-rate-mismatch",
      "  digitstream dead-letters list --json | jq -r .reason | sort | uniq -c",
      "  digitstream dead-letters list --bootstrap-servers kafka:9092"
    })
final class DeadLettersListCommand extends DigitstreamCommand {
  @Mixin private ClusterOptions cluster;
  @Mixin private DeadLetterChoice choice;

  @Option(
      names = "--newest",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "Show the newest N of each topic; 0 for all (default: ${DEFAULT-VALUE}; with --json all).")
  private int newest;

  @Option(names = "--json", description = "Print each as one line of JSON (default: a table).")
  private boolean json;

  private final Map<String, Long> countByTopic = new HashMap<>();

  DeadLettersListCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    if (newest < 0) {
      throw wrongUsage("--newest " + newest + " is negative");
    }
    List<String> origins = choice.origins(this);
    var wanted = choice.letters(this);
    KafkaConnection connection = cluster.reachable(this);
    Map<String, ArrayDeque<String>> held = new HashMap<>();
    try (ProgressBar bar = surroundings.progressBar()) {
      new DeadLetterTopics(connection, bar(bar, surroundings))
          .visit(
              origins,
              wanted,
              shown -> {
                String topic = shown.letter().topic();
                countByTopic.merge(topic, 1L, Long::sum);
                if (json) {
                  bar.clear();
                  surroundings.out().println(DeadLetterLine.json(shown));
                } else {
                  ArrayDeque<String> lines =
                      held.computeIfAbsent(topic, name -> new ArrayDeque<>());
                  lines.add(DeadLetterLine.of(shown));
                  if (newest > 0 && lines.size() > newest) {
                    lines.remove();
                  }
                }
              });
    }
    if (!json) {
      print(origins, held, surroundings);
    }
    return SUCCEEDED;
  }

  static ScanProgress bar(ProgressBar bar, Surroundings surroundings) {
    return (topic, fraction) -> {
      if (surroundings.termination().isRequested()) {
        throw new CommandFailure("stopped");
      }
      bar.update(fraction, "of " + topic);
    };
  }

  private void print(
      List<String> origins, Map<String, ArrayDeque<String>> held, Surroundings surroundings) {
    List<String> empty = new ArrayList<>();
    for (String origin : DeadLetterTopics.ORIGINS) {
      String topic = DeadLetterChoice.topicOf(origin);
      if (held.containsKey(topic)) {
        long count = countByTopic.get(topic);
        int shown = held.get(topic).size();
        surroundings
            .out()
            .println(
                topic
                    + ": "
                    + count
                    + (shown < count ? ", of which the newest " + shown + " (--newest)" : ""));
        surroundings.out().println(DeadLetterLine.HEADING);
        held.get(topic).forEach(surroundings.out()::println);
      } else if (origins.contains(origin)) {
        empty.add(topic);
      }
    }
    if (!empty.isEmpty()) {
      surroundings
          .out()
          .println(
              (choice.isGiven() ? "no such letters on " : "no letters on ")
                  + String.join(", ", empty));
    }
  }
}
