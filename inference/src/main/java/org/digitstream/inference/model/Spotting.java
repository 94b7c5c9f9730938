package org.digitstream.inference.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * How a network's probabilities become digits. Where the network is called all the time and knows
 * what is no digit: {@link SpotterSettings} for one whose outputs speak of every moment of a word,
 * {@link PeakSettings} for one whose outputs tell that a word is over, {@link ViterbiSettings} for
 * one that tells the parts of words. {@link OnsetSettings} where a word is found by its level first
 * and the network is called once for it.
 *
 * <p>In a model file these say {@code "type": "peak"}, {@code "viterbi"} and {@code "onset"};
 * {@link SpotterSettings} say nothing, as the first files did.
 */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    include = JsonTypeInfo.As.EXISTING_PROPERTY,
    property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SpotterSettings.class, name = SpotterSettings.TYPE),
  @JsonSubTypes.Type(value = PeakSettings.class, name = PeakSettings.TYPE),
  @JsonSubTypes.Type(value = ViterbiSettings.class, name = ViterbiSettings.TYPE),
  @JsonSubTypes.Type(value = OnsetSettings.class, name = OnsetSettings.TYPE)
})
public sealed interface Spotting
    permits SpotterSettings, PeakSettings, ViterbiSettings, OnsetSettings {
  /**
   * The least confidence of a digit that is reported, 0 to 1, as the model's {@link Calibration}
   * makes it.
   */
  float threshold();

  /** The same with another {@link #threshold()}. */
  Spotting withThreshold(float threshold);
}
