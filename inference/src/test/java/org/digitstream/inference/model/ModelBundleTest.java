package org.digitstream.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.ModelFixtures;
import org.digitstream.inference.SingleWords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelBundleTest {
  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("models")
  void readIsTheInverseOfWrite(ModelBundle model) throws IOException {
    Path file = folder.resolve("deep/er/model.zip");
    model.write(file);

    ModelBundle read = ModelBundle.read(file);

    assertThat(read.modelId()).isEqualTo(model.modelId());
    assertThat(read.weights()).isEqualTo(model.weights());
    assertThat(read.featureSpec()).isEqualTo(model.featureSpec());
    assertThat(read.normalization()).isEqualTo(model.normalization());
    assertThat(read.network()).isEqualTo(model.network());
    assertThat(read.geometry()).isEqualTo(model.geometry());
    assertThat(read.spotter()).isEqualTo(model.spotter());
    assertThat(read.provenance()).isEqualTo(model.provenance());
    assertThat(file.resolveSibling("deep")).doesNotExist();
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  static List<ModelBundle> models() {
    return List.of(
        ModelFixtures.smallModel(7),
        ModelFixtures.smallPictureModel(7),
        ModelFixtures.smallStringModel(7),
        ModelFixtures.smallJudgedModel(7),
        SingleWords.MODEL);
  }

  /** A digit's model id is part of its identity, so a file's id stays what it was. */
  @ParameterizedTest
  @CsvSource({
    "small-format-1.zip, small-31fc9f49",
    "small-picture-format-2.zip, small-picture-df57e4e2",
    "small-judged-format-3.zip, small-strings-ae0d2c53"
  })
  void filesOfEveryFormatAreReadForEverAndKeepTheirIds(String name, String id) throws Exception {
    Path kept = Path.of(ModelBundleTest.class.getResource("/models/kept/" + name).toURI());
    ModelBundle model = ModelBundle.read(kept);
    assertThat(model.modelId()).isEqualTo(id);
    assertThat(model.weights())
        .startsWith(ModelFixtures.someWeights(model.network().parameterCount(), 7));
    Path again = folder.resolve("again.zip");
    model.write(again);
    assertThat(ModelBundle.read(again).modelId()).isEqualTo(id);
  }

  @Test
  void whenAndWhereAModelWasTrainedIsNoPartOfItsId() {
    ModelBundle model = ModelFixtures.smallPictureModel(7);
    Provenance other =
        new Provenance(
            "test", "2027-01-01T00:00:00Z", 1, Map.of(), List.of(), "", "another machine", 77);
    Provenance otherSeed = new Provenance("test", "", 2, Map.of(), List.of(), "", "", 0);
    assertThat(told(model, other).modelId()).isEqualTo(model.modelId());
    assertThat(told(model, otherSeed).modelId()).isNotEqualTo(model.modelId());
  }

  private static ModelBundle told(ModelBundle model, Provenance provenance) {
    return new ModelBundle(
        "small-picture",
        model.featureSpec(),
        model.normalization(),
        (PictureShape) model.network(),
        model.geometry().lookAheadFrames(),
        model.geometry().strideFrames(),
        model.spotter(),
        model.weights(),
        provenance);
  }

  @Test
  void onlyWhatOlderProgramsCannotReadIsOfTheNewFormat() throws IOException {
    assertThat(json(ModelFixtures.smallModel(7)))
        .contains("\"format\" : 1")
        .doesNotContain("\"type\"", "strideFrames");
    assertThat(json(ModelFixtures.smallPictureModel(7)))
        .contains("\"format\" : 2", "\"type\" : \"picture\"", "\"strideFrames\" : 6");
    assertThat(json(ModelFixtures.smallStringModel(7)))
        .contains("\"format\" : 2")
        .doesNotContain("judge");
    assertThat(json(ModelFixtures.smallJudgedModel(7)))
        .contains("\"format\" : 3", "\"judge\"", "\"units\" : 6");
  }

  @Test
  void aJudgeThatDoesNotFitIsRefused() throws IOException {
    for (String[] change :
        new String[][] {
          {"\"units\" : 6", "\"units\" : 7", "weights where its network and its judge have"},
          {"\"units\" : 6", "\"units\" : 0", "units 0"},
          {"\"share\" : 0.5", "\"share\" : 0.0", "share 0.0 is not above 0"},
          {"\"share\" : 0.5", "\"share\" : 1.5", "share 1.5"},
        }) {
      Map<String, byte[]> entries = entriesOf(ModelFixtures.smallJudgedModel(7));
      replaceInJson(entries, change[0], change[1]);
      assertThatThrownBy(() -> ModelBundle.read(zip(entries)))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("changed.zip")
          .hasMessageContaining(change[2]);
    }
    ModelBundle pictures = ModelFixtures.smallPictureModel(7);
    assertThatThrownBy(() -> pictures.withJudge(new JudgeShape(6, 0.5f), new float[10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parts of words");
  }

  @Test
  void aJudgeMakesAnotherModelOfTheSameNetwork() {
    ModelBundle plain = ModelFixtures.smallStringModel(7);
    ModelBundle judged = ModelFixtures.smallJudgedModel(7);
    assertThat(judged.modelId()).isNotEqualTo(plain.modelId());
    assertThat(judged.judge()).isPresent();
    assertThat(plain.judge()).isEmpty();
    assertThat(judged.withJudge(new JudgeShape(6, 0.5f), someJudge(judged)).weights())
        .hasSameSizeAs(judged.weights())
        .startsWith(plain.weights())
        .endsWith(someJudge(judged));
  }

  private static float[] someJudge(ModelBundle model) {
    int count = new JudgeShape(6, 0.5f).parameterCount(model.hidden());
    return ModelFixtures.someWeights(count, 99);
  }

  @Test
  void aPictureThatTheNetworkDoesNotFitIsRefused() throws IOException {
    for (String[] change :
        new String[][] {
          {"\"frames\" : 23", "\"frames\" : 3", "a kernel of 6x4 does not fit into 40x3"},
          {"\"frames\" : 23", "\"frames\" : 33", "weights where its network has"},
          {"\"strideFrames\" : 6", "\"strideFrames\" : 24", "strideFrames 24"},
          {"\"lookAheadFrames\" : 4", "\"lookAheadFrames\" : 23", "lookAheadFrames 23"},
          {"\"outputsPerBlock\" : 1", "\"outputsPerBlock\" : 2", "one output in each call, not 2"},
          {"\"type\" : \"picture\"", "\"type\" : \"sculpture\"", "sculpture"},
        }) {
      Map<String, byte[]> entries = entriesOf(ModelFixtures.smallPictureModel(7));
      replaceInJson(entries, change[0], change[1]);
      assertThatThrownBy(() -> ModelBundle.read(zip(entries)))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("changed.zip")
          .hasMessageContaining(change[2]);
    }
  }

  @Test
  void aNetworkThatKnowsDigitsOnlyIsNotListenedToAllTheTime() throws IOException {
    Map<String, byte[]> entries = entriesOf(SingleWords.MODEL);
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(entries.get("bundle.json"));
    Map<String, byte[]> continuous = entriesOf(ModelFixtures.smallModel(7));
    json.set("spotter", new ObjectMapper().readTree(continuous.get("bundle.json")).get("spotter"));
    entries.put("bundle.json", json.toString().getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> ModelBundle.read(zip(entries)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("not-a-digit")
        .hasMessageContaining("type onset");
  }

  @Test
  void partsOfWordsAreDecodedAndNothingElseIs() {
    ModelBundle strings = ModelFixtures.smallStringModel(1);
    ModelBundle words = ModelFixtures.smallModel(1);

    assertThatThrownBy(() -> strings.withSpotter(ModelFixtures.SPOTTER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("viterbi");
    assertThatThrownBy(() -> words.withSpotter(strings.spotter()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("viterbi");
  }

  @Test
  void aNetworkOverTimeIsNotCalledWordByWord() {
    assertThatThrownBy(() -> ModelFixtures.smallModel(7).withSpotter(SingleWords.ONSET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("need a network of pictures");
  }

  @Test
  void anOnsetThatReachesOutOfThePictureIsRefused() {
    Padding padding = Padding.constant(-45);
    assertThatThrownBy(
            () ->
                SingleWords.model(
                    new OnsetSettings(-40, 12, 8, 0.03f, 3, 40, 14, 6, 22, padding, 0.5f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than the 64 frames of a picture");
    assertThatThrownBy(() -> new OnsetSettings(-40, 8, 12, 1, 3, 4, 14, 6, 0, padding, 0.5f))
        .hasMessageContaining("leaveRise 12.0 is above enterRise 8.0");
    assertThatThrownBy(() -> new OnsetSettings(-40, 12, 8, 0, 3, 4, 14, 6, 0, padding, 0.5f))
        .hasMessageContaining("floorRisePerFrame 0.0");
    assertThatThrownBy(() -> new OnsetSettings(-40, 12, 8, 1, 3, 4, 0, 6, 0, padding, 0.5f))
        .hasMessageContaining("releaseFrames 0");
    assertThatThrownBy(() -> SingleWords.ONSET.withThreshold(1.5f))
        .hasMessageContaining("threshold 1.5");
  }

  @Test
  void aModelOfSingleWordsHasTenClassesAndACeiling() throws IOException {
    assertThat(SingleWords.MODEL.labels()).isEqualTo(ModelBundle.DIGITS);
    assertThat(json(SingleWords.MODEL))
        .contains("\"type\" : \"onset\"", "\"ceiling\" : 45.0", "\"format\" : 2");
    assertThat(json(ModelFixtures.smallPictureModel(7))).doesNotContain("ceiling");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    for (String what : new String[] {"normalization", "network", "spotter", "featureSpec"}) {
      Map<String, byte[]> entries = entriesOf(ModelFixtures.smallModel(7));
      ObjectNode json = (ObjectNode) new ObjectMapper().readTree(entries.get("bundle.json"));
      json.remove(what);
      entries.put("bundle.json", json.toString().getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> ModelBundle.read(zip(entries)))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(what + " is missing");
    }
  }

  @Test
  void theSameModelIsTheSameFile() throws IOException {
    Path a = folder.resolve("a.zip");
    Path b = folder.resolve("b.zip");
    ModelFixtures.smallModel(7).write(a);
    ModelFixtures.smallModel(7).write(b);

    assertThat(a).hasSameBinaryContentAs(b);
  }

  @Test
  void theIdTellsModelsApart() {
    ModelBundle model = ModelFixtures.smallModel(1);
    assertThat(model.modelId()).isNotEqualTo(ModelFixtures.smallModel(2).modelId());
    assertThat(model.modelId())
        .isNotEqualTo(model.withSpotter(new SpotterSettings(0.6f, 0.4f, 2, 3, 60, 0.3f)).modelId());
  }

  @Test
  void aCalibrationIsKeptTellsModelsApartAndNeedsTheNewFormat() throws IOException {
    ModelBundle model = ModelFixtures.smallModel(1);
    ModelBundle calibrated = model.withCalibration(new Calibration(0.5f, 2, -0.3f));
    Path file = folder.resolve("calibrated.zip");
    calibrated.write(file);
    assertThat(ModelBundle.read(file).calibration()).isEqualTo(new Calibration(0.5f, 2, -0.3f));
    assertThat(ModelBundle.read(file).modelId())
        .isEqualTo(calibrated.modelId())
        .isNotEqualTo(model.modelId());
    assertThat(model.calibration()).isEqualTo(Calibration.NONE);
    assertThat(calibrated.withCalibration(Calibration.NONE).modelId()).isEqualTo(model.modelId());
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> ModelBundle.read(folder.resolve("no.zip")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no.zip")
        .hasMessageContaining("no such model file");
  }

  @Test
  void aFileThatIsNoModelIsNamed() throws IOException {
    Path file = folder.resolve("letter.zip");
    Files.writeString(file, "Dear model, where are you?");
    assertThatThrownBy(() -> ModelBundle.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("letter.zip")
        .hasMessageContaining("not a digitstream model");
  }

  @Test
  void anEntryWhoseNameIsNoTextIsNoModel() throws IOException {
    Path file = folder.resolve("named.zip");
    ModelFixtures.smallModel(7).write(file);
    byte[] bytes = Files.readAllBytes(file);
    // The first letter of bundle.json, behind the 30 bytes of the entry's header.
    bytes[30] = (byte) 0xff;
    Files.write(file, bytes);
    assertThatThrownBy(() -> ModelBundle.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("named.zip is not a usable model");
  }

  @Test
  void changedWeightsAreNoticed() throws IOException {
    Map<String, byte[]> entries = entriesOf(ModelFixtures.smallModel(7));
    entries.get("weights.bin")[17] ^= 1;
    assertThatThrownBy(() -> ModelBundle.read(zip(entries)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void missingWeightsAreNoticed() throws IOException {
    Map<String, byte[]> entries = entriesOf(ModelFixtures.smallModel(7));
    entries.remove("weights.bin");
    assertThatThrownBy(() -> ModelBundle.read(zip(entries)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("weights.bin");
  }

  @Test
  void weightsThatGoOnForEverAreNotRead() throws IOException {
    Map<String, byte[]> entries = entriesOf(ModelFixtures.smallModel(7));
    entries.put("weights.bin", new byte[10_000_000]);
    assertThatThrownBy(() -> ModelBundle.read(zip(entries)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("larger than");
  }

  @Test
  void aFormatOfTheFutureSaysWhatToDo() throws IOException {
    Map<String, byte[]> entries = entriesOf(ModelFixtures.smallModel(7));
    replaceInJson(entries, "\"format\" : 1", "\"format\" : 4");
    assertThatThrownBy(() -> ModelBundle.read(zip(entries)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model format 4")
        .hasMessageContaining("up to 3");
  }

  @Test
  void absurdNumbersAreRefusedWithTheirValue() throws IOException {
    Map<String, byte[]> entries = entriesOf(ModelFixtures.smallModel(7));
    replaceInJson(entries, "\"lookAheadFrames\" : 3", "\"lookAheadFrames\" : 300");
    assertThatThrownBy(() -> ModelBundle.read(zip(entries)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("lookAheadFrames 300");
  }

  @Test
  void anotherFeatureSpecificationIsRefusedAndBothArePrinted() {
    ModelBundle model = ModelFixtures.smallModel(1);
    model.requireFeatureSpec(FeatureSpec.WIDEBAND);
    assertThatThrownBy(() -> model.requireFeatureSpec(FeatureSpec.SEED))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(FeatureSpec.SEED.id())
        .hasMessageContaining(FeatureSpec.WIDEBAND.id())
        .hasMessageContaining("--feature-spec wideband");
  }

  private String json(ModelBundle model) throws IOException {
    return new String(entriesOf(model).get("bundle.json"), StandardCharsets.UTF_8);
  }

  private Map<String, byte[]> entriesOf(ModelBundle model) throws IOException {
    Path file = folder.resolve("original.zip");
    model.write(file);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (String name : new String[] {"bundle.json", "weights.bin"}) {
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
          entries.put(name, in.readAllBytes());
        }
      }
    }
    return entries;
  }

  private static void replaceInJson(Map<String, byte[]> entries, String what, String by) {
    String json = new String(entries.get("bundle.json"), StandardCharsets.UTF_8);
    assertThat(json).contains(what);
    entries.put("bundle.json", json.replace(what, by).getBytes(StandardCharsets.UTF_8));
  }

  private Path zip(Map<String, byte[]> entries) throws IOException {
    Path file = folder.resolve("changed.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  @ParameterizedTest
  @EnumSource(BundledModel.class)
  void theModelsThatComeWithTheProgramAreFoundByTheirNames(BundledModel model) {
    assertThat(BundledModel.named(model.label())).contains(model);
    assertThat(model.load().network().classes())
        .isEqualTo(model == BundledModel.STRINGS ? WordParts.CLASSES : ModelBundle.LABELS.size());
  }
}
