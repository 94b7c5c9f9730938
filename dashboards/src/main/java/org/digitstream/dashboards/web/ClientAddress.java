package org.digitstream.dashboards.web;

import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** What limits count by: an IPv4 address, or the network of an IPv6 address. */
final class ClientAddress {
  private static final int NETWORK_BYTES = 8;

  private ClientAddress() {}

  /** Who asks. */
  static String of(Context request) {
    return of(request.ip());
  }

  /** Who is connected. */
  static String of(WsContext connection) {
    return connection.session.getRemoteSocketAddress() instanceof InetSocketAddress address
            && address.getAddress() != null
        ? of(address.getAddress().getHostAddress())
        : "unknown";
  }

  /**
   * The client at an address.
   *
   * @param address in numbers, as a connection tells it
   */
  static String of(String address) {
    try {
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address && !parsed.isLoopbackAddress()
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES)) + "::/64"
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
