/**
 * Teaches a model's {@link org.digitstream.inference.model.WordJudge}, once its network is trained:
 * scenes are composed as for the network, its decoder finds words in them, and the judge learns
 * what each of them was.
 */
package org.digitstream.training.judging;
