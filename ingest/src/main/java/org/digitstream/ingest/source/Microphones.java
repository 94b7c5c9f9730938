package org.digitstream.ingest.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;

/**
 * The microphones that Java Sound finds.
 *
 * <p><b>The rate.</b> A microphone is opened at a rate of its own, and resampled here: systems
 * convert badly as often as well. Where the device names its rates, it is opened at the one of the
 * stream if that is among them, else at 48, 44.1, 96, 32 kHz or the highest. Where it takes any
 * rate, as ALSA's and PulseAudio's devices do, something converts behind our back and its own rate
 * cannot be known; then 48 and 44.1 kHz are tried first, since nearly every device has one of them,
 * and the rate of the stream last. One channel is preferred to two.
 */
public final class Microphones {
  private static final List<Integer> USUAL_RATES_HZ = List.of(48_000, 44_100, 96_000, 32_000);
  private static final String NO_MICROPHONE =
      "no microphone was found: plug one in and check the sound settings of the system"
          + " (on Linux, 'arecord -l' must list it)";

  private Microphones() {}

  /** All of them, the system's default first where it has one. */
  public static List<MicrophoneInfo> list() {
    return found().values().stream().toList();
  }

  /**
   * The default microphone.
   *
   * @param sampleRateHz the rate of the stream
   * @throws MicrophoneException where there is none, saying what to do
   */
  public static Microphone byDefault(int sampleRateHz) throws MicrophoneException {
    Map<Mixer.Info, MicrophoneInfo> found = found();
    if (found.isEmpty()) {
      throw new MicrophoneException(NO_MICROPHONE);
    }
    return new JavaSoundMicrophone(found.values().iterator().next(), sampleRateHz);
  }

  /**
   * The microphone of a name.
   *
   * @param name its name, or a part of it that no other has; case does not matter
   * @param sampleRateHz the rate of the stream
   * @throws MicrophoneException where there is none or more than one, listing the names
   */
  public static Microphone named(String name, int sampleRateHz) throws MicrophoneException {
    List<MicrophoneInfo> found = list();
    List<String> names = found.stream().map(MicrophoneInfo::name).toList();
    return new JavaSoundMicrophone(found.get(choose(names, name)), sampleRateHz);
  }

  /** The index of the name that is meant: the same, or else the only one that contains it. */
  static int choose(List<String> names, String wanted) throws MicrophoneException {
    if (names.isEmpty()) {
      throw new MicrophoneException(NO_MICROPHONE);
    }
    String lower = wanted.toLowerCase(Locale.ROOT);
    int[] same =
        IntStream.range(0, names.size())
            .filter(i -> names.get(i).equalsIgnoreCase(wanted))
            .toArray();
    if (same.length > 0) {
      return same[0];
    }
    int[] containing =
        IntStream.range(0, names.size())
            .filter(i -> names.get(i).toLowerCase(Locale.ROOT).contains(lower))
            .toArray();
    if (containing.length == 1) {
      return containing[0];
    }
    throw new MicrophoneException(
        (containing.length == 0
                ? "no microphone is named '"
                : "more than one microphone is named '")
            + wanted
            + "'; there are: '"
            + String.join("', '", names)
            + "'");
  }

  /** The rates to try, the best first. */
  static List<Integer> ratesToTry(List<Integer> offeredHz, int wantedHz) {
    Set<Integer> rates = new LinkedHashSet<>();
    if (offeredHz.isEmpty()) {
      rates.addAll(List.of(48_000, 44_100, 32_000));
      rates.add(wantedHz);
    } else {
      if (offeredHz.contains(wantedHz)) {
        rates.add(wantedHz);
      }
      USUAL_RATES_HZ.stream().filter(offeredHz::contains).forEach(rates::add);
      for (int i = offeredHz.size() - 1; i >= 0; i--) {
        rates.add(offeredHz.get(i));
      }
    }
    return List.copyOf(rates);
  }

  private static Map<Mixer.Info, MicrophoneInfo> found() {
    Map<Mixer.Info, MicrophoneInfo> found = new LinkedHashMap<>();
    for (Mixer.Info mixer : AudioSystem.getMixerInfo()) {
      Set<Integer> ratesHz = new TreeSet<>();
      boolean any = false;
      for (Line.Info line : AudioSystem.getMixer(mixer).getTargetLineInfo()) {
        if (line instanceof DataLine.Info data
            && TargetDataLine.class.isAssignableFrom(data.getLineClass())) {
          for (AudioFormat format : data.getFormats()) {
            if (usable(format)) {
              any = true;
              ratesHz.add((int) format.getSampleRate());
            }
          }
        }
      }
      if (any) {
        boolean takesAny = ratesHz.contains(AudioSystem.NOT_SPECIFIED);
        found.put(
            mixer,
            new MicrophoneInfo(
                mixer.getName(),
                mixer.getDescription(),
                takesAny ? List.of() : List.copyOf(ratesHz)));
      }
    }
    return found;
  }

  private static boolean usable(AudioFormat format) {
    float rateHz = format.getSampleRate();
    return format.getEncoding().equals(AudioFormat.Encoding.PCM_SIGNED)
        && format.getSampleSizeInBits() == 16
        && !format.isBigEndian()
        && format.getChannels() <= 2
        && (rateHz == AudioSystem.NOT_SPECIFIED || (rateHz >= 8_000 && rateHz <= 96_000));
  }

  /**
   * A device of Java Sound, looked for by its name whenever it is opened: one that was unplugged
   * and plugged in again is another {@link Mixer.Info}, and the old one is refused for ever.
   */
  private record JavaSoundMicrophone(MicrophoneInfo info, int sampleRateHz) implements Microphone {
    @Override
    public String name() {
      return info.name();
    }

    @Override
    public CaptureLine open() throws MicrophoneException {
      Mixer.Info mixer = mixer();
      List<Exception> refusals = new ArrayList<>();
      for (int rateHz : ratesToTry(info.ratesHz(), sampleRateHz)) {
        for (int channels = 1; channels <= 2; channels++) {
          AudioFormat format = new AudioFormat(rateHz, 16, channels, true, false);
          try {
            return JavaSoundLine.open(AudioSystem.getTargetDataLine(format, mixer));
          } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
            refusals.add(e);
          }
        }
      }
      MicrophoneException exception =
          new MicrophoneException(
              "the microphone '"
                  + name()
                  + "' cannot be opened ("
                  + refusals.get(0).getMessage()
                  + "): close other programs that record from it, and allow this program to use it"
                  + " (Linux: be in the group 'audio'; macOS and Windows: the privacy settings of"
                  + " the microphone)",
              refusals.get(0));
      refusals.stream().skip(1).forEach(exception::addSuppressed);
      throw exception;
    }

    private Mixer.Info mixer() throws MicrophoneException {
      return found().entrySet().stream()
          .filter(entry -> entry.getValue().name().equals(name()))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElseThrow(
              () ->
                  new MicrophoneException(
                      "the microphone '" + name() + "' is not there: plug it in"));
    }
  }
}
