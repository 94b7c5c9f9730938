package org.digitstream.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.kernel.KernelClassifier;
import org.digitstream.training.Speech;
import org.digitstream.training.evaluation.OfflineRecognizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {
  @TempDir Path folder;

  private final Journal journal = new Journal();

  /** Remembers what was kept and what was made. */
  private static final class Journal implements StudyProgress {
    final List<String> kept = new ArrayList<>();
    final List<String> made = new ArrayList<>();
    long trained;

    @Override
    public void reading(int files) {}

    @Override
    public void leftOut(String problem) {}

    @Override
    public synchronized void trained(int pictures) {
      trained += pictures;
    }

    @Override
    public synchronized void kept(String what, long pictures) {
      kept.add(what);
      trained += pictures;
    }

    @Override
    public synchronized void made(String what, String result) {
      made.add(what);
    }
  }

  private Study study(String name, StudySettings settings, boolean overwrite) {
    return new Study(
        new StudyFolder(folder.resolve(name), overwrite), settings, journal, System::nanoTime);
  }

  private Study study(String name) {
    return study(name, StudyFixtures.SETTINGS, false);
  }

  private void spectrograms(Study study, Padding padding) throws IOException {
    study.spectrograms(
        List.of(StudyFixtures.corpus(folder.resolve("corpus"), 10)),
        StudyFixtures.pictures(padding, Span.RECORDING),
        RecordingSelection.STUDY);
  }

  private void whole(Study study) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      spectrograms(study, Padding.NOISE);
      WholeStudy whole =
          new WholeStudy(study, StudyFixtures.SETTINGS, List.of(Start.HIDDEN, Start.PICTURE));
      List<SplitKind> kinds = List.of(SplitKind.RANDOM, SplitKind.SPEAKER);
      journal.trained = 0;
      whole.run(kinds, List.of(1L, 2L), executor);
      assertThat(journal.trained).isEqualTo(whole.work(kinds, List.of(1L, 2L)));
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void theWholeStudyIsReportedWithItsNumbersAndGoesOnWhereItWasLeft() throws Exception {
    whole(study("once"));
    Path html = StudyReport.write(new StudyFolder(folder.resolve("once"), false));
    String markdown = Files.readString(folder.resolve("once/report.md"));

    double accuracy =
        study("once").classify(SplitKind.RANDOM, 1, 2, Start.RANDOM).last().testAccuracy();
    double other =
        study("once").classify(SplitKind.RANDOM, 2, 2, Start.RANDOM).last().testAccuracy();
    String mean = String.format(Locale.ROOT, "%.3f ± ", (accuracy + other) / 2);
    assertThat(markdown).contains(mean).contains("60 recordings of ten digits by 3 speakers");
    assertThat(Files.readString(html)).contains(mean);
    assertThat(Files.readString(folder.resolve("once/results.csv")))
        .contains(String.format(Locale.ROOT, "random,1,2,random,0,"))
        .contains("speaker,2,3,picture,2,");
    markdown
        .lines()
        .filter(line -> line.startsWith("!["))
        .map(line -> line.substring(line.lastIndexOf('(') + 1, line.length() - 1))
        .forEach(file -> assertThat(folder.resolve("once").resolve(file)).isNotEmptyFile());

    // Interrupted: what was not finished is missing.
    Path classifier = folder.resolve("once/seed-1/speaker/classifier-3-picture.floats");
    Path autoencoder = folder.resolve("once/seed-2/random/autoencoder-3-hidden.floats");
    byte[] classifierBits = Files.readAllBytes(classifier);
    byte[] autoencoderBits = Files.readAllBytes(autoencoder);
    Files.delete(folder.resolve("once/seed-1/speaker/classifier-3-picture.json"));
    Files.delete(folder.resolve("once/seed-2/random/autoencoder-3-hidden.json"));
    Files.write(classifier, new byte[8]);
    journal.made.clear();
    journal.kept.clear();
    whole(study("once"));
    assertThat(journal.made)
        .containsExactlyInAnyOrder(
            "seed 1, speakers apart: 3 layers, pretrained, the picture",
            "seed 2, random: autoencoder 3, its own input");
    assertThat(journal.kept).contains("spectrogram pictures");
    assertThat(Files.readAllBytes(classifier)).isEqualTo(classifierBits);
    assertThat(Files.readAllBytes(autoencoder)).isEqualTo(autoencoderBits);
  }

  @Test
  void anotherSettingIsRefusedAndNamedUnlessResultsAreToBeReplaced() throws IOException {
    spectrograms(study("a"), Padding.NOISE);
    assertThatThrownBy(() -> spectrograms(study("a"), Padding.SILENCE))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("padding was noise and is now silence")
        .hasMessageContaining("--overwrite");
    spectrograms(study("a", StudyFixtures.SETTINGS, true), Padding.SILENCE);

    study("a").classify(SplitKind.RANDOM, 1, 2, Start.RANDOM);
    StudySettings longer = new StudySettings(List.of(4, 4, 3), 3, 2, 10, 3, 2, 1e-2, List.of(1));
    assertThatThrownBy(
            () -> study("a", longer, false).classify(SplitKind.RANDOM, 1, 2, Start.RANDOM))
        .hasMessageContaining("epochs was 2 and is now 3");
  }

  @Test
  void encodersOfAnotherNetworkAreRefused() throws IOException {
    spectrograms(study("a"), Padding.NOISE);
    for (int stage = 1; stage <= 2; stage++) {
      study("a").autoencode(SplitKind.RANDOM, 1, stage, Start.HIDDEN);
    }
    StudySettings wider = new StudySettings(List.of(5, 4, 3), 3, 2, 10, 2, 2, 1e-2, List.of(1));
    assertThatThrownBy(
            () -> study("a", wider, false).classify(SplitKind.RANDOM, 1, 2, Start.HIDDEN))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("autoencoder-1.json is of another network")
        .hasMessageContaining("--channels");
  }

  @Test
  void aStepThatIsMissingIsNamed() throws IOException {
    assertThatThrownBy(() -> study("a").split(SplitKind.RANDOM, 1))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("train spectrograms");
    spectrograms(study("a"), Padding.NOISE);
    assertThatThrownBy(() -> study("a").classify(SplitKind.RANDOM, 1, 3, Start.HIDDEN))
        .hasMessageContaining("train autoencode");
    assertThatThrownBy(() -> StudyReport.write(new StudyFolder(folder.resolve("a"), false)))
        .hasMessageContaining("train classify");
  }

  @Test
  void damagedResultsAreRefused() throws IOException {
    spectrograms(study("a"), Padding.NOISE);
    Files.write(folder.resolve("a/pictures.floats"), new byte[4]);
    assertThatThrownBy(() -> study("a").classify(SplitKind.RANDOM, 1, 2, Start.RANDOM))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("pictures.floats is not what");
    Files.write(folder.resolve("a/pictures.json"), "{".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> study("a").split(SplitKind.RANDOM, 1))
        .hasMessageContaining("pictures.json is damaged");
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldAtOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertThatThrownBy(() -> new StudyFolder(file.resolve("study"), false))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("cannot write into " + file);
  }

  @Test
  void aCorpusWithoutADigitIsToldBeforeAnythingIsTrained() throws IOException {
    Path corpus = StudyFixtures.corpus(folder.resolve("nine"), 9);
    assertThatThrownBy(
            () ->
                study("a")
                    .spectrograms(
                        List.of(corpus),
                        StudyFixtures.pictures(Padding.NOISE, Span.RECORDING),
                        RecordingSelection.STUDY))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("digit 9");
    assertThat(folder.resolve("a/pictures.json")).doesNotExist();
  }

  @Test
  void aStudyModelRecognizesInTheStreamWhatItWasTaught() throws IOException {
    StudySettings settings = new StudySettings(List.of(8, 8), 3, 2, 6, 40, 1, 1e-2, List.of(1));
    StudyFolder studyFolder = new StudyFolder(folder.resolve("a"), false);
    Study study = new Study(studyFolder, settings, journal, System::nanoTime);
    study.spectrograms(
        List.of(StudyFixtures.corpus(folder.resolve("corpus"), 10)),
        StudyFixtures.pictures(Padding.SILENCE, Span.WORD),
        RecordingSelection.STUDY);
    ClassifierResult result = study.classify(SplitKind.RANDOM, 1, 2, Start.RANDOM);
    assertThat(result.last().trainingAccuracy()).isEqualTo(1);

    Clock clock = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);
    ModelBundle model =
        new ModelExport(studyFolder, settings, clock)
            .export(SplitKind.RANDOM, 1, 2, Start.RANDOM, "mini", 0);
    assertThat(model.provenance().corpora().get(0).recordings()).isEqualTo(54);
    assertThat(model.provenance().recipe()).containsEntry("span", "word");
    Path file = folder.resolve("mini.zip");
    model.write(file);
    ModelBundle read = ModelBundle.read(file);
    try (KernelClassifier classifier = KernelClassifier.load(read)) {
      OfflineRecognizer recognizer = new OfflineRecognizer(read, classifier);
      for (int digit = 0; digit < 10; digit++) {
        assertThat(recognizer.transcribe(Speech.word(digit, 300, 60, 100L * digit + 'a')))
            .isEqualTo(Integer.toString(digit));
      }
    }
  }

  @Test
  void noSpeakingRateIsLeftWhereTheBoundsMeet() {
    assertThatThrownBy(() -> new RecordingSelection(RateRule.YES, 100, 101, Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 100 and below 101");
  }
}
