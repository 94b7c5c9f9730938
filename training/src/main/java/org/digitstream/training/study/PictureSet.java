package org.digitstream.training.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pictures of a corpus in memory.
 *
 * @param bands height of each
 * @param frames width of each
 * @param labels what each shows
 * @param pixels grey values of 0 to 1, {@code [band][frame]}, lowest band first; not copied
 */
public record PictureSet(int bands, int frames, List<Label> labels, float[][] pixels) {
  /**
   * What a picture shows.
   *
   * @param digit 0 to 9
   * @param corpus where it comes from
   * @param speaker who says it
   * @param name of the recording
   */
  public record Label(int digit, String corpus, String speaker, String name) {
    /** The corpus and the speaker, which together are one person. */
    public String person() {
      return corpus + "/" + speaker;
    }
  }

  /**
   * Checks that there is a label for each picture, and that they have one size.
   *
   * @throws IllegalArgumentException quoting the numbers that differ
   */
  public PictureSet {
    labels = List.copyOf(labels);
    if (labels.size() != pixels.length) {
      throw new IllegalArgumentException(
          labels.size() + " labels do not match " + pixels.length + " pictures");
    }
    for (float[] picture : pixels) {
      if (picture.length != bands * frames) {
        throw new IllegalArgumentException(
            picture.length + " values are not " + bands + " bands by " + frames + " frames");
      }
    }
  }

  /** Number of pictures. */
  public int size() {
    return pixels.length;
  }

  /** The pictures of some places. */
  float[][] pixels(int[] places) {
    float[][] chosen = new float[places.length][];
    for (int i = 0; i < places.length; i++) {
      chosen[i] = pixels[places[i]];
    }
    return chosen;
  }

  /** The pictures of some places, one after the other. */
  float[] joined(int[] places) {
    int length = bands * frames;
    float[] joined = new float[places.length * length];
    for (int i = 0; i < places.length; i++) {
      System.arraycopy(pixels[places[i]], 0, joined, i * length, length);
    }
    return joined;
  }

  /** The digits of some places. */
  int[] digits(int[] places) {
    return Arrays.stream(places).map(place -> labels.get(place).digit()).toArray();
  }

  /** How many people there are. */
  int people() {
    return (int) labels.stream().map(Label::person).distinct().count();
  }

  /** Who speaks in the pictures of some places, in alphabetical order. */
  List<String> speakers(int[] places) {
    return Arrays.stream(places)
        .mapToObj(place -> labels.get(place).speaker())
        .distinct()
        .sorted()
        .toList();
  }

  /** The first picture of each digit among some places. */
  float[][] examples(int[] places) {
    List<float[]> examples = new ArrayList<>();
    for (int digit = 0; digit < StudySettings.DIGITS; digit++) {
      int wanted = digit;
      Arrays.stream(places)
          .filter(place -> labels.get(place).digit() == wanted)
          .findFirst()
          .ifPresent(place -> examples.add(pixels[place]));
    }
    return examples.toArray(float[][]::new);
  }
}
