package org.digitstream.runtime.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Asks a broker who it is: first whether anything listens, then whether it speaks Kafka. */
final class ReachabilityCheck {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int RETRY_MILLIS = 250;

  private final KafkaConnection connection;

  ReachabilityCheck(KafkaConnection connection) {
    this.connection = connection;
  }

  void run(Duration timeout) throws BrokerUnreachableException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    awaitListener(deadline);
    describeCluster(deadline);
  }

  private void awaitListener(long deadline)
      throws BrokerUnreachableException, InterruptedException {
    while (true) {
      List<String> failures = new ArrayList<>();
      for (BootstrapAddresses.Address address :
          BootstrapAddresses.parse(connection.bootstrapServers())) {
        String failure = connectFailure(address, millisUntil(deadline));
        if (failure == null) {
          return;
        }
        failures.add(failure);
      }
      if (millisUntil(deadline) <= RETRY_MILLIS) {
        throw new BrokerUnreachableException(
            "no Kafka broker can be reached: "
                + String.join("; ", failures)
                + ". Check that the broker runs and that --bootstrap-servers names its address.",
            null);
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
  }

  private static String connectFailure(BootstrapAddresses.Address address, long millisLeft) {
    String host = address.host().replaceAll("^\\[|\\]$", "");
    InetSocketAddress resolved = new InetSocketAddress(host, address.port());
    if (resolved.isUnresolved()) {
      return address + ": the host name is not known";
    }
    try (Socket socket = new Socket()) {
      socket.connect(resolved, (int) Math.max(1, Math.min(CONNECT_MILLIS, millisLeft)));
      return null;
    } catch (IOException e) {
      return address + ": " + e.getMessage();
    }
  }

  private void describeCluster(long deadline)
      throws BrokerUnreachableException, InterruptedException {
    int millis = (int) Math.max(1_000, millisUntil(deadline));
    Map<String, Object> properties = connection.admin("digitstream-check");
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    try {
      Admin admin = Admin.create(properties);
      try {
        admin.describeCluster().clusterId().get(millis, TimeUnit.MILLISECONDS);
      } finally {
        admin.close(Duration.ZERO);
      }
    } catch (ExecutionException e) {
      throw unanswered(e.getCause());
    } catch (TimeoutException | KafkaException e) {
      throw unanswered(e);
    }
  }

  private BrokerUnreachableException unanswered(Throwable cause) {
    Optional<String> denied = AccessDenied.explain(cause);
    if (denied.isPresent()) {
      return new BrokerUnreachableException(
          connection.bootstrapServers() + ": " + denied.get(), cause);
    }
    return new BrokerUnreachableException(
        "something listens at "
            + connection.bootstrapServers()
            + ", but no Kafka broker answered: "
            + (cause.getMessage() == null ? cause : cause.getMessage())
            + ". Check the port, the addresses that the broker advertises, and the security settings"
            + " given by --kafka-config.",
        cause);
  }

  private static long millisUntil(long deadline) {
    return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
  }
}
