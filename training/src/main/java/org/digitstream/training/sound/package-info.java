/** Operations on speech as samples that more than one part of the training needs. */
package org.digitstream.training.sound;
