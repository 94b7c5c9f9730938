package org.digitstream.standalone.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.digitstream.contract.Topics;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.standalone.console.PlainText;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.upkeep.KeptStream;
import org.digitstream.standalone.upkeep.StreamSurvey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code digitstream streams list}. */
@Command(
    name = "list",
    description =
        "Shows the streams that any topic keeps records of, the oldest first: id and source; below"
            + " when its records were written, whether it has ended, and how many there are.",
    footer = {
      "  digitstream streams list",
      "  digitstream streams list --json | jq -r 'select(.ended | not).id'",
      "  digitstream streams list --bootstrap-servers kafka:9092"
    })
final class StreamsListCommand extends DigitstreamCommand {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Mixin private ClusterOptions cluster;

  @Option(names = "--json", description = "Print each as one line of JSON (default: a table).")
  private boolean json;

  StreamsListCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    KafkaConnection connection = cluster.reachable(this);
    List<KeptStream> streams;
    try (ProgressBar bar = surroundings.progressBar()) {
      streams =
          new StreamSurvey(connection, DeadLettersListCommand.bar(bar, surroundings)).streams();
    }
    streams.forEach(stream -> surroundings.out().println(json ? json(stream) : text(stream)));
    if (!json) {
      surroundings
          .out()
          .println(streams.isEmpty() ? "no records of any stream are kept" : "times are UTC");
    }
    return SUCCEEDED;
  }

  private static String text(KeptStream stream) {
    return PlainText.of(stream.id(), 40)
        + "  "
        + PlainText.of(stream.source(), 38)
        + System.lineSeparator()
        + "  "
        + TIME.format(Instant.ofEpochMilli(stream.firstMillis()))
        + " to "
        + TIME.format(Instant.ofEpochMilli(stream.lastMillis()))
        + (stream.ended() ? ", ended" : ", no end seen")
        + System.lineSeparator()
        + "  records: "
        + count(stream, Topics.AUDIO_CHUNKS)
        + " audio, "
        + count(stream, Topics.LOG_MEL_FRAMES)
        + " frames, "
        + count(stream, Topics.DIGIT_POSTERIORS)
        + " posteriors, "
        + count(stream, Topics.DIGIT_EVENTS)
        + " events, "
        + stream.recordsByTopic().entrySet().stream()
            .filter(entry -> entry.getKey().endsWith("-dead-letters"))
            .mapToLong(Map.Entry::getValue)
            .sum()
        + " dead letters";
  }

  private static long count(KeptStream stream, String topic) {
    return stream.recordsByTopic().getOrDefault(topic, 0L);
  }

  private static String json(KeptStream stream) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", stream.id());
    node.put("source", stream.source());
    node.put("firstMillis", stream.firstMillis());
    node.put("lastMillis", stream.lastMillis());
    node.put("ended", stream.ended());
    node.set("records", JSON.valueToTree(stream.recordsByTopic()));
    return node.toString();
  }
}
