package org.digitstream.contract.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;

/**
 * {@link StreamEvent} as one line of JSON, whose schema is {@code docs/digit-event.schema.json}.
 * The field {@code type} is {@code digit} or {@code end-of-stream}. Floats are written with the
 * fewest digits that read back to the same bits.
 */
public final class StreamEventCodec implements RecordCodec<StreamEvent> {
  /** Keeps Jackson's annotations out of the records. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = DigitEvent.class, name = "digit"),
    @JsonSubTypes.Type(value = StreamEnd.class, name = "end-of-stream")
  })
  private interface Typed {}

  private final ObjectWriter writer;
  private final ObjectReader reader;

  /** A codec; stateless. */
  public StreamEventCodec() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .addMixIn(StreamEvent.class, Typed.class)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    writer = mapper.writerFor(StreamEvent.class);
    reader = mapper.readerFor(StreamEvent.class);
  }

  @Override
  public byte[] encode(StreamEvent event) {
    try {
      return writer.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a validated event could not be written as JSON", e);
    }
  }

  @Override
  public StreamEvent decode(byte[] bytes) throws MalformedRecordException {
    try {
      StreamEvent event = reader.readValue(bytes);
      if (event == null) {
        throw new MalformedRecordException("not a stream event: null");
      }
      return event;
    } catch (IOException | IllegalArgumentException e) {
      throw new MalformedRecordException("not a stream event: " + e.getMessage(), e);
    }
  }
}
