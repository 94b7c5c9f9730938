package org.digitstream.training.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.digitstream.training.pretraining.EncoderStack;
import org.digitstream.training.pretraining.Stage;
import org.digitstream.training.study.StudyFolder.Kept;

/** What the autoencoders of the first layers learned, as their steps left it. */
final class LearnedStages {
  private final StudyFolder folder;

  LearnedStages(StudyFolder folder) {
    this.folder = folder;
  }

  /**
   * All layers of a stack.
   *
   * @param settings where the fingerprints of what was read are put
   * @throws StudyException where one is missing or of another network, saying which
   */
  List<Stage> read(
      EncoderStack stack, SplitKind kind, long seed, Start start, Map<String, String> settings) {
    List<Stage> stages = new ArrayList<>();
    for (int layer = 0; layer < stack.layers().size(); layer++) {
      Step step = Step.autoencoder(kind, seed, layer + 1, start);
      Kept<AutoencoderResult> kept =
          folder.read(step, AutoencoderResult.class).orElseThrow(() -> missing(step));
      stages.add(stage(step, kept, stack, layer));
      settings.put("autoencoder " + (layer + 1), kept.fingerprint());
    }
    return stages;
  }

  private Stage stage(Step step, Kept<AutoencoderResult> kept, EncoderStack stack, int layer) {
    float[] values = folder.values(step, kept);
    int encoder = stack.encoderParameters(layer);
    int decoder = stack.decoderParameters(layer);
    if (values.length != encoder + decoder) {
      throw new StudyException(
          String.format(
              "%s is of another network: it has %d weights, where layer %d of this one has %d. Give"
                  + " the same --channels, --kernel and --stride, or use another folder.",
              folder.file(step.path() + ".json"), values.length, layer + 1, encoder + decoder));
    }
    return new Stage(
        Arrays.copyOf(values, encoder), Arrays.copyOfRange(values, encoder, values.length));
  }

  private StudyException missing(Step step) {
    return new StudyException(
        "there is no "
            + folder.file(step.path() + ".json")
            + " yet: run 'digitstream train autoencode' with the same split and seed first");
  }
}
