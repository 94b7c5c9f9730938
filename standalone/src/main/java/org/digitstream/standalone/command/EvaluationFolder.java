package org.digitstream.standalone.command;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.digitstream.standalone.picture.EvaluationPictures;
import org.digitstream.standalone.picture.StreamPicture;
import org.digitstream.training.continuous.StreamReport;
import org.digitstream.training.continuous.StreamSheet;
import org.digitstream.training.evaluation.AnswerSheet;
import org.digitstream.training.evaluation.Evaluation;
import org.digitstream.training.evaluation.EvaluationJson;

/**
 * The folder that an evaluation is written into.
 *
 * @param path where it is
 */
record EvaluationFolder(Path path) {
  private static final String ANSWERS = "answers.jsonl";
  private static final String STREAM_ANSWERS = "stream-answers.jsonl";

  /**
   * Makes the folder, before the work and not after it.
   *
   * @throws CommandFailure where nothing can be written into it
   */
  void requireWritable() {
    try {
      Files.createDirectories(path);
      Files.delete(Files.createTempFile(path, "digitstream", ".part"));
    } catch (IOException e) {
      throw new CommandFailure("cannot write into " + path + ": " + e.getMessage(), e);
    }
  }

  /** Writes the answers, what is counted from them, and pictures of it. */
  void write(AnswerSheet sheet) throws IOException {
    Files.write(path.resolve(ANSWERS), sheet.lines().toList());
    Files.writeString(path.resolve("evaluation.json"), EvaluationJson.of(sheet) + "\n");
    Map<String, BufferedImage> pictures = EvaluationPictures.of(new Evaluation(sheet.answers()));
    for (Map.Entry<String, BufferedImage> picture : pictures.entrySet()) {
      ImageIO.write(picture.getValue(), "png", path.resolve(picture.getKey()).toFile());
    }
  }

  /** Writes what was heard in streams, what is counted of it, and a picture. */
  void write(StreamReport report) throws IOException {
    Files.write(path.resolve(STREAM_ANSWERS), report.sheet().lines().toList());
    List<StreamReport.Point> curve = report.curve();
    Files.writeString(path.resolve("stream.json"), report.json(curve).toPrettyString() + "\n");
    ImageIO.write(
        StreamPicture.draw(report.sheet(), curve),
        "png",
        path.resolve("stream-curve.png").toFile());
  }

  /** Writes how much there was to do; unlike all else, it is not the same each time. */
  void write(StreamEvaluation.Effort effort) throws IOException {
    Files.writeString(
        path.resolve("effort.json"),
        String.format(
            Locale.ROOT,
            "{\"cpuSeconds\": %.3f, \"audioSeconds\": %.3f}%n",
            effort.cpuSeconds(),
            effort.audioSeconds()));
  }

  /**
   * The answers in a folder that {@link #write} filled, or in such a file of answers.
   *
   * @throws CommandFailure where it holds none
   */
  AnswerSheet read() throws IOException {
    return read(ANSWERS, "evaluate -o", AnswerSheet::parse);
  }

  /**
   * The same of what was heard in streams.
   *
   * @throws CommandFailure where it holds none
   */
  StreamSheet readStream() throws IOException {
    return read(STREAM_ANSWERS, "evaluate --stream -o", StreamSheet::parse);
  }

  private <S> S read(String name, String writer, Function<List<String>, S> parse)
      throws IOException {
    Path file = Files.isDirectory(path) ? path.resolve(name) : path;
    if (!Files.exists(file)) {
      throw new CommandFailure(file + ": there is no such file; '" + writer + "' writes it");
    }
    try {
      return parse.apply(Files.readAllLines(file));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(file + " holds no answers of an evaluation: " + e.getMessage(), e);
    }
  }
}
