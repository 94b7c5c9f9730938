package org.digitstream.training.synthesis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * espeak-ng: English accents, each spoken with any of its timbres ("variants").
 *
 * <p>Voices are offered in rounds. In the first one every timbre speaks once, women and men by
 * turns, the accents going round; further rounds give each timbre its other accents, each time at
 * another pitch, so that no two voices differ by pronunciation alone.
 */
final class EspeakNg implements SpeechSynthesizer {
  /** Robots, whispers, echoes, and timbres that are copies of others. */
  private static final Set<String> NOT_LIKE_PEOPLE =
      Set.of(
          "anikaRobot",
          "announcer",
          "Demonic",
          "fast",
          "klatt",
          "klatt2",
          "klatt3",
          "klatt4",
          "klatt5",
          "klatt6",
          "Marco",
          "RicishayMax",
          "RicishayMax2",
          "RicishayMax3",
          "robosoft",
          "robosoft2",
          "robosoft3",
          "robosoft4",
          "robosoft5",
          "robosoft6",
          "robosoft7",
          "robosoft8",
          "Tweaky",
          "UniRobot",
          "whisper",
          "whisperf");

  /** Priority, language, age/gender, name, file, other languages. */
  private static final Pattern ROW =
      Pattern.compile("\\s*\\d+\\s+(\\S+)\\s+(\\S+)\\s+\\S+\\s+(\\S+)\\s*(\\(.*)?");

  private static final String VARIANT_FOLDER = "!v/";
  private static final String MBROLA_FOLDER = "mb/";
  private static final int ACCENTS_APART = 3;

  // 100 is its own level, at which some timbres are clipped.
  private static final String LEVEL = "50";

  private final SpeechProgram espeak;

  EspeakNg(SpeechProgram espeak) {
    this.espeak = espeak;
  }

  @Override
  public String program() {
    return "espeak-ng";
  }

  @Override
  public int slowestWordsPerMinute() {
    // espeakRATE_MINIMUM in speak_lib.h; whatever is lower is spoken at this rate.
    return 80;
  }

  @Override
  public List<SyntheticVoice> voices() throws IOException, InterruptedException {
    List<String> accents = accents(espeak.run(List.of("--voices=en")));
    List<String> timbres = timbres(espeak.run(List.of("--voices=variant")));
    if (accents.isEmpty()) {
      throw new SynthesisException(espeak.executable() + " --voices=en: lists no English voices");
    }
    List<SyntheticVoice> voices = new ArrayList<>();
    for (int round = 0; round < accents.size(); round++) {
      for (int timbre = 0; timbre < timbres.size(); timbre++) {
        String accent = accents.get((timbre + round * ACCENTS_APART) % accents.size());
        int pitch = 30 + (timbre * 17 + round * 23) % 45;
        SyntheticVoice voice =
            SyntheticVoice.named(this, accent + "+" + timbres.get(timbre), pitch);
        if (voices.stream().noneMatch(other -> other.name().equals(voice.name()))) {
          voices.add(voice);
        }
      }
    }
    return voices;
  }

  /** English as it is spoken in different places, such as {@code en-gb-scotland}. */
  static List<String> accents(String table) {
    List<String> accents = new ArrayList<>();
    for (String line : table.split("\n", -1)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()
          && !row.group(3).startsWith(VARIANT_FOLDER)
          && !row.group(3).startsWith(MBROLA_FOLDER)) {
        accents.add(row.group(1));
      }
    }
    return accents.stream().distinct().sorted().toList();
  }

  /** The timbres that sound like people, women and men by turns as long as there are both. */
  static List<String> timbres(String table) {
    List<String> women = new ArrayList<>();
    List<String> men = new ArrayList<>();
    for (String line : table.split("\n", -1)) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && row.group(3).startsWith(VARIANT_FOLDER)) {
        String timbre = row.group(3).substring(VARIANT_FOLDER.length());
        if (!NOT_LIKE_PEOPLE.contains(timbre)) {
          (row.group(2).endsWith("F") ? women : men).add(timbre);
        }
      }
    }
    Comparator<String> byName = Comparator.comparing(name -> name.toLowerCase(Locale.ROOT));
    women.sort(byName);
    men.sort(byName);
    List<String> timbres = new ArrayList<>();
    for (int i = 0; i < Math.max(women.size(), men.size()); i++) {
      if (i < women.size()) {
        timbres.add(women.get(i));
      }
      if (i < men.size()) {
        timbres.add(men.get(i));
      }
    }
    return timbres;
  }

  @Override
  public void speak(SyntheticVoice voice, String text, int wordsPerMinute, Path wav)
      throws IOException, InterruptedException {
    espeak.run(
        List.of(
            "-v",
            voice.timbre(),
            "-s",
            Integer.toString(wordsPerMinute),
            "-p",
            Integer.toString(voice.pitch()),
            "-a",
            LEVEL,
            "-w",
            wav.toString(),
            text));
  }
}
