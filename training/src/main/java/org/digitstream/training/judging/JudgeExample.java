package org.digitstream.training.judging;

/**
 * A word that a decoder found, and what it was.
 *
 * @param inputs what a judge is told of it
 * @param said the digit, or 10 for none
 */
@SuppressWarnings("ArrayRecordComponent") // passed on as it is; never compared
record JudgeExample(float[] inputs, int said) {}
