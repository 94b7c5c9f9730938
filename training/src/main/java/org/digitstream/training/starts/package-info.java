/**
 * Finds out whether pretraining earns its place: short trainings from random filters and from those
 * of autoencoders, with few recordings and many, tried on people who were left out. {@link
 * org.digitstream.training.starts.StartComparison} is the way in.
 */
package org.digitstream.training.starts;
