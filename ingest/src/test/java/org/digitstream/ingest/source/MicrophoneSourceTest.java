package org.digitstream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class MicrophoneSourceTest {
  private static final int RATE_HZ = 16_000;
  private static final long SECOND = 1_000_000_000;

  private final FakeTime time = new FakeTime();
  private final List<AudioChunk> chunks = new ArrayList<>();
  private final Heard heard = new Heard();

  /** A slow ramp: its value tells the time, and it survives resampling and rounding. */
  private static int ramp(long sample, int rateHz) {
    return (int) (sample * 1000 / rateHz);
  }

  @ParameterizedTest
  @CsvSource({"16000, 1", "48000, 1", "44100, 2", "8000, 1"})
  void everySampleArrivesAtItsIndex(int rateHz, int channels) throws Exception {
    FakeMicrophone microphone =
        new FakeMicrophone(time, rateHz, channels, rateHz / 2, s -> (short) ramp(s, rateHz));
    long samples = run(microphone, 3 * SECOND);
    assertThat(samples).isBetween(47_000L, 48_000L);
    assertContinuousUpToGaps();
    assertRampIsInPlace();
    assertThat(heard.gaps).isEmpty();
    assertThat(chunks.get(0).samples()).hasSize(320);
    assertThat(chunks.get(chunks.size() - 1).end()).isTrue();
    assertThat(chunks).filteredOn(AudioChunk::end).hasSize(1);
  }

  @Test
  void captureTimesAreThoseOfTheSamples() throws Exception {
    FakeMicrophone microphone =
        new FakeMicrophone(time, 48_000, 1, 24_000, s -> (short) ramp(s, 48_000));
    run(microphone, 2 * SECOND);
    for (AudioChunk chunk : chunks) {
      double trueMicros = FakeTime.START_MICROS + chunk.nextSample() * 62.5;
      assertThat((double) chunk.capturedAtMicros()).isCloseTo(trueMicros, within(16_000.0));
    }
  }

  @ParameterizedTest
  @CsvSource({"16000, 700", "48000, 700", "44100, 3000"})
  void anOverrunIsAGapOfWhatWasLostAndNothingIsSpliced(int rateHz, int stallMillis)
      throws Exception {
    FakeMicrophone microphone =
        new FakeMicrophone(time, rateHz, 1, rateHz / 2, s -> (short) ramp(s, rateHz));
    boolean[] stalled = {false};
    run(
        microphone,
        6 * SECOND,
        chunk -> {
          if (chunk.nextSample() >= 32_000 && !stalled[0]) {
            stalled[0] = true;
            time.pass(stallMillis * 1_000_000L);
          }
        });
    assertThat(heard.gaps).hasSize(1);
    assertThat(heard.gaps.get(0).reason()).isEqualTo(GapReason.OVERRUN);
    // Lost is the time of the stall, and up to a piece that had not been read before it.
    assertThat(heard.gaps.get(0).samples())
        .isBetween(stallMillis * 16L - 20, stallMillis * 16L + 700);
    assertContinuousUpToGaps();
    assertRampIsInPlace();
    assertThat(chunks).filteredOn(c -> c.gap() == GapReason.OVERRUN).hasSize(1);
  }

  @Test
  void aStallThatTheBufferHoldsLosesNothing() throws Exception {
    FakeMicrophone microphone =
        new FakeMicrophone(time, RATE_HZ, 1, 8_000, s -> (short) ramp(s, RATE_HZ));
    boolean[] stalled = {false};
    run(
        microphone,
        4 * SECOND,
        chunk -> {
          if (chunk.nextSample() >= 16_000 && !stalled[0]) {
            stalled[0] = true;
            time.pass(450_000_000);
          }
        });
    assertThat(heard.gaps).isEmpty();
    assertContinuousUpToGaps();
    assertRampIsInPlace();
  }

  @Test
  void aWallClockThatIsSetBackMakesNoGapAndMovesNoSample() throws Exception {
    FakeMicrophone microphone =
        new FakeMicrophone(time, RATE_HZ, 1, 8_000, s -> (short) ramp(s, RATE_HZ));
    boolean[] shifted = {false};
    run(
        microphone,
        4 * SECOND,
        chunk -> {
          if (chunk.nextSample() >= 16_000 && !shifted[0]) {
            shifted[0] = true;
            time.shiftWall(-3_600_000_000L);
          }
        });
    assertThat(shifted[0]).isTrue();
    assertThat(heard.gaps).isEmpty();
    assertContinuousUpToGaps();
    assertRampIsInPlace();
  }

  @Test
  void aDriftingClockIsNoOverrun() throws Exception {
    // Ten minutes of a card that runs 0.03 % slow: 2880 frames late at the end of a buffer of 1600.
    long[] card = {0};
    CaptureTimeline timeline = new CaptureTimeline(RATE_HZ, 1_600, 0);
    for (long nanos = 20_000_000; nanos < 600 * SECOND; nanos += 20_000_000) {
      int due = (int) (nanos * 1e-9 * RATE_HZ * 0.9997 - card[0]);
      assertThat(timeline.lostBeforeRead(nanos)).isZero();
      timeline.read(due, nanos);
      card[0] += due;
    }
    assertThat(timeline.position()).isEqualTo(card[0]);
  }

  @Test
  void aLostDeviceIsTriedEverySecondAndTheTimeIsAGap() throws Exception {
    FakeMicrophone microphone =
        new FakeMicrophone(time, RATE_HZ, 1, 8_000, s -> (short) ramp(s, RATE_HZ));
    time.onSleep(
        () ->
            microphone.broken(
                time.nanos() > 2 * SECOND && time.nanos() < 2 * SECOND + 3_500_000_000L));
    run(microphone, 9 * SECOND);
    assertThat(microphone.openings()).isEqualTo(2);
    assertThat(heard.gaps).hasSize(1);
    assertThat(heard.gaps.get(0).reason()).isEqualTo(GapReason.DEVICE_LOST);
    assertThat(heard.gaps.get(0).samples()).isBetween(56_000L, 72_500L);
    assertThat(heard.lost).isGreaterThanOrEqualTo(4);
    assertContinuousUpToGaps();
    assertRampIsInPlace();
  }

  @Test
  void aDeviceThatGivesNothingForTwoSecondsIsLost() throws Exception {
    FakeMicrophone microphone =
        new FakeMicrophone(time, RATE_HZ, 1, 8_000, s -> (short) ramp(s, RATE_HZ));
    time.onSleep(() -> microphone.mute(time.nanos() > 5 * SECOND && time.nanos() < 8 * SECOND));
    run(microphone, 12 * SECOND);
    assertThat(heard.gaps).extracting(Gap::reason).contains(GapReason.DEVICE_LOST);
    assertContinuousUpToGaps();
    assertRampIsInPlace();
  }

  @Test
  void stoppingWhileTheDeviceIsGoneSendsTheEndMarker() throws Exception {
    FakeMicrophone microphone =
        new FakeMicrophone(time, RATE_HZ, 1, 8_000, s -> (short) ramp(s, RATE_HZ));
    time.onSleep(() -> microphone.broken(time.nanos() > SECOND));
    run(microphone, 5 * SECOND);
    assertThat(chunks.get(chunks.size() - 1).end()).isTrue();
    assertContinuousUpToGaps();
  }

  @Test
  void digitalSilenceIsToldOnceUntilSoundReturns() throws Exception {
    FakeMicrophone microphone =
        new FakeMicrophone(
            time, 48_000, 1, 24_000, s -> (short) (s > 25 * 48_000 && s < 26 * 48_000 ? 1000 : 0));
    run(microphone, 38 * SECOND);
    assertThat(heard.silences).isEqualTo(2);
    assertThat(heard.returns).isEqualTo(1);
    assertThat(heard.levels).anyMatch(level -> Math.abs(level.rmsDbfs() + 30.3) < 0.3);
    assertThat(heard.levels.get(0)).isEqualTo(new SoundLevel(-120, -120));
  }

  @Test
  void aMicrophoneThatCannotBeOpenedSendsNothing() {
    FakeMicrophone microphone = new FakeMicrophone(time, RATE_HZ, 1, 8_000, s -> 0);
    microphone.broken(true);
    assertThatThrownBy(() -> run(microphone, SECOND))
        .isInstanceOf(MicrophoneException.class)
        .hasMessageContaining("broken");
    assertThat(chunks).isEmpty();
  }

  @Test
  void aSinkThatFailsEndsTheStreamWithoutAnEndMarker() {
    FakeMicrophone microphone = new FakeMicrophone(time, RATE_HZ, 1, 8_000, s -> 0);
    assertThatThrownBy(
            () ->
                run(
                    microphone,
                    SECOND,
                    chunk -> {
                      throw new IllegalStateException("no broker");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(chunks).noneMatch(AudioChunk::end);
  }

  private long run(FakeMicrophone microphone, long nanos) throws Exception {
    return run(microphone, nanos, chunk -> {});
  }

  private long run(FakeMicrophone microphone, long nanos, AudioSink also) throws Exception {
    MicrophoneSource source = new MicrophoneSource(microphone, RATE_HZ, time.timing(), heard);
    time.onSleep(
        () -> {
          if (time.nanos() >= nanos) {
            source.stop();
          }
        });
    return source.run(
        "id",
        chunk -> {
          chunks.add(chunk);
          also.accept(chunk);
        });
  }

  /** Every index jump is marked, and every mark is a jump. */
  private void assertContinuousUpToGaps() {
    long expected = 0;
    for (AudioChunk chunk : chunks) {
      if (chunk.gap() == GapReason.NONE) {
        assertThat(chunk.firstSample()).isEqualTo(expected);
      } else {
        assertThat(chunk.firstSample()).isGreaterThan(expected);
      }
      expected = chunk.nextSample();
    }
  }

  /**
   * Index and time agree within 2 ms everywhere but at the ends of runs, where the filter rings.
   */
  private void assertRampIsInPlace() {
    List<Long> edges = new ArrayList<>(List.of(0L));
    long next = 0;
    for (AudioChunk chunk : chunks) {
      if (chunk.gap() != GapReason.NONE) {
        edges.addAll(List.of(next, chunk.firstSample()));
      }
      next = chunk.nextSample();
    }
    edges.add(next);
    long compared = 0;
    for (AudioChunk chunk : chunks) {
      for (int i = 0; i < chunk.samples().length; i++) {
        long sample = chunk.firstSample() + i;
        if (edges.stream().allMatch(edge -> Math.abs(edge - sample) > 80)) {
          // The resampler's gain at 0 Hz is right within a thousandth.
          int expected = ramp(sample, RATE_HZ);
          assertThat(Math.abs(chunk.samples()[i] - expected))
              .isLessThanOrEqualTo(2 + expected / 1000);
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(30_000);
  }

  record Gap(GapReason reason, long samples) {}

  private static final class Heard implements MicrophoneListener {
    private final List<Gap> gaps = new ArrayList<>();
    private final List<SoundLevel> levels = new ArrayList<>();
    private int silences;
    private int returns;
    private int lost;

    @Override
    public void level(SoundLevel level) {
      levels.add(level);
    }

    @Override
    public void digitalSilence() {
      silences++;
    }

    @Override
    public void soundReturned() {
      returns++;
    }

    @Override
    public void deviceLost(String reason) {
      lost++;
    }

    @Override
    public void gap(GapReason reason, long lostSamples) {
      gaps.add(new Gap(reason, lostSamples));
    }
  }
}
