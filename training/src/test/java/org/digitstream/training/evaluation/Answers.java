package org.digitstream.training.evaluation;

import org.digitstream.training.corpus.Utterance;

/** Answers for tests. */
final class Answers {
  private static final double THRESHOLD = 0.5;
  private static int count;

  private Answers() {}

  /** A digit by somebody of a corpus; a candidate of −1 is none. */
  static Answer digit(String person, int said, int candidate, double confidence) {
    return answer(person, Utterance.Kind.ISOLATED_DIGIT, "" + said, candidate, confidence);
  }

  static Answer otherWord(String person, int candidate, double confidence) {
    return answer(person, Utterance.Kind.OTHER_WORDS, "", candidate, confidence);
  }

  static Answer answer(
      String person, Utterance.Kind kind, String said, int candidate, double confidence) {
    String heard = candidate >= 0 && confidence >= THRESHOLD ? "" + candidate : "";
    return new Answer(
        person.substring(0, person.indexOf('/')),
        person.substring(person.indexOf('/') + 1),
        "recording-" + count++ + ".wav",
        kind,
        false,
        Answer.CLEAN,
        said,
        heard,
        candidate,
        (float) confidence);
  }

  static Answer sentence(String person, String said, String heard) {
    return new Answer(
        person.substring(0, person.indexOf('/')),
        person.substring(person.indexOf('/') + 1),
        "sentence-" + count++ + ".wav",
        Utterance.Kind.SENTENCE,
        false,
        Answer.CLEAN,
        said,
        heard,
        DigitAlignment.NONE,
        0);
  }

  static Answer digitString(String person, String said, String heard) {
    Answer sentence = sentence(person, said, heard);
    return new Answer(
        sentence.corpus(),
        sentence.speaker(),
        sentence.recording(),
        Utterance.Kind.DIGIT_STRING,
        false,
        Answer.CLEAN,
        said,
        heard,
        DigitAlignment.NONE,
        0);
  }

  static Answer inNoise(Answer clean, double noiseDb, int candidate, double confidence) {
    return new Answer(
        clean.corpus(),
        clean.speaker(),
        clean.recording(),
        clean.kind(),
        clean.officialTest(),
        noiseDb,
        clean.said(),
        candidate >= 0 && confidence >= THRESHOLD ? "" + candidate : "",
        candidate,
        (float) confidence);
  }
}
