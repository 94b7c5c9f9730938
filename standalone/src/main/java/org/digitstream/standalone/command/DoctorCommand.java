package org.digitstream.standalone.command;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.ModelException;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.doctor.Finding;
import org.digitstream.standalone.doctor.JavaCheck;
import org.digitstream.standalone.doctor.MicrophoneCheck;
import org.digitstream.standalone.doctor.ModelCheck;
import org.digitstream.standalone.doctor.RoundTripCheck;
import org.digitstream.standalone.doctor.TrainingCheck;
import org.digitstream.standalone.pipeline.Pipeline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code digitstream doctor}. */
@Command(
    name = "doctor",
    description =
        "Checks Java, the model and its engine, the microphones, and the way of audio through Kafka;"
            + " says what is wrong and what to do.",
    footer = {
      "  digitstream doctor",
      "  digitstream doctor --bootstrap-servers kafka:9092",
      "",
      "The exit code is 1 if something is broken; a missing microphone is only a warning."
    })
final class DoctorCommand extends DigitstreamCommand {
  @Mixin private PipelineOptions options;

  private final List<Finding> findings = new ArrayList<>();

  DoctorCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    tell(
        JavaCheck.run(
            Runtime.version().feature(),
            Runtime.version() + " on " + System.getProperty("os.name")),
        surroundings);
    ModelBundle model = checkModel(surroundings);
    for (Finding finding : MicrophoneCheck.run()) {
      tell(finding, surroundings);
    }
    if (model != null) {
      checkRoundTrip(model, surroundings);
      tell(TrainingCheck.run(model), surroundings);
    }
    boolean broken = findings.stream().anyMatch(f -> f.state() == Finding.State.BROKEN);
    surroundings.out().println(broken ? "something is broken: see the lines with \u2717" : "ready");
    return broken ? FAILED : SUCCEEDED;
  }

  /** The model, or null where none can be used. */
  private ModelBundle checkModel(Surroundings surroundings) {
    try {
      ModelBundle model = options.model();
      tell(ModelCheck.run(model), surroundings);
      return model;
    } catch (ModelException e) {
      tell(new Finding(Finding.State.BROKEN, "model", e.getMessage()), surroundings);
      return null;
    }
  }

  private void checkRoundTrip(ModelBundle model, Surroundings surroundings)
      throws InterruptedException {
    try (Pipeline pipeline = options.open(this, model, false, event -> {})) {
      tell(
          RoundTripCheck.run(
              pipeline,
              UUID.randomUUID().toString(),
              model.featureSpec().sampleRateHz(),
              options.where(),
              Clock.systemUTC()),
          surroundings);
    } catch (InterruptedException | picocli.CommandLine.ParameterException e) {
      throw e;
    } catch (Exception e) {
      tell(new Finding(Finding.State.BROKEN, "round trip", ErrorMessages.message(e)), surroundings);
    }
  }

  private void tell(Finding finding, Surroundings surroundings) {
    findings.add(finding);
    surroundings.out().println(finding.toText());
  }
}
