package org.digitstream.dashboards.live;

import org.digitstream.contract.FeatureSpec;

/**
 * The features that are shown, with what is costly to make of them for each stream. Immutable.
 *
 * @param spec how the frames are computed
 * @param id {@link FeatureSpec#id()} of it
 * @param bytes makes a picture of their values
 */
record ShownFeatures(FeatureSpec spec, String id, MelBytes bytes) {
  static ShownFeatures of(FeatureSpec spec) {
    return new ShownFeatures(spec, spec.id(), new MelBytes(spec));
  }
}
