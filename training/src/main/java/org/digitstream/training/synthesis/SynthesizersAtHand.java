package org.digitstream.training.synthesis;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The speech synthesizers that are installed.
 *
 * @param found those that are
 * @param missing programs, which are Debian packages of the same name, that are not
 */
public record SynthesizersAtHand(List<SpeechSynthesizer> found, List<String> missing) {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Copies the lists. */
  public SynthesizersAtHand {
    found = List.copyOf(found);
    missing = List.copyOf(missing);
  }

  /**
   * Looks for flite and espeak-ng.
   *
   * @param searchPath folders, separated as in the environment variable {@code PATH}
   * @param scratch an existing folder for temporary files
   */
  public static SynthesizersAtHand find(String searchPath, Path scratch) {
    List<SpeechSynthesizer> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Finder finder = new Finder(searchPath, scratch, found, missing);
    finder.look("flite", Flite::new);
    finder.look("espeak-ng", EspeakNg::new);
    return new SynthesizersAtHand(found, missing);
  }

  /**
   * Chooses voices: flite's, which are few and unlike each other, before espeak-ng's.
   *
   * @param atMost how many at most
   * @throws SynthesisException where a program does not tell its voices
   */
  public List<SyntheticVoice> voices(int atMost) throws IOException, InterruptedException {
    List<SyntheticVoice> voices = new ArrayList<>();
    for (SpeechSynthesizer synthesizer : found) {
      voices.addAll(synthesizer.voices());
    }
    return List.copyOf(voices.subList(0, Math.min(atMost, voices.size())));
  }

  private record Finder(
      String searchPath, Path scratch, List<SpeechSynthesizer> found, List<String> missing) {
    void look(String program, Function<SpeechProgram, SpeechSynthesizer> synthesizer) {
      Optional<Path> executable =
          Arrays.stream(searchPath.split(File.pathSeparator, -1))
              .filter(folder -> !folder.isEmpty())
              .map(folder -> Path.of(folder, program))
              .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
              .findFirst();
      if (executable.isPresent()) {
        found.add(
            synthesizer.apply(
                new SpeechProgram(executable.get().toAbsolutePath(), scratch, TIMEOUT)));
      } else {
        missing.add(program);
      }
    }
  }
}
