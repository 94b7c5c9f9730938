package org.digitstream.features.kafka;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.wire.AudioChunkCodec;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.RecordCodec;
import org.digitstream.features.dsp.Extraction;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.runtime.kafka.DeadLetterReason;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.EndedStreams;
import org.digitstream.runtime.streams.IdleStreams;
import org.digitstream.runtime.streams.RecordIntake;
import org.digitstream.runtime.streams.RecordIntake.Objection;
import org.digitstream.runtime.streams.RecordTopology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One partition of {@link FeatureTopology}: takes chunks, stores where it is, forwards frames. */
final class FeatureProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureProcessor.class);
  private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(10);

  /** Leaves room for every index that is computed from it. */
  private static final long MAX_SAMPLE = (1L << 52) - (1L << 24);

  /** 256 KB: far below what a broker takes as one record, however long the chunk. */
  private static final int MAX_VALUES = 1 << 16;

  private final FeatureSpec spec;
  private final String specId;
  private final Meters meters;
  private final IdleStreams idleStreams;
  private final RecordCodec<LogMelFrames> codec = new LogMelFramesCodec();
  private ProcessorContext<byte[], byte[]> context;
  private RecordIntake<AudioChunk> intake;
  private ExtractorStreams streams;

  FeatureProcessor(FeatureSpec spec, Duration idle, Meters meters) {
    this.spec = spec;
    this.specId = spec.id();
    this.meters = meters;
    this.idleStreams = new IdleStreams(idle);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    intake =
        new RecordIntake<>(
            new AudioChunkCodec(), AudioChunk::streamId, this::objection, meters, context);
    streams =
        new ExtractorStreams(
            spec, context.getStateStore(FeatureTopology.STORE), new EndedStreams(context), meters);
    context.schedule(EVICTION_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::evict);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    intake.read(record).ifPresent(chunk -> accept(chunk, record));
  }

  private void accept(AudioChunk chunk, Record<byte[], byte[]> record) {
    idleStreams.seen(chunk.streamId(), context.currentSystemTimeMs());
    meters.chunk(chunk.samples().length, spec.sampleRateHz());
    Optional<LogMelExtractor> known = streams.extractor(chunk.streamId());
    if (known.isEmpty()) {
      countDuplicates(chunk.samples().length);
      return;
    }
    LogMelExtractor extractor = known.get();
    long before = extractor.nextSample();
    Extraction extraction = extractor.accept(chunk.firstSample(), chunk.samples());
    countDuplicates(extraction.duplicateSamples());
    long after = Math.max(extractor.nextSample(), chunk.end() ? chunk.nextSample() : 0);
    // Also a gap that only an empty last chunk tells of.
    long gap = Math.max(0, chunk.firstSample() - before);
    if (gap > 0 && after > before) {
      meters.gap(chunk.gap(), (double) gap / spec.sampleRateHz());
    }
    forward(chunk, extraction, after, record);
    if (chunk.end()) {
      streams.end(chunk.streamId());
      meters.streamEnded();
    } else if (after > before) {
      streams.save(chunk.streamId(), chunk.source());
    }
  }

  /** Frames go out in as few records as they fit in; the end goes with the last. */
  private void forward(
      AudioChunk chunk, Extraction extraction, long nextSample, Record<byte[], byte[]> record) {
    float[] values = extraction.values();
    int valuesPerRecord = Math.max(1, MAX_VALUES / spec.bands()) * spec.bands();
    int from = 0;
    do {
      int to = Math.min(values.length, from + valuesPerRecord);
      boolean end = chunk.end() && to == values.length;
      if (to > from || end) {
        LogMelFrames frames =
            new LogMelFrames(
                chunk.streamId(),
                chunk.source(),
                specId,
                extraction.firstFrame() + from / spec.bands(),
                spec.bands(),
                from == 0 && to == values.length ? values : Arrays.copyOfRange(values, from, to),
                chunk.capturedAtMicros(),
                end,
                nextSample);
        meters.frames(frames.frameCount());
        context.forward(
            new Record<>(record.key(), codec.encode(frames), record.timestamp()),
            RecordTopology.OUTPUT);
      }
      from = to;
    } while (from < values.length);
  }

  private Optional<Objection> objection(AudioChunk chunk) {
    if (chunk.sampleRateHz() != spec.sampleRateHz()) {
      return Optional.of(
          new Objection(
              DeadLetterReason.SAMPLE_RATE_MISMATCH,
              "the chunk has "
                  + chunk.sampleRateHz()
                  + " Hz, but frames of "
                  + specId
                  + " are computed from "
                  + spec.sampleRateHz()
                  + " Hz; ingest and features must be given the same --feature-spec"));
    }
    if (chunk.nextSample() > MAX_SAMPLE) {
      return Optional.of(
          new Objection(
              DeadLetterReason.INDEX_OUT_OF_RANGE,
              "firstSample " + chunk.firstSample() + " is beyond " + MAX_SAMPLE));
    }
    return Optional.empty();
  }

  private void countDuplicates(long samples) {
    if (samples > 0) {
      meters.duplicate((double) samples / spec.sampleRateHz());
    }
  }

  private void evict(long nowMillis) {
    for (String id : idleStreams.takeIdle(streams.ids().iterator(), nowMillis)) {
      if (!streams.hasEnded(id)) {
        meters.streamIncomplete();
        LOG.warn(
            "stream {} of '{}' ended without an end marker: its audio stopped coming",
            id,
            streams.stored(id).map(StoredExtractor::source).orElse("unknown"));
      }
      streams.remove(id);
    }
  }
}
