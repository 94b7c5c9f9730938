package org.digitstream.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.inference.ModelFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelBundleTest {
  @TempDir Path folder;

  @Test
  void readIsTheInverseOfWrite() throws IOException {
    ModelBundle model = ModelFixtures.smallModel(7);
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
    replaceInJson(entries, "\"format\" : 1", "\"format\" : 2");
    assertThatThrownBy(() -> ModelBundle.read(zip(entries)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("format 2")
        .hasMessageContaining("format 1");
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
}
