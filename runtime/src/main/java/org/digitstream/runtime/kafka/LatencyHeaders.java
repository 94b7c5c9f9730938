package org.digitstream.runtime.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.digitstream.contract.LatencyStamps;

/** {@link LatencyStamps} as record headers: decimal digits, so that any console shows them. */
public final class LatencyHeaders {
  private LatencyHeaders() {}

  /** Adds the three headers. */
  public static void write(LatencyStamps stamps, Headers headers) {
    add(headers, LatencyStamps.CAPTURED_AT_MICROS, stamps.capturedAtMicros());
    add(headers, LatencyStamps.CAPTURED_SAMPLE, stamps.capturedSample());
    add(headers, LatencyStamps.EMITTED_AT_MICROS, stamps.emittedAtMicros());
  }

  /** The stamps, or nothing where one of the headers is missing or no number. */
  public static Optional<LatencyStamps> read(Headers headers) {
    OptionalLong capturedAt = number(headers, LatencyStamps.CAPTURED_AT_MICROS);
    OptionalLong sample = number(headers, LatencyStamps.CAPTURED_SAMPLE);
    OptionalLong emittedAt = number(headers, LatencyStamps.EMITTED_AT_MICROS);
    if (capturedAt.isEmpty() || sample.isEmpty() || emittedAt.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LatencyStamps(capturedAt.getAsLong(), sample.getAsLong(), emittedAt.getAsLong()));
  }

  private static void add(Headers headers, String name, long value) {
    headers.add(name, Long.toString(value).getBytes(StandardCharsets.US_ASCII));
  }

  private static OptionalLong number(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    if (header == null || header.value() == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(new String(header.value(), StandardCharsets.US_ASCII)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
