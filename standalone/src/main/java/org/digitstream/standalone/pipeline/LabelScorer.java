package org.digitstream.standalone.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.digitstream.dashboards.live.Scorer;
import org.digitstream.standalone.replay.Transcripts;
import org.digitstream.training.evaluation.DigitAlignment;

/** Scores for the page as {@code replay} does: the same transcripts, the same alignment. */
final class LabelScorer implements Scorer {
  private final Transcripts transcripts;

  LabelScorer(Transcripts transcripts) {
    this.transcripts = transcripts;
  }

  @Override
  public Optional<String> said(String source) {
    return source.toLowerCase(Locale.ROOT).endsWith(".wav")
        ? transcripts.digitsOf(Path.of(source))
        : Optional.empty();
  }

  @Override
  public List<Pair> align(String said, String heard) {
    return DigitAlignment.of(said, heard).pairs().stream()
        .map(pair -> new Pair(pair.expected(), pair.recognized()))
        .toList();
  }
}
