package org.digitstream.features.dsp;

/**
 * What some samples led to.
 *
 * @param firstFrame index of the first frame, or of the next one to come where there is none
 * @param values the frames that the samples completed, frame by frame: {@code values[frame * bands
 *     + band]}; empty where they completed none
 * @param duplicateSamples how many of the samples had been seen before and were dropped
 * @param gapSamples how many samples were missing before them
 */
public record Extraction(long firstFrame, float[] values, long duplicateSamples, long gapSamples) {}
