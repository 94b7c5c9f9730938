package org.digitstream.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.beans.XMLDecoder;
import java.io.Externalizable;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import javax.script.ScriptEngine;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The rules of "Modules" in ARCHITECTURE.md that a list of Maven dependencies cannot express. This
 * module sees all others, so one test holds for all of them.
 */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.digitstream");

  /** Pure computation: the same input gives the same bits, whenever and wherever it runs. */
  private static final String[] CORE = {
    "org.digitstream.contract..",
    "org.digitstream.features.dsp..",
    "org.digitstream.inference.model",
    "org.digitstream.inference.spotting..",
  };

  /** A module, and the packages of other modules that it may use. */
  private static final Map<String, List<String>> ARROWS =
      Map.of(
          "contract", List.of(),
          "runtime", List.of("contract.."),
          "ingest", List.of("contract..", "runtime.."),
          "features", List.of("contract..", "runtime.."),
          "inference", List.of("contract..", "runtime.."),
          "dashboards", List.of("contract..", "runtime.."),
          "training",
              List.of(
                  "contract",
                  "contract.wire..",
                  "ingest.source..",
                  "features.dsp..",
                  "inference.model..",
                  "inference.spotting.."));

  @Test
  void everyModuleIsSeen() {
    for (String module : ARROWS.keySet()) {
      assertThat(Files.isDirectory(Path.of("..", module))).as("module %s", module).isTrue();
    }
    for (String module : List.of("contract", "features", "inference", "ingest", "runtime")) {
      assertThat(CLASSES.stream().anyMatch(c -> c.getPackageName().startsWith(of(module))))
          .as("classes of %s", module)
          .isTrue();
    }
  }

  @TestFactory
  Stream<DynamicTest> modulesUseOnlyWhatTheirArrowsAllow() {
    return ARROWS.entrySet().stream()
        .map(
            arrow ->
                DynamicTest.dynamicTest(
                    arrow.getKey(),
                    () -> {
                      String own = of(arrow.getKey()) + "..";
                      String[] allowed =
                          Stream.concat(
                                  Stream.of(own),
                                  arrow.getValue().stream().map(ArchitectureTest::of))
                              .toArray(String[]::new);
                      noClasses()
                          .that()
                          .resideInAPackage(own)
                          .should()
                          .dependOnClassesThat(
                              resideInAnyPackage("org.digitstream..")
                                  .and(resideOutsideOfPackages(allowed)))
                          .allowEmptyShould(true)
                          .check(CLASSES);
                    }));
  }

  private static String of(String module) {
    return "org.digitstream." + module;
  }

  @Test
  void kafkaStaysInTheShell() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "org.digitstream..kafka..",
            "org.digitstream.contract.serde..",
            "org.digitstream.runtime..",
            "org.digitstream.standalone..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "kafka..")
        .check(CLASSES);
  }

  @Test
  void nothingOutsideTheShellKnowsTheShell() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.digitstream.contract",
            "org.digitstream.contract.wire..",
            "org.digitstream.ingest.source..",
            "org.digitstream.features.dsp..",
            "org.digitstream.inference.model..",
            "org.digitstream.inference.spotting..",
            "org.digitstream.training..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.digitstream.runtime..",
            "org.digitstream.contract.serde..",
            "org.digitstream..kafka..")
        .check(CLASSES);
  }

  @Test
  void theNeuralNetworkLibraryStaysBehindOneInterface() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.digitstream..dl4j..", "org.digitstream.training..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void soundDevicesAndFilesStayInTheSources() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.digitstream..source..", "org.digitstream.training..corpus..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("javax.sound..")
        .check(CLASSES);
  }

  @Test
  void theSignalProcessingLibraryStaysInTheSourcesAndTheFeatures() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.digitstream..source..", "org.digitstream.features.dsp..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("be.tarsos..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.digitstream.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theCoreHasNoClockAndNoChance() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Clock.class, UUID.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.random..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Math.class, "random")
        .check(CLASSES);
  }

  @Test
  void theCoreDoesNotLogOrPrint() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.slf4j..", "java.util.logging..", "ch.qos.logback..", "io.micrometer..")
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  @Test
  void theCoreHasNoStaticState() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat(
            resideInAnyPackage(CORE).and(resideOutsideOfPackages("..contract.proto..")))
        .should()
        .beFinal()
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineTalksToTheTerminal() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.digitstream.standalone..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  /** What comes from outside, a model above all, is data: nothing in it can name a class to run. */
  @Test
  void nothingIsReadByJavaSerializationOrMadeFromANameInAFile() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            ObjectInputStream.class,
            ObjectOutputStream.class,
            ObjectInputFilter.class,
            Externalizable.class,
            XMLDecoder.class,
            ClassLoader.class,
            URLClassLoader.class,
            ScriptEngine.class)
        .orShould()
        .callMethod(Class.class, "forName", String.class)
        .orShould()
        .callMethodWhere(
            describe(
                "restores a DL4J or ND4J model of its own format",
                call ->
                    call.getTargetOwner().getName().startsWith("org.deeplearning4j.util.Model")))
        .check(CLASSES);
  }

  @Test
  void theServerOfThePageKnowsNoFiles() {
    noClasses()
        .that()
        .resideInAnyPackage("org.digitstream.dashboards..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.nio.file..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(File.class, FileInputStream.class, FileOutputStream.class)
        .check(CLASSES);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Manager|Helper|Common|Impl)(\\$.*)?")
        .check(CLASSES);
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    for (String module :
        Stream.concat(ARROWS.keySet().stream(), Stream.of("standalone")).toList()) {
      Path sources = Path.of("..", module, "src/main/java/org/digitstream");
      try (Stream<Path> files = Files.walk(sources)) {
        List<Path> packages =
            files
                .filter(file -> file.toString().endsWith(".java"))
                .map(Path::getParent)
                .distinct()
                .toList();
        assertThat(packages)
            .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
      }
    }
  }
}
