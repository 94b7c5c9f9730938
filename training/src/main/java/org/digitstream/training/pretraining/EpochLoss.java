package org.digitstream.training.pretraining;

/**
 * How well an autoencoder gives back what it should: mean squared error per value.
 *
 * @param epoch from 1
 * @param training mean over the epoch's updates, each before its update
 * @param test of the examples that are not trained on, after the epoch; NaN where there are none
 */
public record EpochLoss(int epoch, double training, double test) {}
