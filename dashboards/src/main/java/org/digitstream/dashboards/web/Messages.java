package org.digitstream.dashboards.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.Happening;
import org.digitstream.dashboards.live.Scoreboard;
import org.digitstream.dashboards.live.StreamHistory;
import org.digitstream.dashboards.live.StreamSummary;

/** The messages of {@code docs/live-page.md}. Pure functions. */
final class Messages {
  static final int FRAMES = 1;
  static final int OUTPUTS = 2;
  static final int LEVELS = 3;

  private static final int HEADER_BYTES = 16;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Messages() {}

  static String hello(LivePage.About about, FeatureSpec spec, boolean audio, long mostUploadBytes) {
    ObjectNode node = JSON.createObjectNode();
    node.put("type", "hello");
    node.put("version", about.version());
    node.put("model", about.model());
    node.put("sampleRateHz", spec.sampleRateHz());
    node.put("samplesPerHop", spec.hopSamples());
    node.put("bands", spec.bands());
    node.set("bandHz", JSON.valueToTree(about.bandHz()));
    node.set("classes", JSON.valueToTree(about.classes()));
    node.put("microphone", audio);
    node.put("replays", audio);
    node.put("mostUploadBytes", mostUploadBytes);
    return text(node);
  }

  static String streams(List<StreamSummary> streams) {
    ObjectNode node = JSON.createObjectNode();
    node.put("type", "streams");
    var array = node.putArray("streams");
    for (StreamSummary stream : streams) {
      ObjectNode entry = array.addObject();
      entry.put("id", stream.id());
      entry.put("source", stream.source());
      entry.put("state", stream.state().name().toLowerCase(Locale.ROOT));
      entry.put("startedAtMillis", stream.startedAtMillis());
      entry.put("seconds", stream.seconds());
      entry.put("digits", stream.digits());
    }
    return text(node);
  }

  static String watching(String stream, String source) {
    return text(
        JSON.createObjectNode()
            .put("type", "watching")
            .put("stream", stream)
            .put("source", source));
  }

  static String happening(Happening happening) {
    return typed(happening.getClass().getSimpleName().toLowerCase(Locale.ROOT), happening);
  }

  static String gauges(Gauges.Reading reading) {
    return typed("gauges", reading);
  }

  static String score(Scoreboard.Score score) {
    return typed("score", score);
  }

  static String error(String text) {
    return text(JSON.createObjectNode().put("type", "error").put("text", text));
  }

  static String note(String text) {
    return text(JSON.createObjectNode().put("type", "note").put("text", text));
  }

  static String open(String stream) {
    return text(JSON.createObjectNode().put("type", "open").put("stream", stream));
  }

  private static String typed(String type, Object content) {
    ObjectNode node = JSON.createObjectNode().put("type", type);
    node.setAll((ObjectNode) JSON.valueToTree(content));
    return text(node);
  }

  private static String text(ObjectNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message could not be written as JSON", e);
    }
  }

  static ByteBuffer binary(int kind, StreamHistory.Items items) {
    ByteBuffer buffer =
        ByteBuffer.allocate(HEADER_BYTES + items.bytes().length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put((byte) kind);
    buffer.put((byte) items.width());
    buffer.putShort((short) items.count());
    buffer.putInt(items.stride());
    buffer.putDouble(items.first());
    buffer.put(items.bytes());
    return buffer.flip();
  }
}
