package org.digitstream.contract.wire;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.DigitEvent.RunnerUp;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;

/** Valid records of every kind, to the bounds of every field. */
final class Records {
  private static final long MAX_INDEX = 1L << 52;

  private Records() {}

  static Arbitrary<AudioChunk> audioChunks() {
    return Combinators.combine(
            streamIds(),
            sources(),
            indices(),
            rates(),
            Arbitraries.shorts().array(short[].class).ofMaxSize(400),
            Arbitraries.longs(),
            Arbitraries.of(GapReason.class),
            Arbitraries.of(true, false))
        .as(
            (id, source, first, rate, samples, at, gap, end) ->
                new AudioChunk(
                    id, source, first, rate, samples, at, gap, end || samples.length == 0));
  }

  static Arbitrary<LogMelFrames> logMelFrames() {
    Arbitrary<Shape> shapes =
        Combinators.combine(
                Arbitraries.integers().between(1, 256), Arbitraries.integers().between(0, 6))
            .as(Shape::new);
    return shapes.flatMap(
        shape ->
            Combinators.combine(
                    streamIds(),
                    sources(),
                    streamIds(),
                    indices(),
                    finiteFloats().array(float[].class).ofSize(shape.bands * shape.frames),
                    Arbitraries.longs(),
                    Arbitraries.of(true, false),
                    indices())
                .as(
                    (id, source, spec, first, values, at, end, next) ->
                        new LogMelFrames(
                            id,
                            source,
                            spec,
                            first,
                            shape.bands,
                            values,
                            at,
                            end || values.length == 0,
                            next)));
  }

  private record Shape(int bands, int frames) {}

  static Arbitrary<DigitPosteriors> posteriors() {
    Arbitrary<Shape> shapes =
        Combinators.combine(
                Arbitraries.integers().between(1, 256), Arbitraries.integers().between(1, 6))
            .as(Shape::new);
    return shapes.flatMap(
        shape ->
            Combinators.combine(
                    streamIds(),
                    sources(),
                    streamIds(),
                    Arbitraries.longs().between(-MAX_INDEX, MAX_INDEX),
                    Arbitraries.integers().between(1, 65_536),
                    probabilities().array(float[].class).ofSize(shape.bands * shape.frames))
                .as(
                    (id, source, model, first, stride, values) ->
                        new DigitPosteriors(
                            id, source, model, first, stride, shape.bands, values)));
  }

  static Arbitrary<StreamEvent> streamEvents() {
    return Arbitraries.oneOf(digitEvents().map(e -> (StreamEvent) e), streamEnds());
  }

  private static Arbitrary<DigitEvent> digitEvents() {
    Arbitrary<RunnerUp> runnersUp =
        Combinators.combine(digits(), probabilities()).as(RunnerUp::new);
    Arbitrary<Span> spans =
        Combinators.combine(
                Arbitraries.longs().between(0, MAX_INDEX - 1),
                Arbitraries.longs().between(1, MAX_INDEX))
            .as((start, length) -> new Span(start, Math.min(start + length, MAX_INDEX)));
    Arbitrary<List<RunnerUp>> lists = runnersUp.list().ofMaxSize(9);
    return Combinators.combine(
            Combinators.combine(streamIds(), sources()).as(Names::new),
            Arbitraries.longs().greaterOrEqual(0),
            digits(),
            spans,
            rates(),
            probabilities(),
            lists,
            streamIds())
        .as(
            (names, index, digit, span, rate, confidence, others, model) ->
                new DigitEvent(
                    names.streamId,
                    names.source,
                    index,
                    digit,
                    span.start,
                    span.end,
                    rate,
                    confidence,
                    others,
                    model));
  }

  private record Names(String streamId, String source) {}

  private record Span(long start, long end) {}

  private static Arbitrary<StreamEvent> streamEnds() {
    return Combinators.combine(
            streamIds(),
            sources(),
            Arbitraries.longs().greaterOrEqual(0),
            indices(),
            rates(),
            streamIds())
        .as(StreamEnd::new);
  }

  /** Everything below the surrogates, control characters and quotes included. */
  private static Arbitrary<String> streamIds() {
    return Arbitraries.strings().withCharRange('\0', '\ud7ff').ofMinLength(1).ofMaxLength(200);
  }

  private static Arbitrary<String> sources() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withCharRange('\0', '\ud7ff').ofMaxLength(200),
        Arbitraries.of("", "7_jackson_32.wav", "Mikrofon \ud83c\udfa4", "a\"b\\c\n"));
  }

  private static Arbitrary<Long> indices() {
    return Arbitraries.longs().between(0, MAX_INDEX);
  }

  private static Arbitrary<Integer> rates() {
    return Arbitraries.integers().between(8_000, 96_000);
  }

  private static Arbitrary<Integer> digits() {
    return Arbitraries.integers().between(0, 9);
  }

  /** Every bit pattern from 0 to 1, and minus zero. */
  private static Arbitrary<Float> probabilities() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, Float.floatToIntBits(1f)).map(Float::intBitsToFloat),
        Arbitraries.of(0f, -0f, 1f, Float.MIN_VALUE, 0.1f, 1 / 3f));
  }

  /** Every bit pattern of a finite number. */
  private static Arbitrary<Float> finiteFloats() {
    return Arbitraries.integers()
        .map(Float::intBitsToFloat)
        .map(value -> Float.isFinite(value) ? value : -23.02585f);
  }
}
