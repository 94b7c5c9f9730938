/**
 * Recognition: {@code model} is the network and its file ({@code model.dl4j} the engine that runs
 * it), {@code spotting} turns its probabilities into digits, {@code kafka} runs both over the topic
 * of frames.
 */
package org.digitstream.inference;
