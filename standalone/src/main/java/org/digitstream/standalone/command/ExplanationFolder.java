package org.digitstream.standalone.command;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.digitstream.inference.spotting.Detection;
import org.digitstream.ingest.source.MonoWav;
import org.digitstream.standalone.explain.Explanation;
import org.digitstream.standalone.explain.Explanation.Output;
import org.digitstream.standalone.explain.Moment;
import org.digitstream.standalone.picture.ExplanationPictures;

/**
 * The folder that an explanation is written into.
 *
 * @param path where it is
 */
record ExplanationFolder(Path path) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * Makes the folder, before the work and not after it.
   *
   * @throws CommandFailure where nothing can be written into it
   */
  void requireWritable() {
    new EvaluationFolder(path).requireWritable();
  }

  /**
   * Writes all files.
   *
   * @param name what the stream is of
   * @param samples the audio around the moment, which begins with its first sample; none where it
   *     is not kept
   * @return their names
   */
  List<String> write(String name, Explanation explanation, short[] samples) throws IOException {
    List<String> names = new ArrayList<>();
    Map<String, BufferedImage> pictures = ExplanationPictures.of(name, explanation);
    for (Map.Entry<String, BufferedImage> picture : pictures.entrySet()) {
      ImageIO.write(picture.getValue(), "png", path.resolve(picture.getKey()).toFile());
      names.add(picture.getKey());
    }
    Files.write(path.resolve("probabilities.csv"), csv(explanation));
    names.add("probabilities.csv");
    Files.writeString(
        path.resolve("explanation.json"), JSON.writeValueAsString(json(name, explanation)) + "\n");
    names.add("explanation.json");
    Path wav = path.resolve("audio.wav");
    if (samples.length > 0) {
      Files.write(wav, MonoWav.bytes(samples, explanation.moment().sampleRateHz()));
      names.add("audio.wav");
    } else {
      // One of an earlier call would be of something else.
      Files.deleteIfExists(wav);
    }
    return names;
  }

  /** Floats are written with the fewest digits that read back to the same bits. */
  private static List<String> csv(Explanation explanation) {
    List<String> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("seconds", "sample", "frame"));
    header.addAll(explanation.classes());
    header.addAll(explanation.parts());
    lines.add(String.join(",", header));
    for (Output output : explanation.outputs()) {
      StringBuilder line = new StringBuilder();
      line.append(explanation.moment().seconds(output.sample()));
      line.append(',').append(output.sample()).append(',').append(output.frame());
      for (float value : output.probabilities()) {
        line.append(',').append(value);
      }
      for (float value : output.parts()) {
        line.append(',').append(value);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static ObjectNode json(String name, Explanation explanation) {
    Moment moment = explanation.moment();
    ObjectNode node = JSON.createObjectNode();
    node.put("source", name);
    node.put("atSample", moment.atSample());
    node.put("fromSample", moment.fromSample());
    node.put("toSample", moment.toSample());
    node.put("sampleRateHz", moment.sampleRateHz());
    node.put("modelId", explanation.modelId());
    node.put("featureSpecId", explanation.spec().id());
    node.put("threshold", explanation.threshold());
    add(node.putArray("heard"), explanation.heard());
    add(node.putArray("keptBack"), explanation.keptBack());
    return node;
  }

  private static void add(ArrayNode array, List<Detection> digits) {
    for (Detection digit : digits) {
      ObjectNode node = array.addObject();
      node.put("digit", digit.digit());
      node.put("startSample", digit.startSample());
      node.put("endSample", digit.endSample());
      node.put("confidence", digit.confidence());
      node.set("runnersUp", JSON.valueToTree(digit.runnersUp()));
    }
  }
}
