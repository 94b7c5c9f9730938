/**
 * Samples in, log-mel frames out; the same bits for every way of cutting the samples. {@link
 * org.digitstream.features.dsp.LogMelExtractor} is where to begin.
 */
package org.digitstream.features.dsp;
