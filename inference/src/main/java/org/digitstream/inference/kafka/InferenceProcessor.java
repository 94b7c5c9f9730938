package org.digitstream.inference.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.LatencyStamps;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;
import org.digitstream.contract.wire.LogMelFramesCodec;
import org.digitstream.contract.wire.RecordCodec;
import org.digitstream.contract.wire.StreamEventCodec;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.spotting.Detection;
import org.digitstream.inference.spotting.Recognition;
import org.digitstream.inference.spotting.StreamRecognizer;
import org.digitstream.runtime.kafka.DeadLetterReason;
import org.digitstream.runtime.kafka.LatencyHeaders;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.streams.EndedStreams;
import org.digitstream.runtime.streams.IdleStreams;
import org.digitstream.runtime.streams.RecordIntake;
import org.digitstream.runtime.streams.RecordIntake.Objection;
import org.digitstream.runtime.streams.RecordTopology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition of {@link InferenceTopology}: takes frames, stores where it is, forwards events.
 */
final class InferenceProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(InferenceProcessor.class);
  private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(10);

  /** Two or three pictures on a screen: nobody sees that they come together. */
  private static final Duration POSTERIORS_INTERVAL = Duration.ofMillis(100);

  /** Leaves room for every index that is computed from it. */
  private static final long MAX_SAMPLE = (1L << 52) - (1L << 24);

  private final ModelBundle model;
  private final FeatureSpec spec;
  private final String specId;
  private final Supplier<? extends WindowClassifier> classifiers;
  private final boolean posteriors;
  private final Clock clock;
  private final Meters meters;
  private final IdleStreams idleStreams;
  private final RecordCodec<StreamEvent> codec = new StreamEventCodec();
  private ProcessorContext<byte[], byte[]> context;
  private RecordIntake<LogMelFrames> intake;
  private WindowClassifier classifier;
  private RecognizerStreams streams;
  private GatheredPosteriors gathered;

  InferenceProcessor(
      ModelBundle model,
      Supplier<? extends WindowClassifier> classifiers,
      Duration idle,
      boolean posteriors,
      Clock clock,
      Meters meters) {
    this.model = model;
    this.spec = model.featureSpec();
    this.specId = spec.id();
    this.classifiers = classifiers;
    this.posteriors = posteriors;
    this.clock = clock;
    this.meters = meters;
    this.idleStreams = new IdleStreams(idle);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    intake =
        new RecordIntake<>(
            new LogMelFramesCodec(), LogMelFrames::streamId, this::objection, meters, context);
    classifier = classifiers.get();
    streams =
        new RecognizerStreams(
            model,
            classifier,
            context.getStateStore(InferenceTopology.CURSORS),
            context.getStateStore(InferenceTopology.BLOCKS),
            new EndedStreams(context),
            meters);
    context.schedule(EVICTION_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::evict);
    if (posteriors) {
      gathered =
          new GatheredPosteriors(
              context, model.geometry().strideFrames(), model.reportedLabels().size());
      context.schedule(
          POSTERIORS_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> gathered.send());
    }
  }

  @Override
  public void close() {
    if (classifier != null) {
      classifier.close();
      classifier = null;
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    intake.read(record).ifPresent(frames -> accept(frames, record));
  }

  private void accept(LogMelFrames frames, Record<byte[], byte[]> record) {
    idleStreams.seen(frames.streamId(), context.currentSystemTimeMs());
    meters.frames(frames.frameCount());
    Optional<StreamRecognizer> known = streams.recognizer(frames.streamId(), frames.firstFrame());
    if (known.isEmpty()) {
      countDuplicates(frames.frameCount());
      return;
    }
    if (posteriors && frames.firstFrame() == 0) {
      gathered.begins(frames.streamId());
    }
    StreamRecognizer recognizer = known.get();
    Recognition recognition = recognizer.accept(frames.firstFrame(), frames.values());
    countDuplicates(recognition.duplicateFrames());
    if (recognition.gapFrames() > 0) {
      meters.gap(GapReason.NONE, seconds(recognition.gapFrames()));
    }
    forward(recognition, frames, recognizer, record);
    if (frames.end()) {
      end(frames, recognizer, record);
    } else if (recognition.duplicateFrames() < frames.frameCount()) {
      streams.save(frames.streamId(), frames.source());
    }
  }

  private void end(
      LogMelFrames frames, StreamRecognizer recognizer, Record<byte[], byte[]> record) {
    forward(recognizer.finish(), frames, recognizer, record);
    StreamEnd end =
        new StreamEnd(
            frames.streamId(),
            frames.source(),
            recognizer.digits(),
            frames.nextSample(),
            spec.sampleRateHz(),
            recognizer.modelId());
    forward(end, frames, record);
    streams.end(frames.streamId());
    if (posteriors) {
      gathered.ends(frames.streamId());
    }
    meters.streamEnded();
  }

  private void forward(
      Recognition recognition,
      LogMelFrames frames,
      StreamRecognizer recognizer,
      Record<byte[], byte[]> record) {
    if (posteriors) {
      gathered.hold(recognition.outputs(), recognizer.modelId(), frames, record);
    }
    for (Detection digit : recognition.digits()) {
      DigitEvent event =
          new DigitEvent(
              frames.streamId(),
              frames.source(),
              digit.index(),
              digit.digit(),
              digit.startSample(),
              digit.endSample(),
              spec.sampleRateHz(),
              digit.confidence(),
              digit.runnersUp(),
              recognizer.modelId());
      LatencyStamps stamps = forward(event, frames, record);
      meters.event(
          digit.digit(),
          Duration.of(stamps.emittedAtMicros() - stamps.capturedAtMicros(), ChronoUnit.MICROS));
    }
  }

  private LatencyStamps forward(
      StreamEvent event, LogMelFrames frames, Record<byte[], byte[]> record) {
    LatencyStamps stamps =
        new LatencyStamps(
            frames.capturedAtMicros(),
            frames.nextSample(),
            ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    RecordHeaders headers = new RecordHeaders();
    LatencyHeaders.write(stamps, headers);
    context.forward(
        new Record<>(record.key(), codec.encode(event), record.timestamp(), headers),
        RecordTopology.OUTPUT);
    return stamps;
  }

  private Optional<Objection> objection(LogMelFrames frames) {
    if (!frames.featureSpecId().equals(specId) || frames.bandCount() != spec.bands()) {
      return Optional.of(
          new Objection(
              DeadLetterReason.FEATURE_SPEC_MISMATCH,
              "the frames are "
                  + frames.featureSpecId()
                  + " with "
                  + frames.bandCount()
                  + " bands, but the model "
                  + model.modelId()
                  + " was trained with "
                  + specId
                  + " with "
                  + spec.bands()
                  + "; give features the same --model, or --feature-spec "
                  + spec.name()
                  + " where that is a preset"));
    }
    if (frames.nextFrame() > MAX_SAMPLE / spec.hopSamples()) {
      return Optional.of(
          new Objection(
              DeadLetterReason.INDEX_OUT_OF_RANGE,
              "firstFrame "
                  + frames.firstFrame()
                  + " is beyond "
                  + MAX_SAMPLE / spec.hopSamples()));
    }
    return Optional.empty();
  }

  private void countDuplicates(long frames) {
    if (frames > 0) {
      meters.duplicate(seconds(frames));
    }
  }

  private double seconds(long frames) {
    return (double) frames * spec.hopSamples() / spec.sampleRateHz();
  }

  private void evict(long nowMillis) {
    for (String id : idleStreams.takeIdle(streams.ids().iterator(), nowMillis)) {
      if (!streams.hasEnded(id)) {
        meters.streamIncomplete();
        LOG.warn(
            "stream {} of '{}' ended without an end marker: its frames stopped coming",
            id,
            streams.stored(id).map(StoredCursor::source).orElse("unknown"));
      }
      streams.remove(id);
      if (posteriors) {
        gathered.ends(id);
      }
    }
  }
}
