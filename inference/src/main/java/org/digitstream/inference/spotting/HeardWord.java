package org.digitstream.inference.spotting;

/**
 * A stretch of a stream that is one digit.
 *
 * @param digit the digit, 0 to 9
 * @param startSample first sample of the word
 * @param endSample sample after its last one
 * @param neededSample sample after the last one that had to come before this could be decided
 * @param probabilities the probability of each digit, calibrated; ten values
 */
@SuppressWarnings("ArrayRecordComponent") // passed on as it is; never compared
record HeardWord(
    int digit, long startSample, long endSample, long neededSample, float[] probabilities) {}
