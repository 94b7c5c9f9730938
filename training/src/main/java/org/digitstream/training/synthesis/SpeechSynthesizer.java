package org.digitstream.training.synthesis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that speaks. The same version of it says the same thing in the same bits. */
public interface SpeechSynthesizer {
  /** What the program is called, as is the Debian package that has it. */
  String program();

  /**
   * Its English voices, the ones to take first standing first, no two with the same name.
   *
   * @throws SynthesisException where the program does not tell
   */
  List<SyntheticVoice> voices() throws IOException, InterruptedException;

  /**
   * The lowest speaking rate that it heeds. Slower speech is made by stretching, see {@link
   * org.digitstream.training.sound.TimeStretch}.
   */
  int slowestWordsPerMinute();

  /**
   * Says something.
   *
   * @param voice one of {@link #voices()}
   * @param text what to say
   * @param wordsPerMinute how fast, at least {@link #slowestWordsPerMinute()}
   * @param wav where the sound goes, as a WAV file at the program's own sample rate
   * @throws SynthesisException where the program fails or does not come to an end
   * @throws InterruptedException where the thread is interrupted; the program is ended
   */
  void speak(SyntheticVoice voice, String text, int wordsPerMinute, Path wav)
      throws IOException, InterruptedException;
}
