package org.digitstream.training.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.training.Speech;
import org.junit.jupiter.api.Test;

class PictureExtractorTest {
  private static final int BANDS = 16;
  private static final int FRAMES = 16;

  @Test
  void greyIsTheStreamsDecibelsClippedAndScaled() {
    PictureSettings settings = StudyFixtures.pictures(Padding.SILENCE, Span.RECORDING);
    short[] word = Speech.word(4, 300, 0, 1);
    float[] picture = new PictureExtractor(settings).picture(word, 1);
    float[] frames = LogMelExtractor.extract(settings.featureSpec(), word);
    for (int frame = 0; frame < frames.length / BANDS; frame++) {
      for (int band = 0; band < BANDS; band++) {
        double decibel = Math.max(-45, Math.min(45, frames[frame * BANDS + band]));
        assertThat(picture[band * FRAMES + frame]).isEqualTo((float) ((decibel + 45) / 90));
      }
    }
  }

  @Test
  void silenceIsBlackBehindAShortWord() {
    float[] picture = padded(Padding.SILENCE, 1);
    for (int band = 0; band < BANDS; band++) {
      assertThat(Arrays.copyOfRange(picture, band * FRAMES + 10, (band + 1) * FRAMES))
          .containsOnly(0f);
    }
  }

  @Test
  void noiseFillsTheWholeGreyRangeAndIsTheSameForASeed() {
    float[] picture = padded(Padding.NOISE, 1);
    double sum = 0;
    float least = 1;
    float most = 0;
    for (int band = 0; band < BANDS; band++) {
      for (int frame = 10; frame < FRAMES; frame++) {
        float value = picture[band * FRAMES + frame];
        sum += value;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    assertThat(sum / (BANDS * 6)).isBetween(0.35, 0.65);
    assertThat(least).isBetween(0f, 0.1f);
    assertThat(most).isBetween(0.9f, 1f);
    assertThat(padded(Padding.NOISE, 1)).isEqualTo(picture);
    assertThat(padded(Padding.NOISE, 2)).isNotEqualTo(picture);
  }

  /** 300 ms fill 9 of the 16 frames. */
  private static float[] padded(Padding padding, long seed) {
    return new PictureExtractor(StudyFixtures.pictures(padding, Span.RECORDING))
        .picture(Speech.word(4, 300, 0, 1), seed);
  }

  @Test
  void aLongRecordingShowsItsBeginning() {
    PictureExtractor extractor =
        new PictureExtractor(StudyFixtures.pictures(Padding.SILENCE, Span.RECORDING));
    short[] recording = Speech.word(2, 900, 0, 1);
    short[] longer = Arrays.copyOf(recording, 2 * recording.length);
    assertThat(extractor.picture(longer, 1)).isEqualTo(extractor.picture(recording, 1));
  }

  @Test
  void theWordIsShownWhereverItIsInTheRecording() {
    PictureExtractor extractor =
        new PictureExtractor(StudyFixtures.pictures(Padding.SILENCE, Span.WORD));
    int hop = 512;
    short[] word = Speech.word(5, 200, 0, 1);
    short[] early = Arrays.copyOf(new short[0], 60 * hop);
    short[] late = Arrays.copyOf(new short[0], 60 * hop);
    System.arraycopy(word, 0, early, 4 * hop, word.length);
    System.arraycopy(word, 0, late, 20 * hop, word.length);
    float[] picture = extractor.picture(late, 1);
    assertThat(picture).isEqualTo(extractor.picture(early, 1));
    assertThat(picture[7 * FRAMES]).as("the word from the first frame on").isGreaterThan(0.2f);
  }
}
