package org.digitstream.inference.spotting;

/**
 * The frames of one block that have come so far.
 *
 * @param index the block's absolute index: it holds the frames from {@code index * blockFrames}
 * @param values {@code values[frame * bands + band]}, one to {@code blockFrames} frames
 */
public record FrameBlock(long index, float[] values) {}
