package org.digitstream.standalone.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real broker as {@code docs/security.md} sets it up: clients come over TLS with a user and a
 * password (SCRAM), each with the rights that it was given and no others; broker and controller
 * know each other by certificate.
 */
public final class SecuredBroker implements AutoCloseable {
  /** Who may do everything. */
  public static final String ADMIN = "admin";

  private static final String LISTENER = "SASL_SSL";

  private final Path folder;
  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final Map<String, String> passwords;
  private final String storePassword;

  private SecuredBroker(
      Path folder,
      KafkaRaftServer server,
      String bootstrapServers,
      Map<String, String> passwords,
      String storePassword) {
    this.folder = folder;
    this.server = server;
    this.bootstrapServers = bootstrapServers;
    this.passwords = passwords;
    this.storePassword = storePassword;
  }

  /**
   * Starts one.
   *
   * @param folder where all of it lies
   * @param users names of users, each of whom gets a password of its own
   */
  public static SecuredBroker start(Path folder, List<String> users) throws Exception {
    String storePassword = secret();
    makeStores(folder, storePassword);
    Map<String, String> passwords = new HashMap<>();
    Stream.concat(Stream.of(ADMIN), users.stream()).forEach(user -> passwords.put(user, secret()));
    BrokerSettings settings;
    try (ServerSocket clients = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket controller = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      settings =
          new BrokerSettings(
              clients.getLocalPort(), controller.getLocalPort(), folder.resolve("data"));
    }
    Files.createDirectory(settings.dataFolder());
    Map<String, String> properties = properties(settings, folder, storePassword, passwords);
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(BrokerSettings.NODE_ID)
        .addDirectory(settings.dataFolder().toString())
        .setMetadataLogDirectory(settings.dataFolder().toString())
        .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setScramArguments(
            passwords.entrySet().stream()
                .map(
                    user ->
                        "SCRAM-SHA-512=[name=%s,password=%s]"
                            .formatted(user.getKey(), user.getValue()))
                .toList())
        .run();
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server.startup();
    return new SecuredBroker(folder, server, settings.bootstrapServers(), passwords, storePassword);
  }

  private static Map<String, String> properties(
      BrokerSettings settings, Path folder, String storePassword, Map<String, String> passwords) {
    Map<String, String> properties = settings.toProperties();
    properties.replaceAll(
        (name, value) ->
            name.contains("listener") ? value.replace("PLAINTEXT://", LISTENER + "://") : value);
    properties.put("listener.security.protocol.map", "SASL_SSL:SASL_SSL,CONTROLLER:SSL");
    properties.put("inter.broker.listener.name", LISTENER);
    properties.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    properties.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
    properties.put(
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", jaas(ADMIN, passwords.get(ADMIN)));
    properties.put("listener.name.controller.ssl.client.auth", "required");
    properties.put("ssl.keystore.type", "PKCS12");
    properties.put("ssl.keystore.location", folder.resolve("broker.p12").toString());
    properties.put("ssl.keystore.password", storePassword);
    properties.put("ssl.truststore.type", "PKCS12");
    properties.put("ssl.truststore.location", folder.resolve("trust.p12").toString());
    properties.put("ssl.truststore.password", storePassword);
    properties.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    properties.put("allow.everyone.if.no.acl.found", "false");
    properties.put("super.users", "User:" + ADMIN + ";User:CN=localhost");
    properties.put("metric.reporters", "org.apache.kafka.common.metrics.JmxReporter");
    return properties;
  }

  private static String secret() {
    return "secret-" + UUID.randomUUID();
  }

  private static String jaas(String user, String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(user, password);
  }

  private static void makeStores(Path folder, String password) throws Exception {
    Path certificate = folder.resolve("broker.crt");
    keytool(
        "-genkeypair",
        "-alias",
        "broker",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost,ip:127.0.0.1",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-keystore",
        folder.resolve("broker.p12").toString(),
        "-storepass",
        password);
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "broker",
        "-keystore",
        folder.resolve("broker.p12").toString(),
        "-storepass",
        password,
        "-file",
        certificate.toString());
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        "broker",
        "-file",
        certificate.toString(),
        "-storetype",
        "PKCS12",
        "-keystore",
        folder.resolve("trust.p12").toString(),
        "-storepass",
        password);
  }

  /** Runs the JDK's own tool. */
  public static void keytool(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new AssertionError("keytool: " + told);
    }
  }

  /** Where clients connect to. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** What the secrets of this broker have in common, to be looked for where none may be. */
  public static String markOfSecrets() {
    return "secret-";
  }

  /** A file for {@code --kafka-config}. */
  public String configOf(String user) {
    return config(user, passwords.get(user));
  }

  /** The same with a password that is not the user's. */
  public String wrongConfigOf(String user) {
    return config(user, secret());
  }

  /** The same of somebody who does not trust this broker. */
  public String untrustingConfigOf(String user) throws IOException {
    return write(
        List.of(
            "security.protocol=SASL_SSL",
            "sasl.mechanism=SCRAM-SHA-512",
            "sasl.jaas.config=" + jaas(user, passwords.get(user))));
  }

  private String config(String user, String password) {
    return write(
        List.of(
            "security.protocol=SASL_SSL",
            "sasl.mechanism=SCRAM-SHA-512",
            "sasl.jaas.config=" + jaas(user, password),
            "ssl.truststore.type=PKCS12",
            "ssl.truststore.location=" + folder.resolve("trust.p12"),
            "ssl.truststore.password=" + storePassword));
  }

  private String write(List<String> lines) {
    try {
      return Files.write(Files.createTempFile(folder, "client", ".properties"), lines).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often somebody was refused so far, by the broker's own count. */
  public long failedAuthentications() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    String total = "failed-authentication-total";
    double count = 0;
    int counters = 0;
    for (ObjectName name :
        beans.queryNames(
            new ObjectName("kafka.server:type=socket-server-metrics,listener=SASL_SSL,*"), null)) {
      if (Arrays.stream(beans.getMBeanInfo(name).getAttributes())
          .anyMatch(attribute -> attribute.getName().equals(total))) {
        count += ((Number) beans.getAttribute(name, total)).doubleValue();
        counters++;
      }
    }
    if (counters == 0) {
      throw new AssertionError("the broker does not count whom it refuses");
    }
    return Math.round(count);
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
