package org.digitstream.standalone.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.standalone.console.ProgressBar;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.CorpusReader;
import org.digitstream.training.corpus.Utterance;

/** Reads what is to be trained on, and tells what was left out. */
final class CorpusIntake {
  private CorpusIntake() {}

  static Corpus read(Surroundings surroundings, List<Path> corpora, FeatureSpec spec)
      throws IOException {
    Corpus corpus;
    ExecutorService decoders = Workers.onAllProcessors("corpus-decoder");
    try (ProgressBar progress = surroundings.progressBar()) {
      corpus =
          CorpusReader.read(
              corpora,
              spec.sampleRateHz(),
              decoders,
              files -> {
                requireNoEnd(surroundings);
                progress.update(0, "reading: " + files + " files");
              });
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    } finally {
      decoders.shutdownNow();
    }
    corpus.unreadable().forEach(problem -> surroundings.err().println("left out: " + problem));
    surroundings
        .out()
        .printf(
            "%d recordings by %d people, %d recordings of noise, %d left out%n",
            corpus.utterances().stream()
                .filter(utterance -> utterance.kind() != Utterance.Kind.CUT_DIGIT)
                .count(),
            corpus.utterances().stream().map(Utterance::person).distinct().count(),
            corpus.noises().size(),
            corpus.unreadable().size());
    return corpus;
  }

  static void requireNoEnd(Surroundings surroundings) {
    if (surroundings.termination().isRequested()) {
      throw new CommandFailure("ended before the work was done");
    }
  }
}
