package org.digitstream.dashboards.web;

import java.util.Optional;
import java.util.Set;
import org.digitstream.runtime.operations.AllowedHosts;

/**
 * Where the page is served, and who may come. No value of it lets others than this machine in
 * without a token.
 *
 * @param host the address to listen at, such as {@code 127.0.0.1}, or {@code 0.0.0.0} for all
 * @param port the port, or 0 for any that is free
 * @param token what guests have to know; nothing where whoever reaches the page may come
 * @param hostNames names by which it may be asked beside its own, such as that of a proxy
 * @param certificate what HTTPS is spoken with; nothing for HTTP
 * @param metricsOpen whether {@code /metrics} is told without the token
 * @param limits how much guests may bring
 */
public record PageAccess(
    String host,
    int port,
    Optional<AccessToken> token,
    Set<String> hostNames,
    Optional<ServerCertificate> certificate,
    boolean metricsOpen,
    PageLimits limits) {
  /**
   * Checks the port, and that there is a token beyond loopback.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public PageAccess {
    hostNames = Set.copyOf(hostNames);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not within 0..65535");
    }
    if (token.isEmpty() && !AllowedHosts.isLoopback(host)) {
      throw new IllegalArgumentException(
          "others than this machine reach the page at " + host + ": it needs a token");
    }
  }

  /** For this machine only, without a token. */
  public static PageAccess ofThisMachine(int port) {
    return new PageAccess(
        "127.0.0.1", port, Optional.empty(), Set.of(), Optional.empty(), false, PageLimits.DEFAULT);
  }

  /** Whether only this machine reaches it. */
  public boolean isLoopback() {
    return AllowedHosts.isLoopback(host);
  }
}
