package org.digitstream.standalone;

import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;

/** A bug that can be given to a service by its Kafka properties: fails at what it writes first. */
public final class FailingPartitioner implements Partitioner {
  static final String MESSAGE = "a bug in the test";

  @Override
  public int partition(
      String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
    throw new IllegalStateException(MESSAGE);
  }

  @Override
  public void configure(Map<String, ?> configuration) {}

  @Override
  public void close() {}
}
