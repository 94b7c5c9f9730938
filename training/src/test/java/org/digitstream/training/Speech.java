package org.digitstream.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.NoiseRecording;
import org.digitstream.training.corpus.SpokenDigit;
import org.digitstream.training.corpus.Utterance;

/** "Words" that are chords: enough for everything but recognizing speech. */
public final class Speech {
  public static final int RATE = 16_000;

  private Speech() {}

  /** A tone of its own for each digit, with some noise, between two silences. */
  public static short[] word(int digit, int millis, int silenceMillis, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int silence = RATE * silenceMillis / 1000;
    int length = RATE * millis / 1000;
    short[] samples = new short[length + 2 * silence];
    double hz = 300 + 250 * digit;
    for (int i = 0; i < samples.length; i++) {
      double value = 3 * (random.nextDouble() - 0.5);
      if (i >= silence && i < silence + length) {
        value += 6000 * Math.sin(2 * Math.PI * hz * i / RATE);
      }
      samples[i] = (short) value;
    }
    return samples;
  }

  public static Utterance isolated(String corpus, String speaker, int digit, int take) {
    short[] samples = word(digit, 400, 100, 31L * digit + take);
    return new Utterance(
        corpus,
        speaker,
        digit + "_" + speaker + "_" + take + ".wav",
        Utterance.Kind.ISOLATED_DIGIT,
        samples,
        List.of(new SpokenDigit(digit, RATE / 10, RATE / 2)),
        RATE / 10,
        RATE / 2);
  }

  public static Corpus allDigits() {
    List<Utterance> utterances = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      for (int take = 0; take < 3; take++) {
        utterances.add(isolated("chords", take == 0 ? "anna" : "berta", digit, take));
      }
    }
    return new Corpus(
        utterances, List.of(new NoiseRecording("hum.wav", word(3, 500, 0, 9))), List.of());
  }

  public static void writeWav(Path file, short[] samples) throws IOException {
    Files.createDirectories(file.getParent());
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples.length);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
    wav.asShortBuffer().put(samples);
    Files.write(file, wav.array());
  }
}
