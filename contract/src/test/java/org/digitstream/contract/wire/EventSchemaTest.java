package org.digitstream.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.digitstream.contract.StreamEvent;

/**
 * {@code docs/digit-event.schema.json} describes what is written. Checks the keywords that the
 * schema uses: {@code oneOf} by {@code type}, required, properties, type, const, bounds, items.
 */
class EventSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property(tries = 300)
  void everyEventKeepsTheSchema(@ForAll("streamEvents") StreamEvent event) throws IOException {
    JsonNode schema = JSON.readTree(Path.of("../docs/digit-event.schema.json").toFile());
    JsonNode json = JSON.readTree(new StreamEventCodec().encode(event));

    List<JsonNode> matching = new ArrayList<>();
    for (JsonNode reference : schema.get("oneOf")) {
      JsonNode alternative = schema.at(reference.get("$ref").asText().substring(1));
      if (alternative.at("/properties/type/const").equals(json.get("type"))) {
        matching.add(alternative);
      }
    }
    assertThat(matching).as("alternatives for %s", json.get("type")).hasSize(1);
    check(matching.get(0), json, "event");
  }

  private static void check(JsonNode schema, JsonNode value, String where) {
    if (schema.has("const")) {
      assertThat(value).as(where).isEqualTo(schema.get("const"));
      return;
    }
    switch (schema.get("type").asText()) {
      case "object" -> {
        for (JsonNode name : schema.get("required")) {
          assertThat(value.has(name.asText())).as("%s.%s", where, name).isTrue();
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
          JsonNode property = schema.get("properties").get(field.getKey());
          assertThat(property).as("schema of %s.%s", where, field.getKey()).isNotNull();
          check(property, field.getValue(), where + "." + field.getKey());
        }
      }
      case "array" -> {
        for (JsonNode item : value) {
          check(schema.get("items"), item, where + "[]");
        }
      }
      case "string" -> {
        assertThat(value.isTextual()).as(where).isTrue();
        assertThat(value.asText().length())
            .as(where)
            .isBetween(schema.path("minLength").asInt(0), schema.path("maxLength").asInt(1000));
      }
      case "integer" -> {
        assertThat(value.isIntegralNumber()).as(where).isTrue();
        checkBounds(schema, value, where);
      }
      case "number" -> {
        assertThat(value.isNumber()).as(where).isTrue();
        checkBounds(schema, value, where);
      }
      default -> throw new AssertionError(where + ": the schema has an unknown type");
    }
  }

  private static void checkBounds(JsonNode schema, JsonNode value, String where) {
    assertThat(value.asDouble())
        .as(where)
        .isGreaterThanOrEqualTo(schema.get("minimum").asDouble())
        .isLessThanOrEqualTo(schema.path("maximum").asDouble(Double.MAX_VALUE));
  }

  @Provide
  Arbitrary<StreamEvent> streamEvents() {
    return Records.streamEvents();
  }
}
