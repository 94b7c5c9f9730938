package org.digitstream.dashboards.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.DigitEvent.RunnerUp;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.utterance.UtteranceGrouper;
import org.digitstream.dashboards.live.Gauges;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.Scoreboard;
import org.digitstream.dashboards.live.Scorer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page's server, asked as browsers and other guests ask. */
class LivePageTest {
  private static final FeatureSpec SPEC = FeatureSpec.WIDEBAND;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LiveStreams streams =
      new LiveStreams(SPEC, UtteranceGrouper.DEFAULT_PAUSE, Clock.systemUTC());
  private final Gauges gauges = new Gauges(0);
  private final Scoreboard scoreboard = new Scoreboard(new LastCharacter());
  private final Intake intake = new Intake();
  private final LivePage page =
      new LivePage(
          PageAccess.ofThisMachine(0),
          new LivePage.About("1", "m", List.of("0", "1"), List.of(120.5, 4_000.0)),
          streams,
          gauges,
          scoreboard,
          Optional.of(intake),
          routes -> {},
          Clock.systemUTC());
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    page.close();
  }

  /** What is said in "7.wav" is 7; alignment digit by digit. */
  private static final class LastCharacter implements Scorer {
    @Override
    public Optional<String> said(String source) {
      return source.endsWith(".wav") ? Optional.of(source.substring(0, 1)) : Optional.empty();
    }

    @Override
    public List<Pair> align(String said, String heard) {
      return List.of(
          new Pair(said.charAt(0) - '0', heard.isEmpty() ? NONE : heard.charAt(0) - '0'));
    }
  }

  private static final class Intake implements AudioIntake {
    private final List<short[]> taken = new CopyOnWriteArrayList<>();
    private volatile int sampleRateHz;
    private volatile String name;
    private volatile int ends;
    private volatile int uploadBytes;

    @Override
    public List<Recording> recordings() {
      return List.of(new Recording("demo.wav", 8, "12"));
    }

    @Override
    public Replay replay(String recording) throws IntakeException {
      if (!recording.equals("demo.wav")) {
        throw new IntakeException(IntakeException.Reason.UNKNOWN, "no recording " + recording);
      }
      return new Replay("s1", 8);
    }

    @Override
    public Replay replay(String called, byte[] wav) throws IntakeException {
      uploadBytes = wav.length;
      name = called;
      if (wav[0] != 'R') {
        throw new IntakeException(IntakeException.Reason.UNREADABLE, called + " is no WAV file");
      }
      return new Replay("s2", 1);
    }

    @Override
    public Session open(String called, int rateHz, Consumer<String> notes) {
      name = called;
      sampleRateHz = rateHz;
      return new Session() {
        @Override
        public String stream() {
          return "microphone-1";
        }

        @Override
        public void accept(short[] samples) {
          taken.add(samples);
        }

        @Override
        public void end() {
          ends++;
        }
      };
    }
  }

  /** A WebSocket that keeps what it is told. */
  private static final class Guest implements WebSocket.Listener {
    private final List<JsonNode> texts = new CopyOnWriteArrayList<>();
    private final List<ByteBuffer> bytes = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final List<Byte> binaryPart = new ArrayList<>();
    private volatile int closedWith;
    private WebSocket socket;

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        try {
          texts.add(JSON.readTree(part.toString()));
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
        part.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      while (data.hasRemaining()) {
        binaryPart.add(data.get());
      }
      if (last) {
        ByteBuffer whole = ByteBuffer.allocate(binaryPart.size()).order(ByteOrder.LITTLE_ENDIAN);
        binaryPart.forEach(whole::put);
        binaryPart.clear();
        bytes.add(whole.flip());
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      closedWith = status;
      return null;
    }

    List<JsonNode> of(String type) {
      return texts.stream().filter(text -> text.path("type").asText().equals(type)).toList();
    }

    JsonNode first(String type) {
      await().atMost(Duration.ofSeconds(10)).until(() -> !of(type).isEmpty());
      return of(type).get(0);
    }
  }

  private Guest guest(String path) throws Exception {
    Guest guest = new Guest();
    guest.socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create(page.address().replace("http", "ws") + path), guest)
            .get(10, TimeUnit.SECONDS);
    return guest;
  }

  private HttpResponse<byte[]> ask(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(page.address() + path));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private void speak(String stream, String source) {
    short[] audio = new short[16_000];
    Arrays.fill(audio, (short) 1000);
    streams.accept(new AudioChunk(stream, source, 0, 16_000, audio, 0, GapReason.NONE, false));
    float[] mel = new float[98 * SPEC.bands()];
    Arrays.fill(mel, -18);
    mel[5 * SPEC.bands() + 3] = 2;
    streams.accept(
        new LogMelFrames(stream, source, SPEC.id(), 0, SPEC.bands(), mel, 0, false, 16_000));
    streams.accept(
        new DigitPosteriors(stream, source, "m", -9, 4, 2, new float[] {0, 1, 0.5f, 0.5f}));
    streams.accept(
        new DigitEvent(
            stream, source, 0, 7, 4_000, 9_000, 16_000, 0.9f, List.of(new RunnerUp(1, 0.05f)), "m"),
        180L);
  }

  @Test
  void aViewerIsToldWhatThereIsAndThenWhatIsNew() throws Exception {
    speak("s", "7.wav");
    Guest viewer = guest("ws/live");

    JsonNode hello = viewer.first("hello");
    assertThat(hello.path("bands").asInt()).isEqualTo(40);
    assertThat(hello.path("mostUploadBytes").asLong()).isEqualTo(50_000_000);
    assertThat(hello.path("bandHz").toString()).isEqualTo("[120.5,4000.0]");
    assertThat(viewer.first("watching").path("stream").asText()).isEqualTo("s");
    assertThat(viewer.first("watching").path("source").asText()).isEqualTo("7.wav");
    JsonNode digit = viewer.first("digit");
    assertThat(digit.path("digit").asInt()).isEqualTo(7);
    assertThat(digit.path("latencyMillis").asLong()).isEqualTo(180);
    assertThat(digit.path("runnersUp").get(0).path("digit").asInt()).isEqualTo(1);
    await().until(() -> viewer.bytes.size() >= 3);
    ByteBuffer frames = viewer.bytes.get(0);
    assertThat(frames.get(0)).isEqualTo((byte) 1);
    assertThat(frames.get(1)).isEqualTo((byte) 40);
    assertThat(frames.getShort(2)).isEqualTo((short) 98);
    assertThat(frames.getDouble(8)).isZero();
    assertThat(frames.get(16 + 5 * 40 + 3)).isEqualTo((byte) 255);
    assertThat(frames.get(16)).isZero();
    ByteBuffer outputs = viewer.bytes.get(1);
    assertThat(outputs.getInt(4)).isEqualTo(4);
    assertThat(outputs.getDouble(8)).isEqualTo(-9);
    assertThat(outputs.get(17) & 255).isEqualTo(255);
    assertThat(viewer.bytes.get(2).getShort(2)).isEqualTo((short) 50);

    streams.accept(new StreamEnd("s", "7.wav", 1, 16_000, 16_000, "m"));
    assertThat(viewer.first("end").path("endSample").asLong()).isEqualTo(16_000);
    JsonNode utterance = viewer.first("utterance");
    assertThat(utterance.path("first").asLong()).isEqualTo(digit.path("utterance").asLong());
    assertThat(utterance.path("digits").asText()).isEqualTo("7");
    assertThat(utterance.path("confidence").asDouble()).isEqualTo(0.9f);
    await()
        .until(
            () ->
                viewer.of("streams").stream()
                    .anyMatch(list -> list.at("/streams/0/state").asText().equals("ended")));
    assertThat(viewer.first("gauges").path("broker").asBoolean()).isTrue();
  }

  @Test
  void whoeverWatchesOneStreamIsNotTakenToTheNext() throws Exception {
    speak("a", "a.wav");
    speak("b", "b.wav");
    Guest viewer = guest("ws/live");
    assertThat(viewer.first("watching").path("stream").asText()).isEqualTo("b");
    viewer.socket.sendText("{\"watch\":\"a\"}", true).join();
    await().until(() -> viewer.of("watching").size() == 2);
    speak("c", "c.wav");
    assertThat(viewer.of("watching").get(1).path("stream").asText()).isEqualTo("a");
    viewer.socket.sendText("{\"watch\":null}", true).join();
    await().until(() -> viewer.of("watching").size() == 3);
    assertThat(viewer.of("watching").get(2).path("stream").asText()).isEqualTo("c");
  }

  @Test
  void theScoreIsToldWhenALabelledStreamEnds() throws Exception {
    speak("s", "8.wav");
    scoreboard.ended(streams.accept(new StreamEnd("s", "8.wav", 1, 16_000, 16_000, "m")));
    JsonNode score = guest("ws/live").first("score");
    assertThat(score.path("recordings").asInt()).isEqualTo(1);
    assertThat(score.path("right").asInt()).isZero();
    assertThat(score.path("substitutions").asInt()).isEqualTo(1);
    assertThat(score.at("/confusion/8/7").asInt()).isEqualTo(1);
    assertThat(score.at("/misses/0/said").asText()).isEqualTo("8");
    assertThat(score.at("/misses/0/sample").asInt()).isEqualTo(9_000);
    assertThat(score.at("/latencyMillis/counts/3").asInt()).isEqualTo(1);
  }

  @Test
  void whatWasSeenFromItsMiddleOnlyIsNotScored() {
    speak("s", "7.wav");
    assertThat(
            scoreboard.ended(streams.accept(new StreamEnd("s", "7.wav", 2, 16_000, 16_000, "m"))))
        .isEmpty();
    assertThat(scoreboard.score()).isEmpty();

    speak("t", "7.wav");
    assertThat(
            scoreboard.ended(streams.accept(new StreamEnd("t", "7.wav", 1, 16_000, 16_000, "m"))))
        .isPresent();
  }

  @Test
  void whatWasHeardCanBeSeenAndHeardAgain() throws Exception {
    speak("s", "7.wav");
    HttpResponse<byte[]> audio = ask(at("api/streams/s/audio.wav?from=4000&to=9000"));
    assertThat(audio.statusCode()).isEqualTo(200);
    assertThat(audio.body()).hasSize(44 + 2 * 5_000);
    assertThat(audio.headers().firstValue("Digitstream-First-Sample")).hasValue("4000");
    HttpResponse<byte[]> early = ask(at("api/streams/s/audio.wav?from=-800&to=160"));
    assertThat(early.body()).hasSize(44 + 2 * 160);
    assertThat(early.headers().firstValue("Digitstream-First-Sample")).hasValue("0");
    JsonNode window = JSON.readTree(ask(at("api/streams/s/window?from=-1600&to=15999")).body());
    assertThat(window.path("frames").asInt()).isEqualTo(98);
    assertThat(window.at("/posteriors/outputs").asInt()).isEqualTo(2);
    assertThat(window.at("/digits/0/digit").asInt()).isEqualTo(7);

    assertThat(ask(at("api/streams/s/audio.wav?from=20000&to=30000")).statusCode()).isEqualTo(404);
    assertThat(ask(at("api/streams/none/window?from=0&to=1")).statusCode()).isEqualTo(404);
    HttpResponse<byte[]> bad = ask(at("api/streams/s/window?from=zero&to=1"));
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(text(bad)).contains("from=zero");
  }

  @Test
  void recordingsAndFilesAreReplayed() throws Exception {
    assertThat(text(ask(at("api/recordings")))).contains("demo.wav");
    HttpResponse<byte[]> begun = ask(at("api/recordings/demo.wav").POST(BodyPublishers.noBody()));
    assertThat(begun.statusCode()).isEqualTo(202);
    assertThat(text(begun)).contains("s1");
    assertThat(ask(at("api/recordings/x.wav").POST(BodyPublishers.noBody())).statusCode())
        .isEqualTo(404);
    HttpResponse<byte[]> upload =
        ask(at("api/replays?name=my.wav").POST(BodyPublishers.ofString("RIFF...")));
    assertThat(upload.statusCode()).isEqualTo(202);
    assertThat(intake.name).isEqualTo("my.wav");
    assertThat(streams.find("s1").orElseThrow().source()).isEqualTo("demo.wav");
    assertThat(streams.find("s2").orElseThrow().source()).isEqualTo("my.wav");
  }

  @Test
  void aTextFileAndAHugeFileAreRefusedWithWords() throws Exception {
    HttpResponse<byte[]> textFile =
        ask(at("api/replays?name=notes.wav").POST(BodyPublishers.ofString("Dear diary")));
    assertThat(textFile.statusCode()).isEqualTo(422);
    assertThat(text(textFile)).contains("notes.wav is no WAV file");
    intake.uploadBytes = 0;
    // Refused by its length, before anybody has to send it.
    try (Socket socket = new Socket("127.0.0.1", page.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /api/replays?name=huge.wav HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                      + "Content-Length: 200000000\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String told = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(told).startsWith("HTTP/1.1 413").contains("50 MB");
    }
    assertThat(intake.uploadBytes).isZero();
  }

  @Test
  void aMicrophonesSamplesGoOnAndItsEndEndsTheStream() throws Exception {
    Guest microphone = guest("ws/microphone?rate=44100&name=My%20ear");
    assertThat(microphone.first("open").path("stream").asText()).isEqualTo("microphone-1");
    assertThat(streams.newest().orElseThrow().id()).isEqualTo("microphone-1");
    assertThat(intake.sampleRateHz).isEqualTo(44_100);
    assertThat(intake.name).isEqualTo("My ear");
    microphone.socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 0, -1, -1}), true).join();
    await().until(() -> !intake.taken.isEmpty());
    assertThat(intake.taken.get(0)).containsExactly((short) 1, (short) -1);
    microphone.socket.sendText("{\"end\":true}", true).join();
    await().until(() -> intake.ends == 1);
    await().until(() -> microphone.closedWith == 1000);
  }

  @Test
  void aMicrophoneOfTheWrongFormatIsToldAndItsStreamEnds() throws Exception {
    Guest odd = guest("ws/microphone?rate=48000");
    odd.first("open");
    odd.socket.sendBinary(ByteBuffer.wrap(new byte[3]), true).join();
    assertThat(odd.first("error").path("text").asText()).contains("3 bytes");
    await().until(() -> intake.ends == 1);

    Guest chatty = guest("ws/microphone?rate=48000");
    chatty.first("open");
    chatty.socket.sendText("hello?", true).join();
    assertThat(chatty.first("error").path("text").asText()).contains("hello?");

    assertThat(guest("ws/microphone?rate=5").first("error").path("text").asText())
        .contains("rate=5");
    assertThat(guest("ws/microphone").first("error").path("text").asText()).contains("8000");
  }

  @Test
  void aLostConnectionEndsTheStream() throws Exception {
    Guest microphone = guest("ws/microphone?rate=48000");
    microphone.first("open");
    microphone.socket.abort();
    await().until(() -> intake.ends == 1);
  }

  @Test
  void fiftyViewersAreServed() throws Exception {
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      guests.add(guest("ws/live"));
    }
    speak("s", "7.wav");
    for (Guest one : guests) {
      assertThat(one.first("digit").path("digit").asInt()).isEqualTo(7);
    }
  }

  @Test
  void pagesOfOthersMaySendNothing() throws Exception {
    HttpResponse<byte[]> refused =
        ask(
            at("api/replays?name=x.wav")
                .header("Origin", "https://elsewhere.example")
                .POST(BodyPublishers.ofString("RIFF")));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(text(refused)).contains("elsewhere.example");
    assertThat(intake.uploadBytes).isZero();
    assertThat(
            client
                .newWebSocketBuilder()
                .header("Origin", "https://elsewhere.example")
                .buildAsync(
                    URI.create(page.address().replace("http", "ws") + "ws/microphone?rate=48000"),
                    new Guest()))
        .failsWithin(Duration.ofSeconds(10));
  }

  @Test
  void browsersFindTheIconWhereTheyLookForOneByThemselves() throws Exception {
    HttpResponse<byte[]> sentOn = ask(at("favicon.ico"));
    assertThat(sentOn.statusCode()).isEqualTo(302);
    HttpResponse<byte[]> icon = ask(at(sentOn.headers().firstValue("Location").orElseThrow()));
    assertThat(icon.statusCode()).isEqualTo(200);
    assertThat(icon.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
  }

  @Test
  void thePageAllowsNothingFromElsewhere() throws Exception {
    HttpResponse<byte[]> index = ask(at(""));
    assertThat(index.statusCode()).isEqualTo(200);
    assertThat(text(index)).contains("digitstream");
    assertThat(index.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .doesNotContain("unsafe");
  }
}
