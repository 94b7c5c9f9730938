package org.digitstream.inference.spotting;

/**
 * A stretch of outputs that is one digit.
 *
 * @param digit the digit, 0 to 9
 * @param firstOutput the first output of the word
 * @param lastOutput its last one
 * @param decidedOutput the output at which this was decided, at or after the last one
 * @param probabilities the mean probability of each digit over the word, calibrated; ten values
 */
record SpottedWord(
    int digit, long firstOutput, long lastOutput, long decidedOutput, float[] probabilities) {}
