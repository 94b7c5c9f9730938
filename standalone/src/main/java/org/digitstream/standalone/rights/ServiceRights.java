package org.digitstream.standalone.rights;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.digitstream.contract.Topics;
import org.digitstream.features.kafka.FeatureService;
import org.digitstream.inference.kafka.InferenceService;

/**
 * The rights of each service at brokers with ACLs: its own topics and no others. The one place
 * where they are written down; the command {@code topics acls} prints and creates them, and a
 * system test runs the services with these rights and no others.
 */
public enum ServiceRights {
  /** Sends audio. */
  INGEST(writes(Topics.AUDIO_CHUNKS)),

  /** {@code audio-chunks} to {@code log-mel-frames}. */
  FEATURES(
      streams(FeatureService.APPLICATION_ID),
      reads(Topics.AUDIO_CHUNKS),
      writes(Topics.LOG_MEL_FRAMES),
      writes(Topics.deadLettersOf(Topics.AUDIO_CHUNKS))),

  /** {@code log-mel-frames} to {@code digit-events} and {@code digit-posteriors}. */
  INFERENCE(
      streams(InferenceService.APPLICATION_ID),
      reads(Topics.LOG_MEL_FRAMES),
      writes(Topics.DIGIT_EVENTS),
      writes(Topics.DIGIT_POSTERIORS),
      writes(Topics.deadLettersOf(Topics.LOG_MEL_FRAMES))),

  /** Looks on at all topics, asks how far the services are, and takes audio. */
  PAGE(
      reads(Topics.AUDIO_CHUNKS),
      writes(Topics.AUDIO_CHUNKS),
      reads(Topics.LOG_MEL_FRAMES),
      reads(Topics.DIGIT_EVENTS),
      reads(Topics.DIGIT_POSTERIORS),
      writes(Topics.deadLettersOf(Topics.DIGIT_EVENTS)),
      sees(Topics.deadLettersOf(Topics.AUDIO_CHUNKS)),
      sees(Topics.deadLettersOf(Topics.LOG_MEL_FRAMES)),
      group(FeatureService.APPLICATION_ID, DESCRIBE),
      group(InferenceService.APPLICATION_ID, DESCRIBE)),

  /** The command {@code events}, and programs of others that read digits. */
  EVENTS(reads(Topics.DIGIT_EVENTS), writes(Topics.deadLettersOf(Topics.DIGIT_EVENTS))),

  /** The command {@code topics}, which also says how long each topic keeps its records. */
  OPERATOR(
      Topics.definitions(1, Duration.ofHours(1)).stream()
          .flatMap(
              topic ->
                  on(
                      ResourceType.TOPIC,
                      topic.name(),
                      PatternType.LITERAL,
                      CREATE,
                      DESCRIBE,
                      DESCRIBE_CONFIGS))
          .toList());

  /** A right without who has it. */
  private record Right(ResourcePattern resource, AclOperation operation) {}

  private final List<Right> rights;

  @SafeVarargs
  @SuppressWarnings("varargs")
  ServiceRights(List<Right>... parts) {
    rights = Arrays.stream(parts).flatMap(List::stream).distinct().toList();
  }

  /** The one of a service. */
  public static ServiceRights named(String service) {
    return valueOf(service.toUpperCase(Locale.ROOT));
  }

  /** What it is called, such as {@code features}. */
  public String service() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The user that it has unless told otherwise, such as {@code digitstream-features}. */
  public String user() {
    return "digitstream-" + service();
  }

  /** The topics that have to exist before it can work, without those that it makes for itself. */
  public Set<String> topics() {
    return rights.stream()
        .map(Right::resource)
        .filter(resource -> resource.resourceType() == ResourceType.TOPIC)
        .filter(resource -> resource.patternType() == PatternType.LITERAL)
        .map(ResourcePattern::name)
        .collect(Collectors.toSet());
  }

  /** Its rights for its {@link #user}, from any host. */
  public List<AclBinding> acls() {
    return rights.stream()
        .map(
            right ->
                new AclBinding(
                    right.resource,
                    new AccessControlEntry(
                        "User:" + user(), "*", right.operation, AclPermissionType.ALLOW)))
        .toList();
  }

  /** The same as lines of Kafka's own tool, without where the brokers are. */
  public List<String> commandLines() {
    return rights.stream()
        .map(Right::resource)
        .distinct()
        .map(
            resource -> {
              List<String> words = new ArrayList<>(List.of("--add --allow-principal"));
              words.add("User:" + user());
              rights.stream()
                  .filter(right -> right.resource.equals(resource))
                  .forEach(right -> words.add("--operation " + toolName(right.operation)));
              words.add(toolOption(resource.resourceType()) + " " + resource.name());
              if (resource.patternType() == PatternType.PREFIXED) {
                words.add("--resource-pattern-type prefixed");
              }
              return String.join(" ", words);
            })
        .toList();
  }

  private static String toolName(AclOperation operation) {
    return Arrays.stream(operation.name().split("_", -1))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  private static String toolOption(ResourceType type) {
    return "--" + type.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<Right> reads(String topic) {
    return on(ResourceType.TOPIC, topic, PatternType.LITERAL, READ, DESCRIBE).toList();
  }

  private static List<Right> writes(String topic) {
    return on(ResourceType.TOPIC, topic, PatternType.LITERAL, WRITE, DESCRIBE).toList();
  }

  private static List<Right> sees(String topic) {
    return on(ResourceType.TOPIC, topic, PatternType.LITERAL, DESCRIBE).toList();
  }

  private static List<Right> group(String id, AclOperation... operations) {
    return on(ResourceType.GROUP, id, PatternType.LITERAL, operations).toList();
  }

  /** Its group, its transactions, and the changelogs of its stores. */
  private static List<Right> streams(String applicationId) {
    return Stream.of(
            group(applicationId, READ, DESCRIBE).stream(),
            on(
                ResourceType.TRANSACTIONAL_ID,
                applicationId + "-",
                PatternType.PREFIXED,
                WRITE,
                DESCRIBE),
            on(
                ResourceType.TOPIC,
                applicationId + "-",
                PatternType.PREFIXED,
                CREATE,
                READ,
                WRITE,
                DESCRIBE,
                DESCRIBE_CONFIGS))
        .flatMap(rights -> rights)
        .toList();
  }

  private static Stream<Right> on(
      ResourceType type, String name, PatternType pattern, AclOperation... operations) {
    return Arrays.stream(operations)
        .map(operation -> new Right(new ResourcePattern(type, name, pattern), operation));
  }
}
