package org.digitstream.dashboards.live;

/**
 * A piece of a stream's audio.
 *
 * @param firstSample where it begins
 * @param samples 16-bit mono
 */
public record AudioClip(long firstSample, short[] samples) {}
