package org.digitstream.standalone.command;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.Fold;
import org.digitstream.training.corpus.NoiseRecording;
import org.digitstream.training.corpus.Utterance;

/**
 * What an evaluation asks a model: everything there is, or the people and the noise that a fold
 * left out of its training.
 *
 * @param corpus what to recognize
 * @param mixed the noise to mix in; that of the corpus, or other noise where that has none
 */
record Strangers(Corpus corpus, List<NoiseRecording> mixed) {
  /**
   * Chooses, and tells where the model may have heard what it is asked.
   *
   * @throws CommandFailure where nobody of the fold is there
   */
  static Strangers of(
      Surroundings surroundings, Optional<Fold> fold, Corpus all, ModelBundle bundle) {
    if (fold.isEmpty()) {
      return new Strangers(all, all.noises());
    }
    Set<String> people = people(fold.get(), all);
    Corpus corpus =
        all.where(utterance -> people.contains(utterance.person()))
            .withNoises(fold.get()::leavesOut);
    Set<String> told = new HashSet<>(List.of(bundle.provenance().heldOut().split("[;:,]? ", -1)));
    warn(surroundings, bundle, fold.get(), "people", people.stream().toList(), told);
    if (corpus.noises().isEmpty() && !all.noises().isEmpty()) {
      surroundings
          .err()
          .printf(
              "note: fold %s leaves out none of the %d recordings of noise given: the noise that is"
                  + " mixed in is some that the model may have heard%n",
              fold.get().name(), all.noises().size());
      return new Strangers(corpus, all.noises());
    }
    warn(
        surroundings,
        bundle,
        fold.get(),
        "recordings of noise",
        corpus.noises().stream().map(NoiseRecording::name).toList(),
        told);
    return new Strangers(corpus, corpus.noises());
  }

  private static Set<String> people(Fold fold, Corpus all) {
    try {
      return fold.among(all.utterances().stream().map(Utterance::person).toList());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }

  private static void warn(
      Surroundings surroundings,
      ModelBundle bundle,
      Fold fold,
      String what,
      List<String> asked,
      Set<String> told) {
    List<String> notTold = asked.stream().filter(name -> !told.contains(name)).toList();
    if (!notTold.isEmpty()) {
      surroundings
          .err()
          .printf(
              "note: the model %s does not say that %d of the %d %s were left out of its"
                  + " training (such as %s); 'train --fold %s' makes one that does%n",
              bundle.modelId(), notTold.size(), asked.size(), what, notTold.get(0), fold.name());
    }
  }
}
