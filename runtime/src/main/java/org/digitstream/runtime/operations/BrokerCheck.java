package org.digitstream.runtime.operations;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.digitstream.runtime.kafka.KafkaConnection;

/**
 * Whether a broker answers. Asks at most every two seconds, however often it is asked itself.
 *
 * <p>Any number of threads.
 */
public final class BrokerCheck implements AutoCloseable {
  private static final int ANSWER_MILLIS = 2_000;
  private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Admin admin;
  private final String address;
  private final LongSupplier nanoTime;
  private Health last;
  private long askedAt;

  /** Opens a connection of its own. */
  public BrokerCheck(KafkaConnection connection) {
    this(
        Admin.create(connection.admin("digitstream-health")),
        connection.bootstrapServers(),
        System::nanoTime);
  }

  BrokerCheck(Admin admin, String address, LongSupplier nanoTime) {
    this.admin = admin;
    this.address = address;
    this.nanoTime = nanoTime;
  }

  /** The check named {@code broker}. */
  public HealthCheck readiness() {
    return new HealthCheck("broker", this::current);
  }

  private synchronized Health current() {
    if (last == null || nanoTime.getAsLong() - askedAt > KEEP_NANOS) {
      last = ask();
      askedAt = nanoTime.getAsLong();
    }
    return last;
  }

  private Health ask() {
    try {
      int brokers =
          admin
              // Or what was asked of a broker that is away would pile up for a minute.
              .describeCluster(new DescribeClusterOptions().timeoutMs(ANSWER_MILLIS))
              .nodes()
              .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
              .size();
      return brokers == 0
          ? Health.down("no broker at " + address)
          : Health.up(brokers + (brokers == 1 ? " broker at " : " brokers at ") + address);
    } catch (TimeoutException e) {
      return Health.down("no answer from " + address + " within " + ANSWER_MILLIS + " ms");
    } catch (ExecutionException e) {
      return Health.down(address + ": " + e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Health.down("interrupted");
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
