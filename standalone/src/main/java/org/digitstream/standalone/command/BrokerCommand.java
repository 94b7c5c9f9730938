package org.digitstream.standalone.command;

import java.nio.file.Path;
import org.digitstream.standalone.broker.EmbeddedBroker;
import org.digitstream.standalone.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code digitstream broker}. */
@Command(
    name = "broker",
    description =
        "Runs the embedded Kafka broker alone, on this machine, until it is stopped. For trying the"
            + " services in separate processes: what it holds is gone when it ends, unless --data-dir"
            + " says where to keep it.",
    footer = {
      "  digitstream broker --port 9092 &",
      "  digitstream features &  digitstream inference &",
      "  digitstream replay recordings/ --bootstrap-servers localhost:9092"
    })
final class BrokerCommand extends DigitstreamCommand {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Where it listens; 0 for any free port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--data-dir",
      paramLabel = "FOLDER",
      description =
          "Where its data lies, to be found again after it was stopped or killed (default: a"
              + " temporary folder).")
  private Path dataFolder;

  BrokerCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw wrongUsage("--port " + port + " is not within 0..65535");
    }
    try (EmbeddedBroker broker =
        dataFolder == null
            ? EmbeddedBroker.start(port)
            : EmbeddedBroker.startKeeping(port, dataFolder)) {
      surroundings.out().println("broker at " + broker.bootstrapServers() + ", Ctrl-C stops it");
      surroundings.termination().await();
    }
    return SUCCEEDED;
  }
}
