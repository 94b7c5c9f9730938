/** A Kafka broker in this process; Kafka's internals stay in {@code EmbeddedBroker}. */
package org.digitstream.standalone.broker;
