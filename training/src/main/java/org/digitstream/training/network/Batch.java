package org.digitstream.training.network;

/**
 * What one update of the weights learns from; arrays row-major, the example first.
 *
 * @param input {@code [examples, values]}, the values as the network takes them
 * @param target {@code [examples, classes, outputs]}
 * @param mask {@code [examples, outputs]}, 1 where there is a label; null where there is one
 *     everywhere
 * @param labels how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // made for one update
record Batch(float[] input, float[] target, float[] mask, int labels) {}
