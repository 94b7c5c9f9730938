package org.digitstream.inference.spotting;

/**
 * What one call of the network gave out.
 *
 * @param firstFrame index of the frame that its first output speaks of; negative before the stream
 * @param probabilities {@code probabilities[output * classes + class]}, before calibration, of the
 *     model's {@link org.digitstream.inference.model.ModelBundle#reportedLabels}; not to be changed
 */
public record NetworkOutput(long firstFrame, float[] probabilities) {}
