package org.digitstream.standalone.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.digitstream.standalone.process.TemporaryFolder;

/**
 * A real Kafka broker and controller (KRaft) in this process, on loopback, for as long as this
 * object is open. Its data lies in a temporary folder that {@link #close} removes, or in a given
 * one that is kept, so that a broker that was stopped or killed goes on with what it had.
 *
 * <p>All of Kafka's server internals that digitstream touches are in this class: they are not
 * public interfaces and may change with any version. Any thread may call any method.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  private static final long MOST_LOADING_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** The file that Kafka knows a folder by that it may use. */
  private static final String FORMATTED = "meta.properties";

  private final KafkaRaftServer server;
  private final BrokerSettings settings;
  private final Runnable afterwards;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(KafkaRaftServer server, BrokerSettings settings, Runnable afterwards) {
    this.server = server;
    this.settings = settings;
    this.afterwards = afterwards;
  }

  /**
   * Starts a broker on a free port; returns when clients may connect.
   *
   * @throws BrokerException if none could be started
   */
  public static EmbeddedBroker start() {
    return start(0);
  }

  /**
   * Starts a broker; returns when clients may connect, after 2 to 4 seconds.
   *
   * @param port what clients connect to; 0 for any free one
   * @throws BrokerException if the port is taken or the broker could not be started
   */
  public static EmbeddedBroker start(int port) {
    return start(port, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * Starts a broker whose data is kept; returns when clients may connect.
   *
   * @param port what clients connect to; 0 for any free one
   * @param dataFolder where its data lies or shall lie, made where it is missing; one broker at a
   *     time
   * @throws BrokerException if the port is taken, the folder cannot be used, or the broker could
   *     not be started
   */
  public static EmbeddedBroker startKeeping(int port, Path dataFolder) {
    try {
      Files.createDirectories(dataFolder);
      BrokerSettings settings = settings(port, dataFolder.toAbsolutePath());
      if (Files.exists(dataFolder.resolve(FORMATTED))) {
        unregisterFormerLife(settings);
      } else {
        requireEmpty(dataFolder);
        format(settings);
      }
      return start(settings, () -> {});
    } catch (BrokerException e) {
      throw e;
    } catch (Exception e) {
      throw asBrokerException(port, e);
    }
  }

  private static void requireEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new BrokerException(
            folder
                + " holds other files than a broker's: name a folder that is empty or does not"
                + " exist, or one that a broker has used",
            null);
      }
    }
  }

  static EmbeddedBroker start(int port, Path temporaryFolder) {
    for (int attempt = 1; ; attempt++) {
      TemporaryFolder folder = null;
      try {
        folder = TemporaryFolder.create(temporaryFolder);
        BrokerSettings settings = settings(port, folder.path());
        format(settings);
        return start(settings, folder::close);
      } catch (Exception e) {
        if (folder != null) {
          folder.close();
        }
        // A port that was free a moment ago may be taken by now.
        if (port != 0 || attempt == ATTEMPTS || !isBindFailure(e)) {
          throw asBrokerException(port, e);
        }
      }
    }
  }

  private static EmbeddedBroker start(BrokerSettings settings, Runnable afterwards)
      throws Exception {
    KafkaRaftServer server =
        new KafkaRaftServer(new KafkaConfig(settings.toProperties(), false), Time.SYSTEM);
    try {
      server.startup();
    } catch (Exception e) {
      server.shutdown();
      throw e;
    }
    return new EmbeddedBroker(server, settings, afterwards);
  }

  /**
   * The controller still takes the broker's former life for alive, until its session is over. Until
   * then it would not let the new one in; and then, for a moment in which transactions are ended
   * already, no partition would have a leader. Kafka takes such partitions for deleted: it does not
   * mark the transactions' end in them, and readers of committed records, and services that want to
   * know what they have committed, would wait for ever. So before the broker begins, a controller
   * that runs alone is told that the former life is over.
   */
  private static void unregisterFormerLife(BrokerSettings settings) throws Exception {
    KafkaRaftServer controller =
        new KafkaRaftServer(new KafkaConfig(settings.toControllerProperties(), false), Time.SYSTEM);
    try {
      controller.startup();
      long begun = System.nanoTime();
      while (!unregister(settings)) {
        if (System.nanoTime() - begun > MOST_LOADING_NANOS) {
          throw new IOException("its controller has not read its data after a minute");
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } finally {
      controller.shutdown();
      controller.awaitShutdown();
    }
  }

  /** Tells the controller; false while it has not read its data and does not answer yet. */
  private static boolean unregister(BrokerSettings settings) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.controllers", settings.controllerServers()))) {
      admin.unregisterBroker(BrokerSettings.NODE_ID).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnsupportedVersionException) {
        return false;
      }
      if (e.getCause() instanceof BrokerIdNotRegisteredException) {
        return true;
      }
      throw e;
    }
  }

  private static void format(BrokerSettings settings) throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(BrokerSettings.NODE_ID)
        .addDirectory(settings.dataFolder().toString())
        .setMetadataLogDirectory(settings.dataFolder().toString())
        .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .run();
  }

  /** Where clients connect to, as {@code host:port}. */
  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  Path dataFolder() {
    return settings.dataFolder();
  }

  /**
   * Stops the broker and removes its data if it was temporary; the second and later calls do
   * nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      server.shutdown();
      server.awaitShutdown();
    } finally {
      afterwards.run();
    }
  }

  /** Both ports are held until both are known, or they might be the same one. */
  private static BrokerSettings settings(int port, Path folder) throws IOException {
    try (ServerSocket clients = bound(port);
        ServerSocket controller = bound(0)) {
      return new BrokerSettings(clients.getLocalPort(), controller.getLocalPort(), folder);
    }
  }

  private static ServerSocket bound(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static boolean isBindFailure(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  private static BrokerException asBrokerException(int port, Exception e) {
    if (isBindFailure(e)) {
      return new BrokerException(
          "port "
              + port
              + " is taken: choose another one, or 0 for any free one ("
              + e.getMessage()
              + ")",
          e);
    }
    return new BrokerException("the embedded Kafka broker did not start: " + e.getMessage(), e);
  }
}
