package org.digitstream.features.dsp;

import org.digitstream.contract.FeatureSpec;

/**
 * Makes extractors of many streams, which share tables and scratch memory: all of them are for one
 * thread. What they give is the same as of extractors by themselves.
 */
public final class LogMelExtractors {
  private final FeatureSpec spec;
  private final FrameAnalyzer analyzer;

  /** Of extractors with this specification. */
  public LogMelExtractors(FeatureSpec spec) {
    this.spec = spec;
    this.analyzer = new FrameAnalyzer(spec);
  }

  /** One at the beginning of a stream. */
  public LogMelExtractor begin() {
    return resume(ExtractorState.START);
  }

  /**
   * One that goes on where another one was.
   *
   * @param state the {@link LogMelExtractor#state()} of that one, of the same specification
   */
  public LogMelExtractor resume(ExtractorState state) {
    return new LogMelExtractor(spec, analyzer, state);
  }
}
