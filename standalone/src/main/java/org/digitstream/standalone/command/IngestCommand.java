package org.digitstream.standalone.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.StreamSampler;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.ingest.kafka.KafkaAudioSink;
import org.digitstream.ingest.source.AudioSink;
import org.digitstream.ingest.source.FileSource;
import org.digitstream.ingest.source.Microphone;
import org.digitstream.ingest.source.MicrophoneListener;
import org.digitstream.ingest.source.MicrophoneSource;
import org.digitstream.ingest.source.Microphones;
import org.digitstream.ingest.source.Pacing;
import org.digitstream.ingest.source.Timing;
import org.digitstream.ingest.source.UnreadableAudioException;
import org.digitstream.runtime.kafka.KafkaConnection;
import org.digitstream.runtime.metrics.Meters;
import org.digitstream.runtime.operations.BrokerCheck;
import org.digitstream.runtime.operations.OperationsServer;
import org.digitstream.runtime.operations.ServiceHealth;
import org.digitstream.standalone.console.DeliveryNotes;
import org.digitstream.standalone.console.MicrophoneNotes;
import org.digitstream.standalone.console.Surroundings;
import org.digitstream.standalone.pipeline.MicrophoneStream;
import org.digitstream.standalone.replay.Recordings;
import org.digitstream.standalone.rights.ServiceRights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code digitstream ingest}. */
@Command(
    name = "ingest",
    description =
        "Sends audio to the topic audio-chunks: a microphone until it is stopped, or recordings.",
    footer = {
      "  digitstream ingest --microphone --bootstrap-servers kafka:9092",
      "  digitstream ingest --microphone=USB",
      "  digitstream ingest recordings/ --speed realtime"
    })
final class IngestCommand extends DigitstreamCommand {
  private static final int OPERATIONS_PORT = 9401;
  private static final String DEFAULT_MICROPHONE = "";

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "WAV files, and folders in which all .wav files are taken.")
  private List<Path> paths = List.of();

  @Option(
      names = "--microphone",
      paramLabel = "NAME",
      arity = "0..1",
      fallbackValue = DEFAULT_MICROPHONE,
      description =
          "Record, from the default microphone or the one with this name or a part of it.")
  private String microphone;

  @Mixin private SpeedOption speed;
  @Mixin private ClusterOptions cluster;
  @Mixin private TopicOptions topics;
  @Mixin private FeatureSpecOption featureSpec;
  @Mixin private ModelOption model;
  @Mixin private OperationsOptions operations;

  IngestCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Surroundings surroundings) throws Exception {
    if ((microphone == null) == paths.isEmpty()) {
      throw wrongUsage("say what to send: either --microphone or the paths of recordings");
    }
    Pacing pacing = speed.pacing(this);
    List<Path> recordings = microphone == null ? Recordings.find(paths) : List.of();
    FeatureSpec spec = featureSpec();
    Microphone opened =
        microphone == null
            ? null
            : microphone.equals(DEFAULT_MICROPHONE)
                ? Microphones.byDefault(spec.sampleRateHz())
                : Microphones.named(microphone, spec.sampleRateHz());
    ServiceHealth health = new ServiceHealth("waiting for the broker and its topics");
    try (OperationsServer server =
        operations.serve(this, KafkaAudioSink.METERS, OPERATIONS_PORT, health)) {
      KafkaConnection connection = cluster.reachable(this);
      topics.provision(this, connection, ServiceRights.INGEST.topics(), surroundings);
      try (BrokerCheck broker = new BrokerCheck(connection);
          KafkaAudioSink sink = sink(connection, opened != null, surroundings)) {
        health.running(List.of(), List.of(broker.readiness()));
        surroundings
            .err()
            .printf(
                "ingest is running (broker %s, health and metrics at %s)%n",
                connection.bootstrapServers(), server.address());
        int exitCode =
            opened == null
                ? send(recordings, pacing, spec, sink, surroundings)
                : record(opened, spec, sink, surroundings);
        health.notReady("stopping");
        return exitCode;
      }
    }
  }

  private KafkaAudioSink sink(KafkaConnection connection, boolean live, Surroundings surroundings) {
    Map<String, Object> producer = connection.producer("digitstream-ingest");
    Meters meters = new Meters(operations.registry(), KafkaAudioSink.METERS);
    return live
        ? KafkaAudioSink.live(producer, meters, new DeliveryNotes(surroundings.err()::println))
        : new KafkaAudioSink(producer, meters);
  }

  private FeatureSpec featureSpec() {
    ModelBundle bundle = model.load();
    FeatureSpec spec = featureSpec.or(bundle.featureSpec(), this);
    bundle.requireFeatureSpec(spec);
    return spec;
  }

  private static int send(
      List<Path> recordings,
      Pacing pacing,
      FeatureSpec spec,
      KafkaAudioSink sink,
      Surroundings surroundings)
      throws InterruptedException {
    boolean allRead = true;
    AudioSink unlessStopped =
        chunk -> {
          if (surroundings.termination().isRequested()) {
            throw new CancellationException();
          }
          sink.accept(chunk);
        };
    for (Path recording : recordings) {
      String streamId = UUID.randomUUID().toString();
      try {
        long samples =
            new FileSource(recording, spec.sampleRateHz(), pacing, Timing.system())
                .stream(streamId, unlessStopped, start -> {});
        surroundings
            .out()
            .printf(
                "%s: stream %s, %.1f s%n",
                recording, streamId, (double) samples / spec.sampleRateHz());
      } catch (UnreadableAudioException e) {
        surroundings.err().println("unreadable: " + e.getMessage());
        allRead = false;
      } catch (CancellationException e) {
        surroundings.err().println("incomplete: " + recording + ", stream " + streamId);
        allRead = false;
        break;
      }
    }
    sink.flush();
    return allRead ? SUCCEEDED : FAILED;
  }

  private static int record(
      Microphone microphone, FeatureSpec spec, KafkaAudioSink sink, Surroundings surroundings)
      throws Exception {
    MicrophoneListener notes = new MicrophoneNotes(surroundings.err()::println);
    try (MicrophoneStream stream =
        MicrophoneStream.start(
            new MicrophoneSource(microphone, spec.sampleRateHz(), Timing.system(), notes),
            StreamSampler.idInSample(() -> UUID.randomUUID().toString()),
            sink)) {
      surroundings.out().printf("%s: stream %s%n", microphone.name(), stream.streamId());
      while (!surroundings.termination().await(java.time.Duration.ofMillis(200))) {
        stream.throwFailure();
      }
      stream.finish();
    }
    sink.flush();
    return SUCCEEDED;
  }
}
