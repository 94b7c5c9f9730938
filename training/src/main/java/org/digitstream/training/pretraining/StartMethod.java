package org.digitstream.training.pretraining;

import java.util.Locale;

/** Where the convolutions of a classifier start from. */
public enum StartMethod {
  /** Random numbers. */
  RANDOM(Corruption.NONE),
  /** The encoders of autoencoders, learned layer by layer. */
  AUTOENCODER(Corruption.NONE),
  /** The same, of autoencoders that see their input with 30 % of its values put to 0. */
  DENOISING(new Corruption(0.3, 0));

  private final Corruption corruption;

  StartMethod(Corruption corruption) {
    this.corruption = corruption;
  }

  /** What is done to the autoencoders' input. */
  public Corruption corruption() {
    return corruption;
  }

  /** In lower case, as options and files have it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
