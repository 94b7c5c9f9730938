package org.digitstream.training.study;

import java.util.List;
import java.util.Map;

/**
 * What the pictures were made of.
 *
 * @param settings how they were made
 * @param corpora what was read
 * @param labels what each picture shows
 * @param leftOut how many recordings were left out, by reason
 * @param unreadable recordings that could not be used, with the reason
 */
record PicturesResult(
    PictureSettings settings,
    List<String> corpora,
    List<PictureSet.Label> labels,
    Map<String, Integer> leftOut,
    List<String> unreadable) {}
