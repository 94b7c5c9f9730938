/**
 * From frames to digits, one stream at a time, without Kafka. {@link
 * org.digitstream.inference.spotting.StreamRecognizer} keeps the last frames and asks one of two
 * finders for words: {@link org.digitstream.inference.spotting.ContinuousFinder} calls the network
 * all the time and {@link org.digitstream.inference.spotting.DigitSpotter} listens to its outputs;
 * {@link org.digitstream.inference.spotting.OnsetFinder} waits for {@link
 * org.digitstream.inference.spotting.OnsetDetector} to find a word and calls the network once.
 */
package org.digitstream.inference.spotting;
