package org.digitstream.training.network;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.Utterance;

/** Names a training by all that its result depends on: the recipe, the start and every sample. */
final class TrainingFingerprint {
  private TrainingFingerprint() {}

  /** The SHA-256 of a recipe and a corpus, in 64 hexadecimal digits. */
  static String of(TrainingRecipe recipe, Corpus corpus) {
    MessageDigest digest = sha256();
    digest.update(recipe.toString().getBytes(StandardCharsets.UTF_8));
    for (Utterance utterance : corpus.utterances()) {
      String story =
          utterance.person()
              + utterance.name()
              + utterance.kind()
              + utterance.digits()
              + utterance.wordStart()
              + ".."
              + utterance.wordEnd();
      digest.update(story.getBytes(StandardCharsets.UTF_8));
      update(digest, utterance.samples());
    }
    corpus.noiseSamples().forEach(noise -> update(digest, noise));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The same training from a start. */
  static String of(String randomlyStarted, StartWeights start) {
    if (start.isRandom()) {
      return randomlyStarted;
    }
    MessageDigest digest = sha256();
    digest.update(randomlyStarted.getBytes(StandardCharsets.UTF_8));
    start.update(digest);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, short[] samples) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 2 * samples.length);
    bytes.putInt(samples.length).asShortBuffer().put(samples);
    digest.update(bytes.array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
