package org.digitstream.training.synthesis;

/**
 * A recording to be made.
 *
 * @param file its path within the corpus, such as {@code 7_en-us-m1_160.wav}
 * @param voice who says it
 * @param text what to say
 * @param wordsPerMinute how fast
 */
public record SpokenWord(String file, SyntheticVoice voice, String text, int wordsPerMinute) {}
