package org.digitstream.standalone.command;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.ingest.source.WavReader;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.picture.MelPicture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code digitstream spectrogram}. */
@Command(
    name = "spectrogram",
    description =
        "Draws the log-mel frames of a recording, as the recognizer sees them: time to the right,"
            + " frequency upwards, level as colour.",
    footer = {
      "  digitstream spectrogram seven.wav -o seven.png",
      "  digitstream spectrogram seven.wav -o seven.png --feature-spec seed"
    })
final class SpectrogramCommand extends DigitstreamCommand {
  @Parameters(paramLabel = "FILE.wav", description = "The recording.")
  private Path recording;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.png",
      required = true,
      description = "Where the picture goes.")
  private Path output;

  @Mixin private FeatureSpecOption featureSpec;

  SpectrogramCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    if (!output.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw wrongUsage("the picture is a PNG: name it something.png, not " + output);
    }
    FeatureSpec spec = featureSpec.orDefault(this);
    float[] values =
        LogMelExtractor.extract(spec, WavReader.readMono(recording, spec.sampleRateHz()));
    if (values.length == 0) {
      throw new CommandFailure(
          recording
              + " is shorter than one frame ("
              + 1000L * spec.fftSamples() / spec.sampleRateHz()
              + " ms): there is nothing to draw");
    }
    BufferedImage picture =
        MelPicture.draw(recording.getFileName() + " (" + spec.id() + ")", spec, values);
    try {
      if (!ImageIO.write(picture, "png", output.toFile())) {
        throw new CommandFailure("this Java cannot write PNG files");
      }
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + output + ": " + e.getMessage(), e);
    }
    surroundings
        .out()
        .printf(
            "%s: %d frames of %d bands, %d x %d pixels%n",
            output,
            values.length / spec.bands(),
            spec.bands(),
            picture.getWidth(),
            picture.getHeight());
    return SUCCEEDED;
  }
}
