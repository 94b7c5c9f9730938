package org.digitstream.training.study;

/**
 * Which pictures are trained on and which are not.
 *
 * @param training places in the picture set, in the order of training's first epoch
 * @param test places in the picture set
 */
public record Split(int[] training, int[] test) {}
