package org.digitstream.dashboards.kafka;

/**
 * A service whose lag the page shows.
 *
 * @param name what it is called for people
 * @param groupId its consumer group
 * @param topic the topic that it reads
 */
public record WatchedService(String name, String groupId, String topic) {}
