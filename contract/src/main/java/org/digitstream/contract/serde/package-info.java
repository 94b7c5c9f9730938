/** The wire formats as Kafka serdes. */
package org.digitstream.contract.serde;
