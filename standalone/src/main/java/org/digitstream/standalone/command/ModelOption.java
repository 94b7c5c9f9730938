package org.digitstream.standalone.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.digitstream.inference.model.BundledModel;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.ModelException;
import picocli.CommandLine.Option;

/** Which model recognizes. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = {
        "What recognizes: 'strings', digits as people say them, run together or not; 'words', single"
            + " digits and digits with pauses between them; or a model file (default: strings)."
      })
  private String model;

  /**
   * The model.
   *
   * @throws ModelException if it cannot be read
   */
  ModelBundle load() {
    if (model == null) {
      return BundledModel.DEFAULT.load();
    }
    Optional<BundledModel> bundled = BundledModel.named(model);
    if (bundled.isPresent()) {
      return bundled.get().load();
    }
    Path file = Path.of(model);
    if (!model.contains(".") && Files.notExists(file)) {
      throw new ModelException(
          model
              + ": there is neither such a model file nor a model of that name; there are "
              + Arrays.stream(BundledModel.values())
                  .map(BundledModel::label)
                  .collect(Collectors.joining(" and ")));
    }
    return ModelBundle.read(file);
  }
}
