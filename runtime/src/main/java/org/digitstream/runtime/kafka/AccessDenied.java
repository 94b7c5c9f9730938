package org.digitstream.runtime.kafka;

import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** What to tell people where a broker lets somebody not in, or not do something. */
public final class AccessDenied {
  private AccessDenied() {}

  /**
   * What is wrong and what to do; nothing where it is something else. To try again is of no use.
   *
   * @param thrown by a Kafka client, the denial itself or something caused by it
   */
  public static Optional<String> explain(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SslAuthenticationException) {
        return Optional.of(
            "the brokers' certificate is not trusted or not theirs ("
                + cause.getMessage()
                + "). Check ssl.truststore.location in the file given by --kafka-config.");
      }
      if (cause instanceof AuthenticationException) {
        return Optional.of(
            "the brokers do not let this user in ("
                + cause.getMessage()
                + "). Check the user name and the password in the file given by --kafka-config.");
      }
      if (cause instanceof AuthorizationException) {
        return Optional.of(
            "the brokers let this user in, but it lacks a right ("
                + cause.getMessage()
                + "). Give it the right; 'digitstream topics acls' lists what each service needs.");
      }
    }
    return Optional.empty();
  }
}
