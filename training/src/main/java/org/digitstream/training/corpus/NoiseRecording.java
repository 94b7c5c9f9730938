package org.digitstream.training.corpus;

/**
 * A recording of noise in memory.
 *
 * @param name of its file, without any folder; a noise is known by it wherever it lies
 * @param samples 16-bit mono at the rate that the corpus was read for; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // large, read once
public record NoiseRecording(String name, short[] samples) {}
