package org.digitstream.training.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.digitstream.training.corpus.Corpus;
import org.digitstream.training.corpus.CorpusReader;
import org.digitstream.training.corpus.Utterance;
import org.digitstream.training.study.StudyFolder.Kept;

/** Step 1: the pictures of a study, made once and kept in its folder. Any thread. */
final class PictureArchive {
  private static final long PADDING_SEED = 1;

  private final StudyFolder folder;
  private PictureSet pictures;
  private Kept<PicturesResult> story;

  PictureArchive(StudyFolder folder) {
    this.folder = folder;
  }

  /** Makes the pictures where they are not there yet. */
  int make(
      List<Path> corpora,
      PictureSettings settings,
      RecordingSelection selection,
      StudyProgress progress)
      throws IOException {
    Map<String, String> wanted = wanted(corpora, settings, selection);
    Optional<Kept<PicturesResult>> kept = folder.find(Step.PICTURES, wanted, PicturesResult.class);
    if (kept.isPresent()) {
      progress.kept(Step.PICTURES.what(), 0);
      return kept.get().result().labels().size();
    }
    Corpus corpus =
        CorpusReader.read(corpora, settings.featureSpec().sampleRateHz(), progress::reading);
    corpus.unreadable().forEach(progress::leftOut);
    RecordingSelection.Selected selected = selection.select(corpus);
    int size = settings.featureSpec().bands() * settings.frames();
    float[] values = new float[selected.utterances().size() * size];
    List<PictureSet.Label> labels = new ArrayList<>();
    PictureExtractor extractor = new PictureExtractor(settings);
    for (Utterance utterance : selected.utterances()) {
      int at = labels.size();
      System.arraycopy(
          extractor.picture(utterance.samples(), PADDING_SEED + at), 0, values, at * size, size);
      labels.add(
          new PictureSet.Label(
              utterance.digits().get(0).digit(),
              utterance.corpus(),
              utterance.speaker(),
              utterance.name()));
    }
    folder.write(
        Step.PICTURES,
        wanted,
        new PicturesResult(
            settings, names(corpora), labels, selected.leftOut(), corpus.unreadable()),
        values);
    progress.made(Step.PICTURES.what(), summary(labels, selected, corpus));
    return labels.size();
  }

  private static Map<String, String> wanted(
      List<Path> corpora, PictureSettings settings, RecordingSelection selection) {
    Map<String, String> wanted = new LinkedHashMap<>();
    wanted.put("corpus", String.join(", ", names(corpora)));
    wanted.putAll(settings.settings());
    wanted.put("rates", selection.rateRule().id());
    wanted.put("slow rates left out up to", Integer.toString(selection.slowestRate()));
    wanted.put("fast rates left out from", Integer.toString(selection.fastestRate()));
    wanted.put(
        "speakers left out",
        selection.excludedSpeakers().isEmpty()
            ? "none"
            : String.join(", ", selection.excludedSpeakers().stream().sorted().toList()));
    return wanted;
  }

  private static List<String> names(List<Path> corpora) {
    return corpora.stream()
        .map(corpus -> corpus.toAbsolutePath().normalize().getFileName().toString())
        .toList();
  }

  private static String summary(
      List<PictureSet.Label> labels, RecordingSelection.Selected selected, Corpus corpus) {
    return labels.size()
        + " pictures of "
        + labels.stream().map(PictureSet.Label::person).distinct().count()
        + " speakers"
        + (selected.leftOut().isEmpty()
            ? ""
            : "; left out: " + RecordingSelection.describe(selected.leftOut()))
        + (corpus.unreadable().isEmpty()
            ? ""
            : "; could not be used: " + corpus.unreadable().size());
  }

  /**
   * What the pictures were made of.
   *
   * @throws StudyException where there are none yet
   */
  synchronized Kept<PicturesResult> story() {
    if (story == null) {
      story =
          folder
              .read(Step.PICTURES, PicturesResult.class)
              .orElseThrow(
                  () ->
                      new StudyException(
                          "there are no pictures in "
                              + folder.file("")
                              + " yet: run 'digitstream train spectrograms' first"));
    }
    return story;
  }

  /**
   * The pictures.
   *
   * @throws StudyException where there are none yet, or they are damaged
   */
  synchronized PictureSet pictures() {
    if (pictures == null) {
      PicturesResult result = story().result();
      int bands = result.settings().featureSpec().bands();
      int frames = result.settings().frames();
      float[] values = folder.values(Step.PICTURES, story());
      float[][] pixels = new float[result.labels().size()][];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = Arrays.copyOfRange(values, i * bands * frames, (i + 1) * bands * frames);
      }
      pictures = new PictureSet(bands, frames, result.labels(), pixels);
    }
    return pictures;
  }
}
