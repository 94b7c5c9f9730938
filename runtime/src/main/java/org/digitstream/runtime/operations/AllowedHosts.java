package org.digitstream.runtime.operations;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * By which names a server may be asked. A page of somebody else's can have its own name point at
 * this machine and then read all that a server here answers, since the browser takes both for one
 * origin (DNS rebinding); what it cannot do is to ask by another name than its own. Addresses in
 * numbers are therefore allowed always, names only where they are known. Immutable.
 */
public final class AllowedHosts {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

  private final Set<String> names;

  private AllowedHosts(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  /**
   * {@code localhost}, the name that a server listens at, that of this machine where others may
   * reach it, and further ones.
   *
   * @param listensAt the address or name that the server listens at
   * @param further other names, such as that of a proxy before it
   */
  public static AllowedHosts of(String listensAt, Set<String> further) {
    Set<String> names = new LinkedHashSet<>();
    names.add("localhost");
    names.add(plain(listensAt));
    further.forEach(name -> names.add(plain(name)));
    if (!isLoopback(listensAt)) {
      try {
        String machine = plain(InetAddress.getLocalHost().getHostName());
        names.add(machine);
        names.add(machine + ".local");
      } catch (UnknownHostException e) {
        // A machine without a name is asked by its address.
      }
    }
    return new AllowedHosts(names);
  }

  /**
   * Whether only this machine reaches a server that listens there.
   *
   * @param listensAt an address or a name
   * @throws IllegalArgumentException where there is no such address
   */
  public static boolean isLoopback(String listensAt) {
    try {
      return InetAddress.getByName(listensAt).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "'" + listensAt + "' is no address; name one of this machine, such as 127.0.0.1", e);
    }
  }

  /**
   * Whether a request may be answered.
   *
   * @param host the request's header {@code Host}, with or without a port; null where there is
   *     none, as no browser leaves it
   */
  public boolean allows(String host) {
    if (host == null) {
      return true;
    }
    String name = PORT.matcher(plain(host)).replaceFirst("");
    return IPV4.matcher(name).matches() || IPV6.matcher(name).matches() || names.contains(name);
  }

  private static String plain(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
