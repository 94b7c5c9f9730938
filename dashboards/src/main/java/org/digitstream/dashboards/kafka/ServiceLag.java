package org.digitstream.dashboards.kafka;

import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.kafka.GroupLag;
import org.digitstream.runtime.kafka.KafkaConnection;

/** What a service has not read yet, as far as it has said so (committed). */
final class ServiceLag implements BrokerProbe.Question {
  private final GroupLag lag;
  private final String topic;

  ServiceLag(KafkaConnection connection, WatchedService service) {
    lag = new GroupLag(connection, service.groupId());
    topic = service.topic();
  }

  @Override
  public long ask() throws BrokerUnreachableException, InterruptedException {
    return lag.of(topic).values().stream().mapToLong(records -> records).sum();
  }

  @Override
  public void close() {
    lag.close();
  }
}
