package org.digitstream.runtime.kafka;

import java.util.ArrayList;
import java.util.List;

/** The addresses in {@code bootstrap.servers}. */
final class BootstrapAddresses {
  /** One broker's address. */
  record Address(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  private BootstrapAddresses() {}

  static String requireValid(String bootstrapServers) {
    parse(bootstrapServers);
    return bootstrapServers;
  }

  static List<Address> parse(String bootstrapServers) {
    List<Address> addresses = new ArrayList<>();
    for (String part : bootstrapServers.split(",", -1)) {
      addresses.add(address(part.trim(), bootstrapServers));
    }
    return addresses;
  }

  private static Address address(String part, String whole) {
    // The last colon: an IPv6 address in brackets has others.
    int colon = part.lastIndexOf(':');
    if (colon > 0) {
      try {
        int port = Integer.parseInt(part.substring(colon + 1));
        if (port >= 1 && port <= 65_535) {
          return new Address(part.substring(0, colon), port);
        }
      } catch (NumberFormatException e) {
        // Told below, as any other address that is none.
      }
    }
    throw new IllegalArgumentException(
        "'"
            + part
            + "' in the bootstrap servers '"
            + whole
            + "' is not host:port with a port of 1 to 65535; an example is localhost:9092");
  }
}
