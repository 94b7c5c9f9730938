/**
 * What every service agrees on: the records that travel, the {@link
 * org.digitstream.contract.FeatureSpec} that frames are made by, and the {@link
 * org.digitstream.contract.Topics}. Bytes are made and read in {@code wire}; Kafka's view of them
 * is in {@code serde}, the only package here that knows Kafka.
 */
package org.digitstream.contract;
