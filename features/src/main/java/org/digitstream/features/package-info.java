/**
 * Log-mel features: {@code dsp} computes them from samples and knows nothing of Kafka; {@code
 * kafka} runs it over the topic of audio chunks.
 */
package org.digitstream.features;
