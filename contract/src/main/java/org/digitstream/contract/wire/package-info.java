/** The bytes of each record, and nothing of Kafka. */
package org.digitstream.contract.wire;
