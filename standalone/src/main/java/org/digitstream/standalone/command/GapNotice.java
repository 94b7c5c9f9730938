package org.digitstream.standalone.command;

import org.digitstream.contract.AudioChunk;
import org.digitstream.ingest.source.AudioSink;
import org.digitstream.standalone.console.UtterancePrinter;

/**
 * Passes on the chunks of one stream and notices where audio is missing between them. One thread.
 */
final class GapNotice implements AudioSink {
  private final AudioSink next;
  private final UtterancePrinter strings;
  private long nextSample;

  GapNotice(AudioSink next, UtterancePrinter strings) {
    this.next = next;
    this.strings = strings;
  }

  @Override
  public void accept(AudioChunk chunk) {
    if (chunk.firstSample() > nextSample) {
      strings.gap(chunk.streamId(), nextSample, chunk.firstSample());
    }
    nextSample = chunk.nextSample();
    next.accept(chunk);
  }
}
