package org.digitstream.standalone.command;

import java.util.List;
import org.digitstream.training.study.StudySettings;
import picocli.CommandLine.Option;

/** How the study's networks are built and trained. */
final class StudyNetworkOptions {
  @Option(
      names = "--channels",
      split = ",",
      defaultValue = "16,32,32",
      description = "Outputs of each convolution (default: ${DEFAULT-VALUE}).")
  private List<Integer> channels;

  @Option(
      names = "--kernel",
      defaultValue = "6",
      description = "Side of their kernels (default: ${DEFAULT-VALUE}).")
  private int kernel;

  @Option(
      names = "--stride",
      defaultValue = "2",
      description = "Their stride (default: ${DEFAULT-VALUE}).")
  private int stride;

  @Option(
      names = "--batch",
      defaultValue = "30",
      description = "Pictures per update (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--epochs",
      defaultValue = "10",
      description = "Passes over the training part for a classifier (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--autoencoder-epochs",
      paramLabel = "EPOCHS",
      defaultValue = "30",
      description = "And for an autoencoder (default: ${DEFAULT-VALUE}).")
  private int autoencoderEpochs;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      defaultValue = "0.001",
      description = "Adam's (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--show-epochs",
      paramLabel = "EPOCHS",
      split = ",",
      defaultValue = "1,5,30",
      description =
          "Epochs after which the pictures are shown that an autoencoder gives back (default:"
              + " ${DEFAULT-VALUE}).")
  private List<Integer> shownEpochs;

  StudySettings settings(DigitstreamCommand command) {
    try {
      return new StudySettings(
          channels, kernel, stride, batch, epochs, autoencoderEpochs, learningRate, shownEpochs);
    } catch (IllegalArgumentException e) {
      throw command.wrongUsage(e.getMessage());
    }
  }
}
