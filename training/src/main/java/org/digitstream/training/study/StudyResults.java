package org.digitstream.training.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.digitstream.training.study.StudyFolder.Kept;

/** Everything that the steps left in a folder, by what it can be compared with. */
final class StudyResults {
  /** The classifiers that are compared, in the order of the report. */
  static final List<Net> NETS =
      List.of(
          new Net(2, Start.RANDOM),
          new Net(3, Start.RANDOM),
          new Net(3, Start.HIDDEN),
          new Net(3, Start.PICTURE));

  /**
   * One of the classifiers.
   *
   * @param layers number of convolutions
   * @param start what they were at first
   */
  record Net(int layers, Start start) {
    String description() {
      return layers + " layers, " + start.description();
    }
  }

  /**
   * One of the autoencoders.
   *
   * @param stage 1 for the first layer
   * @param start what it was trained for; of the first layer, {@link Start#HIDDEN}
   */
  record Codec(int stage, Start start) {
    String description() {
      return "layer "
          + stage
          + ", gives back "
          + (stage == 1 || start == Start.PICTURE ? "the picture" : "its own input");
    }
  }

  static final List<Codec> CODECS =
      List.of(
          new Codec(1, Start.HIDDEN),
          new Codec(2, Start.HIDDEN),
          new Codec(2, Start.PICTURE),
          new Codec(3, Start.HIDDEN),
          new Codec(3, Start.PICTURE));

  private final Kept<PicturesResult> pictures;
  private final Map<SplitKind, Map<Net, SortedMap<Long, Kept<ClassifierResult>>>> classifiers =
      new TreeMap<>();
  private final Map<SplitKind, Map<Codec, SortedMap<Long, Kept<AutoencoderResult>>>> codecs =
      new TreeMap<>();

  private StudyResults(Kept<PicturesResult> pictures) {
    this.pictures = pictures;
  }

  /**
   * Reads what is there.
   *
   * @throws StudyException where there are no pictures or no classifiers yet
   */
  static StudyResults read(StudyFolder folder) {
    StudyResults results = new StudyResults(new PictureArchive(folder).story());
    for (long seed : folder.seeds()) {
      for (SplitKind kind : SplitKind.values()) {
        results.read(folder, kind, seed);
      }
    }
    if (results.classifiers.isEmpty()) {
      throw new StudyException(
          "there is no classifier in "
              + folder.file("")
              + " yet: run 'digitstream train classify' or 'train study' first");
    }
    return results;
  }

  private void read(StudyFolder folder, SplitKind kind, long seed) {
    for (Net net : NETS) {
      folder
          .read(Step.classifier(kind, seed, net.layers, net.start), ClassifierResult.class)
          .filter(this::isOfThesePictures)
          .ifPresent(
              kept ->
                  classifiers
                      .computeIfAbsent(kind, k -> new LinkedHashMap<>())
                      .computeIfAbsent(net, n -> new TreeMap<>())
                      .put(seed, kept));
    }
    for (Codec codec : CODECS) {
      folder
          .read(Step.autoencoder(kind, seed, codec.stage, codec.start), AutoencoderResult.class)
          .filter(this::isOfThesePictures)
          .ifPresent(
              kept ->
                  codecs
                      .computeIfAbsent(kind, k -> new LinkedHashMap<>())
                      .computeIfAbsent(codec, c -> new TreeMap<>())
                      .put(seed, kept));
    }
  }

  private boolean isOfThesePictures(Kept<?> kept) {
    return pictures.fingerprint().equals(kept.settings().get("pictures"));
  }

  Kept<PicturesResult> pictures() {
    return pictures;
  }

  /** The splits with classifiers. */
  List<SplitKind> kinds() {
    return List.copyOf(classifiers.keySet());
  }

  /** By seed; empty where there are none. */
  SortedMap<Long, Kept<ClassifierResult>> classifiers(SplitKind kind, Net net) {
    return classifiers.getOrDefault(kind, Map.of()).getOrDefault(net, new TreeMap<>());
  }

  /** Whether there is a classifier that started from encoders. */
  boolean hasPretrained(SplitKind kind) {
    return NETS.stream()
        .anyMatch(net -> net.start != Start.RANDOM && !classifiers(kind, net).isEmpty());
  }

  /** By seed; empty where there are none. */
  SortedMap<Long, Kept<AutoencoderResult>> codecs(SplitKind kind, Codec codec) {
    return codecs.getOrDefault(kind, Map.of()).getOrDefault(codec, new TreeMap<>());
  }

  /** A number of each seed after an epoch, which all seeds have; none where no seed has. */
  Optional<Spread> spread(
      SplitKind kind, Net net, int epoch, ToDoubleFunction<ClassifierEpoch> number) {
    double[] values =
        classifiers(kind, net).values().stream()
            .filter(kept -> kept.result().epochs().size() > epoch)
            .mapToDouble(kept -> number.applyAsDouble(kept.result().epochs().get(epoch)))
            .toArray();
    return values.length == 0 ? Optional.empty() : Optional.of(Spread.of(values));
  }

  /**
   * By how much one classifier's test accuracy is above another's after an epoch, seed by seed;
   * only of seeds that both have.
   */
  double[] differences(SplitKind kind, Net one, Net other, int epoch) {
    SortedMap<Long, Kept<ClassifierResult>> others = classifiers(kind, other);
    return classifiers(kind, one).entrySet().stream()
        .filter(entry -> others.containsKey(entry.getKey()))
        .filter(entry -> entry.getValue().result().epochs().size() > epoch)
        .filter(entry -> others.get(entry.getKey()).result().epochs().size() > epoch)
        .mapToDouble(
            entry ->
                entry.getValue().result().epochs().get(epoch).testAccuracy()
                    - others.get(entry.getKey()).result().epochs().get(epoch).testAccuracy())
        .toArray();
  }

  /** A number of each seed's autoencoder; none where there is none. */
  Optional<Spread> spread(SplitKind kind, Codec codec, ToDoubleFunction<AutoencoderResult> number) {
    double[] values =
        codecs(kind, codec).values().stream()
            .mapToDouble(kept -> number.applyAsDouble(kept.result()))
            .toArray();
    return values.length == 0 ? Optional.empty() : Optional.of(Spread.of(values));
  }

  /** How many epochs all classifiers have. */
  int epochs() {
    return classifiers.values().stream()
        .flatMap(nets -> nets.values().stream())
        .flatMap(seeds -> seeds.values().stream())
        .mapToInt(kept -> kept.result().epochs().size() - 1)
        .min()
        .orElse(0);
  }

  /** Pictures trained on per second, over all that were trained. */
  List<Double> classifierSpeeds() {
    List<Double> speeds = new ArrayList<>();
    classifiers
        .values()
        .forEach(
            nets ->
                nets.values()
                    .forEach(
                        seeds ->
                            seeds
                                .values()
                                .forEach(k -> speeds.add(k.result().samplesPerSecond()))));
    return speeds;
  }
}
