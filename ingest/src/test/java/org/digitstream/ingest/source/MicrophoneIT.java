package org.digitstream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real {@code TargetDataLine}, fed by a PulseAudio null sink. */
@Timeout(120)
class MicrophoneIT {
  private static final int DEVICE_RATE_HZ = 48_000;
  private static final double LINE_BUFFER_MILLIS = 400;
  private static final Pattern RECORDED =
      Pattern.compile("RECORDED gaps=(\\d+) .*longestPause=([0-9.]+)ms");

  @TempDir private Path folder;

  @BeforeAll
  static void needsPulseAudio() {
    VirtualMicrophone.assumeInstalled();
  }

  @ParameterizedTest
  @ValueSource(ints = {48_000, 16_000})
  void whatIsPlayedArrivesSampleBySample(int rateHz) throws Exception {
    short[] played = noise();
    Path wav = folder.resolve("played.wav");
    Files.write(wav, new WavBytes().sampleRateHz(DEVICE_RATE_HZ).pcm16(played).toBytes());
    Path recording = folder.resolve("recording");
    List<String> said;
    try (VirtualMicrophone microphone = VirtualMicrophone.start(folder, DEVICE_RATE_HZ)) {
      said = record(microphone, wav, rateHz, recording);
      for (int again = 0; again < 2 && wasKeptWaiting(said); again++) {
        Files.delete(recording);
        said = record(microphone, wav, rateHz, recording);
      }
    }
    short[] recorded = samples(recording);
    assertThat(said).anyMatch(line -> line.startsWith("MICROPHONE") && line.contains("default"));
    assertThat(said).anyMatch(line -> line.startsWith("RECORDED gaps=0 "));
    // The playback starts anywhere between two samples of the lower rate.
    int phases = DEVICE_RATE_HZ / rateHz;
    Match best = new Match(-1, -1, 0, 0, 0, 0);
    for (int phase = 0; phase < phases; phase++) {
      Match match = Match.of(resampled(played, phase, rateHz), recorded);
      best = match.equalSamples() > best.equalSamples() ? match : best;
    }
    System.out.println(
        "microphone at " + rateHz + " Hz: " + best + ", " + said.get(said.size() - 1));
    assertThat((double) best.equalSamples() / best.samples()).isEqualTo(1.0);
  }

  /**
   * Whether the recorder did not get a processor for longer than the line's buffer lasts, and said
   * so by a gap, as it should: that tells of the machine, not of the recorder.
   */
  private static boolean wasKeptWaiting(List<String> said) {
    Matcher last = RECORDED.matcher(said.get(said.size() - 1));
    return last.matches()
        && Integer.parseInt(last.group(1)) > 0
        && Double.parseDouble(last.group(2)) > LINE_BUFFER_MILLIS;
  }

  private List<String> record(VirtualMicrophone microphone, Path wav, int rateHz, Path recording)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            MicrophoneRecorder.class.getName(),
            Integer.toString(rateHz),
            recording.toString());
    builder.environment().putAll(microphone.environment());
    Process recorder = builder.redirectErrorStream(true).start();
    List<String> said = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(recorder.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        said.add(line);
        if (line.equals("READY")) {
          assertThat(microphone.play(wav).waitFor()).isZero();
          awaitPlayed(recording, rateHz);
          recorder.getOutputStream().close();
        }
      }
      assertThat(recorder.waitFor()).as(String.join("\n", said)).isZero();
    } finally {
      recorder.destroyForcibly();
    }
    return said;
  }

  /** What was played is in the recording when half a second of silence follows it. */
  private static void awaitPlayed(Path recording, int rateHz) {
    await()
        .until(
            () -> {
              short[] recorded = samples(recording);
              int last = recorded.length - 1;
              while (last >= 0 && recorded[last] == 0) {
                last--;
              }
              return last > 0 && recorded.length - last > rateHz / 2;
            });
  }

  private static short[] resampled(short[] played, int phase, int rateHz) {
    StreamResampler resampler = new StreamResampler(DEVICE_RATE_HZ, rateHz);
    float[] shifted = new float[played.length + phase];
    for (int i = 0; i < played.length; i++) {
      shifted[i + phase] = played[i] / 32768f;
    }
    SampleBuffer samples = new SampleBuffer();
    samples.append(Pcm16.fromFloats(resampler.accept(shifted)));
    samples.append(Pcm16.fromFloats(resampler.finish()));
    return samples.toArray();
  }

  private static short[] noise() {
    Random random = new Random(7);
    short[] samples = new short[3 * DEVICE_RATE_HZ];
    double smooth = 0;
    // The null sink may swallow some 10 ms of what is played first: let it be silence.
    for (int i = DEVICE_RATE_HZ / 10; i < samples.length; i++) {
      smooth += 0.3 * (random.nextGaussian() - smooth);
      samples[i] = (short) (6000 * smooth);
    }
    return samples;
  }

  private static short[] samples(Path recording) throws IOException {
    byte[] bytes = Files.readAllBytes(recording);
    short[] samples = new short[bytes.length / 2];
    ByteBuffer.wrap(bytes).asShortBuffer().get(samples);
    return samples;
  }

  /** Where one signal lies in another, and how much of it is the same to the bit. */
  private record Match(
      int at,
      int equalSamples,
      int samples,
      int firstDifferent,
      int lastDifferent,
      int largestDifference) {
    static Match of(short[] wanted, short[] recorded) {
      // The silence at the start and the filter's ringing around the sound are left out.
      short[] middle = Arrays.copyOfRange(wanted, wanted.length / 20, wanted.length - 200);
      int best = 0;
      double bestScore = Double.NEGATIVE_INFINITY;
      for (int at = 0; at + middle.length <= recorded.length; at++) {
        double score = 0;
        for (int i = 0; i < 400; i++) {
          score -= Math.abs(recorded[at + i] - middle[i]);
        }
        if (score > bestScore) {
          bestScore = score;
          best = at;
        }
      }
      int equal = 0;
      int first = -1;
      int last = -1;
      int most = 0;
      for (int i = 0; i < middle.length; i++) {
        int difference = Math.abs(recorded[best + i] - middle[i]);
        equal += difference == 0 ? 1 : 0;
        if (difference > 0) {
          first = first < 0 ? i : first;
          last = i;
          most = Math.max(most, difference);
        }
      }
      return new Match(best, equal, middle.length, first, last, most);
    }
  }
}
