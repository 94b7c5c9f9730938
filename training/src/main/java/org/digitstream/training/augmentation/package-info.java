/**
 * Strings recorded words together into strips of audio as a microphone might hear them: other
 * speeds, rooms, noises, levels and telephones. Everything is a function of a seed.
 */
package org.digitstream.training.augmentation;
