/**
 * How well strings of digits were recognized: aligned one to one, then counted.
 *
 * <p>{@link org.digitstream.training.evaluation.DigitAlignment} pairs what was said with what was
 * heard; {@link org.digitstream.training.evaluation.DigitScore} and {@link
 * org.digitstream.training.evaluation.ConfusionMatrix} add alignments up.
 */
package org.digitstream.training.evaluation;
