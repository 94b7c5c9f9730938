/**
 * The model: its shape, its file, and what it takes to run it over a stream. Nothing here knows
 * Kafka or an engine. {@link org.digitstream.inference.model.ModelBundle} is where to begin.
 */
package org.digitstream.inference.model;
