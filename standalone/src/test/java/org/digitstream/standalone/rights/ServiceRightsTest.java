package org.digitstream.standalone.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.digitstream.standalone.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServiceRightsTest {
  @Test
  void theCommandPrintsThemAsLinesOfKafkasTool() {
    Program printed = Program.run("topics", "acls", "--bootstrap-servers", "kafka:9093");

    assertThat(printed.exitCode()).isZero();
    assertThat(printed.out().lines())
        .contains(
            "# ingest",
            "kafka-acls.sh --bootstrap-server kafka:9093 --command-config admin.properties --add"
                + " --allow-principal User:digitstream-ingest --operation Write --operation Describe"
                + " --topic audio-chunks",
            "kafka-acls.sh --bootstrap-server kafka:9093 --command-config admin.properties --add"
                + " --allow-principal User:digitstream-features --operation Write --operation"
                + " Describe --transactional-id digitstream-features- --resource-pattern-type"
                + " prefixed");
    assertThat(printed.out().lines().filter(line -> line.startsWith("#")))
        .hasSize(ServiceRights.values().length);
  }

  @ParameterizedTest
  @EnumSource(ServiceRights.class)
  void nobodyMayDoEverythingOrWhatIsTheBrokers(ServiceRights service) {
    assertThat(service.acls())
        .noneMatch(acl -> acl.entry().operation() == AclOperation.ALL)
        .noneMatch(acl -> acl.pattern().name().equals("*"))
        .noneMatch(acl -> acl.pattern().resourceType() == ResourceType.CLUSTER)
        .allMatch(acl -> acl.entry().principal().equals("User:digitstream-" + service.service()));
  }

  @Test
  void dataWalksOneWay() {
    for (ServiceRights service : Set.of(ServiceRights.FEATURES, ServiceRights.INFERENCE)) {
      assertThat(topics(service, AclOperation.READ))
          .doesNotContainAnyElementsOf(topics(service, AclOperation.WRITE))
          .hasSize(1);
    }
    assertThat(topics(ServiceRights.INGEST, AclOperation.READ)).isEmpty();
    assertThat(topics(ServiceRights.OPERATOR, AclOperation.READ, AclOperation.WRITE)).isEmpty();
  }

  /** Without the changelogs, which are both read and written. */
  private static Set<String> topics(ServiceRights service, AclOperation... operations) {
    return service.acls().stream()
        .filter(acl -> acl.pattern().resourceType() == ResourceType.TOPIC)
        .filter(acl -> Arrays.asList(operations).contains(acl.entry().operation()))
        .map(acl -> acl.pattern().name())
        .filter(name -> !name.equals("digitstream-" + service.service() + "-"))
        .collect(Collectors.toSet());
  }
}
