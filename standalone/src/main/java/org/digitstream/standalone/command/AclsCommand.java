package org.digitstream.standalone.command;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.digitstream.runtime.kafka.AccessDenied;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.rights.ServiceRights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code digitstream topics acls}. */
@Command(
    name = "acls",
    description =
        "Prints what each service has to be allowed at brokers with ACLs, as the lines of Kafka's own"
            + " tool; or gives these rights. Users are called digitstream-ingest,"
            + " digitstream-features and so on; docs/security.md says how they are made.",
    footer = {
      "  digitstream topics acls",
      "  digitstream topics acls --create --bootstrap-servers kafka:9093 --kafka-config admin.properties"
    })
final class AclsCommand extends DigitstreamCommand {
  private static final long TIMEOUT_SECONDS = 30;

  @Option(
      names = "--create",
      description = "Give the rights, as a user who may (default: print them).")
  private boolean create;

  @Mixin private ClusterOptions cluster;

  AclsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    if (!create) {
      print(surroundings);
      return SUCCEEDED;
    }
    KafkaConnection connection = cluster.reachable(this);
    Admin admin = Admin.create(connection.admin("digitstream-acls"));
    try {
      admin
          .createAcls(
              Arrays.stream(ServiceRights.values())
                  .flatMap(service -> service.acls().stream())
                  .toList())
          .all()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new CommandFailure(
          "the rights cannot be given: "
              + AccessDenied.explain(e).orElseGet(() -> String.valueOf(e.getCause().getMessage())),
          e);
    } catch (TimeoutException e) {
      throw new CommandFailure(
          "no answer from "
              + connection.bootstrapServers()
              + "; check that the brokers are healthy",
          e);
    } finally {
      admin.close(Duration.ofSeconds(1));
    }
    for (ServiceRights service : ServiceRights.values()) {
      for (AclBinding acl : service.acls()) {
        surroundings
            .out()
            .printf(
                "%s may %s %s %s%n",
                service.user(),
                acl.entry().operation(),
                acl.pattern().resourceType(),
                acl.pattern().name());
      }
    }
    return SUCCEEDED;
  }

  private void print(Surroundings surroundings) {
    String servers =
        cluster.isGiven() ? cluster.where() : KafkaConnection.DEFAULT_BOOTSTRAP_SERVERS;
    for (ServiceRights service : ServiceRights.values()) {
      surroundings.out().println("# " + service.service());
      for (String line : service.commandLines()) {
        surroundings
            .out()
            .println(
                "kafka-acls.sh --bootstrap-server "
                    + servers
                    + " --command-config admin.properties "
                    + line);
      }
    }
  }
}
