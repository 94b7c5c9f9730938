/**
 * Digits as people say them, one after the other: what is composed to be recognized, and its score.
 */
package org.digitstream.training.continuous;
