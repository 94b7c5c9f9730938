package org.digitstream.training.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.features.dsp.LogMelExtractor;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.OnsetSettings;
import org.digitstream.inference.model.PictureShape;
import org.digitstream.inference.model.Provenance;
import org.digitstream.inference.model.WindowClassifier;
import org.digitstream.inference.spotting.StreamRecognizer;

/**
 * Hears recordings as the stream does and keeps the pictures that it hands to the network: so a
 * network can be trained on exactly what it will see.
 */
final class StreamPictures implements WindowClassifier {
  private final ModelBundle model;
  private final List<float[]> heard = new ArrayList<>();

  StreamPictures(PictureSettings settings) {
    FeatureSpec spec = settings.featureSpec();
    // Any network will do: what it says is not used.
    PictureShape shape =
        new PictureShape(
            spec.bands(),
            settings.frames(),
            List.of(PictureShape.Convolution.square(1, 1, 1)),
            StudySettings.DIGITS);
    model =
        new ModelBundle(
            "listener",
            spec,
            settings.normalization(),
            shape,
            OnsetSettings.ofStudyPictures(settings.streamPadding(), 0),
            new float[shape.parameterCount()],
            new Provenance("", "", 0, Map.of(), List.of(), "", "", 0));
  }

  /**
   * The first word of a recording.
   *
   * @return {@code [frame][band]} as the features come, with padding after the word; none where no
   *     word is heard
   */
  Optional<float[]> firstWord(short[] samples) {
    heard.clear();
    StreamRecognizer recognizer = new StreamRecognizer(model, this);
    recognizer.accept(0, LogMelExtractor.extract(model.featureSpec(), samples));
    recognizer.finish();
    return heard.stream().findFirst();
  }

  @Override
  public float[] classify(float[] window) {
    heard.add(window.clone());
    return new float[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  }

  @Override
  public String engineId() {
    return "none";
  }

  @Override
  public void close() {}
}
