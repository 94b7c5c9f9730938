/** Every meter of the project, in {@link org.digitstream.runtime.metrics.Meters}. */
package org.digitstream.runtime.metrics;
