/**
 * Where audio comes from: WAV files ({@link org.digitstream.ingest.source.WavReader}, {@link
 * org.digitstream.ingest.source.FileSource}) and microphones ({@link
 * org.digitstream.ingest.source.Microphones}, {@link
 * org.digitstream.ingest.source.MicrophoneSource}). Everything is mixed to mono, resampled to the
 * rate of the feature specification by {@link org.digitstream.ingest.source.StreamResampler} and
 * cut into numbered chunks by {@link org.digitstream.ingest.source.ChunkNumberer}. Chunks leave
 * through an {@link org.digitstream.ingest.source.AudioSink}; nothing in here knows Kafka, and
 * nothing outside of here knows Java Sound.
 */
package org.digitstream.ingest.source;
