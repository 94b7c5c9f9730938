package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.standalone.broker.SecuredBroker;
import org.digitstream.standalone.rights.ServiceRights;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A broker over TLS with passwords and rights: each service with a user of its own that may do what
 * {@link ServiceRights} says and nothing else.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SecuredKafkaIT {
  /** Of one command that is refused: it asks once, and one client of it may ask once more. */
  private static final long MOST_ATTEMPTS = 3;

  private static final int MOST_LINES = 5;

  @TempDir static Path folder;
  private static SecuredBroker broker;
  private static String model;
  private static String recording;

  private final List<ChildProgram> running = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    model = folder.resolve("tones.zip").toString();
    ToneModel.bundle().write(Path.of(model));
    recording = ToneRecording.write(folder.resolve("37_tone_0.wav"), "37").toString();
    broker =
        SecuredBroker.start(
            folder, Arrays.stream(ServiceRights.values()).map(ServiceRights::user).toList());
    Program given = asUser(SecuredBroker.ADMIN, "topics", "acls", "--create");
    assertThat(given.exitCode()).as(given.toString()).isZero();
    Program made = asUser(ServiceRights.OPERATOR.user(), "topics", "--partitions", "1");
    assertThat(made.exitCode()).as(made.toString()).isZero();
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  @AfterEach
  void stopAll() {
    running.forEach(ChildProgram::close);
  }

  private static Program asUser(String user, String... arguments) {
    return run(broker.configOf(user), arguments);
  }

  private static Program run(String config, String... arguments) {
    return Program.run(with(config, arguments));
  }

  private static String[] with(String config, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers(), "--kafka-config", config));
    return all.toArray(new String[0]);
  }

  private ChildProgram service(ServiceRights service, String... further) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of(service.service(), "--model", model, "--verbose"));
    arguments.addAll(List.of(further));
    ChildProgram program =
        ChildProgram.start(with(broker.configOf(service.user()), arguments.toArray(new String[0])));
    running.add(program);
    return program;
  }

  /** The command of a service, with what it needs to start. */
  private static String[] command(String service) {
    return switch (service) {
      case "ingest" ->
          new String[] {"ingest", recording, "--model", model, "--operations-port", "0"};
      case "page" -> new String[] {"page", "--model", model, "--port", "0"};
      case "events" -> new String[] {"events", "--all"};
      case "topics" -> new String[] {"topics"};
      default -> new String[] {service, "--model", model, "--operations-port", "0"};
    };
  }

  @Test
  void eachServiceWithItsOwnUserTurnsAudioIntoDigits() throws Exception {
    // One after the other: a slow machine would let one of them wait for longer than it is patient.
    service(ServiceRights.FEATURES, "--operations-port", "0").await("(features is running)");
    service(ServiceRights.INFERENCE, "--posteriors", "--operations-port", "0")
        .await("(inference is running)");
    PageGuest guest =
        new PageGuest(service(ServiceRights.PAGE, "--port", "0").await("page at (http://[^ ]+) "));

    Program sent = asUser(ServiceRights.INGEST.user(), command("ingest"));
    assertThat(sent.exitCode()).as(sent.toString()).isZero();
    PageGuest.Viewer viewer = guest.watch(guest.drop(Path.of(recording)));
    viewer.awaitEnd();
    assertThat(viewer.digits()).isEqualTo("37");

    Program heard = asUser(ServiceRights.EVENTS.user(), "events", "--all", "--json");
    assertThat(heard.exitCode()).as(heard.toString()).isZero();
    assertThat(heard.out().lines().filter(line -> line.contains("\"digit\":"))).hasSize(4);

    for (ChildProgram program : running) {
      assertThat(program.terminate()).as(program.toString()).isZero();
      assertThat(program.toString())
          .doesNotContain(SecuredBroker.markOfSecrets())
          .doesNotContain("not authorized")
          .doesNotContain("Authorization");
    }
    assertThat(broker.failedAuthentications()).isLessThan(MOST_ATTEMPTS * 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "features", "inference", "page", "events", "topics"})
  void aWrongPasswordIsToldAtOnceAndNotTriedAgain(String service) throws Exception {
    long before = broker.failedAuthentications();
    long start = System.nanoTime();

    Program refused = run(broker.wrongConfigOf("digitstream-" + service), command(service));

    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(1);
    assertThat(refused.err())
        .contains("do not let this user in")
        .contains("password")
        .contains("--kafka-config")
        .doesNotContain("\tat ")
        .doesNotContain(SecuredBroker.markOfSecrets());
    assertThat(refused.err().lines()).hasSizeLessThanOrEqualTo(MOST_LINES);
    assertThat(broker.failedAuthentications() - before).isBetween(1L, MOST_ATTEMPTS);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void aBrokerThatIsNotTrustedIsToldAtOnce() throws Exception {
    Program refused =
        run(broker.untrustingConfigOf(ServiceRights.EVENTS.user()), command("events"));

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("certificate is not trusted").contains("ssl.truststore");
  }

  @ParameterizedTest
  @CsvSource({
    "ingest, TOPIC, audio-chunks",
    "features, TOPIC, audio-chunks",
    "features, TOPIC, log-mel-frames",
    "features, GROUP, digitstream-features",
    "features, TRANSACTIONAL_ID, digitstream-features-",
    "inference, TOPIC, digitstream-inference-",
    "inference, TOPIC, log-mel-frames-dead-letters",
    "page, TOPIC, digit-posteriors",
    "events, TOPIC, digit-events"
  })
  void aMissingRightIsToldWithWhatToDo(String service, ResourceType type, String name)
      throws Exception {
    ServiceRights rights = ServiceRights.named(service);
    List<AclBinding> taken =
        rights.acls().stream()
            .filter(acl -> acl.pattern().resourceType() == type)
            .filter(acl -> acl.pattern().name().equals(name))
            .toList();
    assertThat(taken).isNotEmpty();
    try (Admin admin =
        Admin.create(
            KafkaConnection.to(
                    broker.bootstrapServers(), Path.of(broker.configOf(SecuredBroker.ADMIN)))
                .admin("test"))) {
      admin.deleteAcls(taken.stream().map(AclBinding::toFilter).toList()).all().get();
      try {
        Program refused = asUser(rights.user(), command(service));

        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(1);
        assertThat(refused.err())
            .contains("lacks a right")
            .contains("digitstream topics acls")
            .doesNotContain("\tat ")
            .doesNotContain(SecuredBroker.markOfSecrets());
        assertThat(refused.err().lines()).hasSizeLessThanOrEqualTo(MOST_LINES);
      } finally {
        admin.createAcls(taken).all().get();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "features, TOPIC, audio-chunks",
    "inference, GROUP, digitstream-inference",
  })
  void aRightThatIsTakenAwayWhileAServiceRunsEndsItWithAMessage(
      String service, ResourceType type, String name) throws Exception {
    ServiceRights rights = ServiceRights.named(service);
    List<AclBinding> taken =
        rights.acls().stream()
            .filter(acl -> acl.pattern().resourceType() == type)
            .filter(acl -> acl.pattern().name().equals(name))
            .toList();
    assertThat(taken).isNotEmpty();
    ChildProgram program = service(rights, "--operations-port", "0");
    program.await("(" + service + " is running)");
    try (Admin admin =
        Admin.create(
            KafkaConnection.to(
                    broker.bootstrapServers(), Path.of(broker.configOf(SecuredBroker.ADMIN)))
                .admin("test"))) {
      admin.deleteAcls(taken.stream().map(AclBinding::toFilter).toList()).all().get();
      try {
        assertThat(program.exitCode()).as(program.toString()).isEqualTo(1);
      } finally {
        admin.createAcls(taken).all().get();
      }
    }
    assertThat(program.err())
        .anySatisfy(
            line -> assertThat(line).contains("lacks a right").contains("digitstream topics acls"));
    assertThat(program.toString()).doesNotContain(SecuredBroker.markOfSecrets());
  }

  @Test
  void nobodyHasARightBeyondItsOwnTopics() throws Exception {
    assertThat(ServiceRights.INGEST.topics()).containsExactly("audio-chunks");
    assertThat(ServiceRights.EVENTS.acls())
        .filteredOn(acl -> acl.entry().operation() == AclOperation.READ)
        .extracting(acl -> acl.pattern().name())
        .containsExactly("digit-events");
    for (ServiceRights service : ServiceRights.values()) {
      assertThat(service.acls())
          .noneMatch(acl -> acl.pattern().name().equals("*"))
          .noneMatch(acl -> acl.pattern().resourceType() == ResourceType.CLUSTER)
          .noneMatch(acl -> acl.entry().operation() == AclOperation.ALL);
    }
    try (Admin admin =
        Admin.create(
            KafkaConnection.to(
                    broker.bootstrapServers(), Path.of(broker.configOf(SecuredBroker.ADMIN)))
                .admin("test"))) {
      assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get())
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(ServiceRights.values())
                  .flatMap(service -> service.acls().stream())
                  .toList());
    }
  }
}
