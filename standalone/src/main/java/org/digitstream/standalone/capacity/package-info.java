/**
 * How many streams in real time one process holds. Pure: what is searched ({@code CapacitySearch}),
 * when each chunk is due ({@code LoadSchedule}), what it holds ({@code AudioLoop}), who a thread
 * works for ({@code Stage}) and whether a level was held ({@code Limits}). The shell around it:
 * {@code LevelRun} and what it is made of.
 */
package org.digitstream.standalone.capacity;
