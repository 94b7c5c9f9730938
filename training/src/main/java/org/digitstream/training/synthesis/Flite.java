package org.digitstream.training.synthesis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * flite: a few voices that were cut from recordings of people.
 *
 * <p>It knows a factor of duration, no words per minute; 1 is taken for {@value
 * #OWN_WORDS_PER_MINUTE}, at which espeak-ng's words are about as long. The bundled recordings are
 * spoken at 0.85 and 1, which no multiple of 20 words per minute is.
 */
final class Flite implements SpeechSynthesizer {
  private static final int OWN_WORDS_PER_MINUTE = 175;
  private static final String LIST_STARTS = "Voices available:";

  private final SpeechProgram flite;

  Flite(SpeechProgram flite) {
    this.flite = flite;
  }

  @Override
  public String program() {
    return "flite";
  }

  @Override
  public int slowestWordsPerMinute() {
    return 1;
  }

  @Override
  public List<SyntheticVoice> voices() throws IOException, InterruptedException {
    return timbres(flite.run(List.of("-lv"))).stream()
        .map(
            timbre ->
                new SyntheticVoice(
                    SyntheticVoice.named(this, "flite-" + timbre, SyntheticVoice.OWN_PITCH).name(),
                    this,
                    timbre,
                    SyntheticVoice.OWN_PITCH))
        .toList();
  }

  /**
   * One timbre for each person: {@code kal} is {@code kal16} at half the sample rate, and {@code
   * awb_time} is {@code awb} for telling the time.
   */
  static List<String> timbres(String listed) {
    int starts = listed.indexOf(LIST_STARTS);
    if (starts < 0) {
      return List.of();
    }
    List<String> offered =
        Arrays.stream(listed.substring(starts + LIST_STARTS.length()).strip().split("\\s+"))
            .filter(timbre -> !timbre.isEmpty() && !timbre.endsWith("_time"))
            .distinct()
            .sorted()
            .toList();
    return offered.stream()
        .filter(timbre -> !timbre.equals("kal") || !offered.contains("kal16"))
        .toList();
  }

  @Override
  public void speak(SyntheticVoice voice, String text, int wordsPerMinute, Path wav)
      throws IOException, InterruptedException {
    flite.run(
        List.of(
            "-voice",
            voice.timbre(),
            "--setf",
            String.format(
                Locale.ROOT,
                "duration_stretch=%.4f",
                (double) OWN_WORDS_PER_MINUTE / wordsPerMinute),
            "-t",
            text,
            "-o",
            wav.toString()));
  }
}
