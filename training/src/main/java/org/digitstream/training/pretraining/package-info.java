/**
 * Learns the first layers of a network without labels: convolutional autoencoders, one layer after
 * the other. {@link org.digitstream.training.pretraining.LayerwisePretraining} is the way in.
 */
package org.digitstream.training.pretraining;
