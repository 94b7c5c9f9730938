package org.digitstream.standalone;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Somebody at the live page, without a browser: asks over HTTP, looks on and speaks over
 * WebSockets, as {@code docs/live-page.md} says.
 */
public final class PageGuest {
  /** Kinds of binary messages. */
  public static final int FRAMES = 1;

  public static final int OUTPUTS = 2;
  public static final int LEVELS = 3;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_SAMPLES_SENT = 16_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;
  private final String token;

  /**
   * A guest.
   *
   * @param address of the page, with or without a slash at its end, and with the token in the query
   *     where it wants one
   */
  public PageGuest(String address) {
    String[] parts = address.split("\\?token=", 2);
    this.address = parts[0].endsWith("/") ? parts[0] : parts[0] + "/";
    this.token = parts.length == 2 ? parts[1] : "none";
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Authorization", "Bearer " + token);
  }

  /** What is served at a path, such as {@code metrics}. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  /** What the page says about its health. */
  public JsonNode readiness() throws IOException, InterruptedException {
    return JSON.readTree(get("health/ready").body());
  }

  /** Drops a WAV file on the page; its stream. */
  public String drop(Path wav) throws IOException, InterruptedException {
    HttpResponse<String> answer = dropped(wav);
    if (answer.statusCode() != 202) {
      throw new AssertionError(answer.statusCode() + ": " + answer.body());
    }
    return JSON.readTree(answer.body()).path("stream").asText();
  }

  /** Drops a WAV file on the page, which may refuse it. */
  public HttpResponse<String> dropped(Path wav) throws IOException, InterruptedException {
    return client.send(
        request("api/replays?name=" + encoded(wav.getFileName()))
            .POST(BodyPublishers.ofByteArray(Files.readAllBytes(wav)))
            .build(),
        BodyHandlers.ofString());
  }

  /** Looks on at one stream, from its beginning as far as the page remembers. */
  public Viewer watch(String stream) throws Exception {
    Viewer viewer = new Viewer(stream);
    open("ws/live", viewer)
        .sendText(JSON.writeValueAsString(Map.of("watch", stream)), true)
        .get(1, TimeUnit.MINUTES);
    return viewer;
  }

  /** Opens a microphone of 16 kHz. */
  public Microphone microphone(String name) throws Exception {
    Told told = new Told();
    WebSocket socket = open("ws/microphone?rate=16000&name=" + encoded(name), told);
    return new Microphone(socket, told.first("open").path("stream").asText());
  }

  private WebSocket open(String path, Told told) throws Exception {
    return client
        .newWebSocketBuilder()
        .header("Authorization", "Bearer " + token)
        .buildAsync(URI.create(address.replaceFirst("^http", "ws") + path), told)
        .get(1, TimeUnit.MINUTES);
  }

  private static String encoded(Object name) {
    return URLEncoder.encode(name.toString(), StandardCharsets.UTF_8);
  }

  /** Keeps what a WebSocket is told: texts, and of bytes their kind. */
  static class Told implements WebSocket.Listener {
    private final List<JsonNode> all = new CopyOnWriteArrayList<>();
    private final Set<Integer> kinds = ConcurrentHashMap.newKeySet();
    private final StringBuilder part = new StringBuilder();
    private boolean withinMessage;

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      if (!withinMessage && data.hasRemaining()) {
        kinds.add((int) data.get(data.position()));
      }
      withinMessage = !last;
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        try {
          JsonNode text = JSON.readTree(part.toString());
          if (text.path("type").asText().equals("watching")) {
            kinds.clear();
          }
          all.add(text);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        part.setLength(0);
      }
      from.request(1);
      return null;
    }

    /** Whether binary messages of a kind came about the stream that is watched. */
    public boolean saw(int kind) {
      return kinds.contains(kind);
    }

    List<JsonNode> of(String type) {
      return all.stream().filter(text -> text.path("type").asText().equals(type)).toList();
    }

    JsonNode first(String type) {
      return await(type)
          .atMost(ChildProgram.PATIENCE)
          .until(() -> of(type), texts -> !texts.isEmpty())
          .get(0);
    }
  }

  /** Sees one stream. */
  public static final class Viewer extends Told {
    private final String stream;

    private Viewer(String stream) {
      this.stream = stream;
    }

    /** The digits that it was told so far. */
    public String digits() {
      return of("digit").stream()
          .filter(digit -> digit.path("stream").asText().equals(stream))
          .map(digit -> digit.path("digit").asText())
          .collect(Collectors.joining());
    }

    /** Waits until it is told the end of the stream. */
    public JsonNode awaitEnd() {
      return await("the end of " + stream)
          .atMost(ChildProgram.PATIENCE)
          .until(
              () ->
                  of("end").stream()
                      .filter(end -> end.path("stream").asText().equals(stream))
                      .findAny(),
              Optional::isPresent)
          .orElseThrow();
    }

    /** What the list of streams that was told last says about the stream's state. */
    public String state() {
      List<JsonNode> lists = of("streams");
      if (!lists.isEmpty()) {
        for (JsonNode one : lists.get(lists.size() - 1).path("streams")) {
          if (one.path("id").asText().equals(stream)) {
            return one.path("state").asText();
          }
        }
      }
      return "unknown";
    }
  }

  /** A browser's microphone. */
  public static final class Microphone {
    private final WebSocket socket;
    private final String stream;

    private Microphone(WebSocket socket, String stream) {
      this.socket = socket;
      this.stream = stream;
    }

    /** Its stream. */
    public String stream() {
      return stream;
    }

    /** Sends samples. */
    public void speak(short[] samples) throws Exception {
      for (int from = 0; from < samples.length; from += MOST_SAMPLES_SENT) {
        int count = Math.min(MOST_SAMPLES_SENT, samples.length - from);
        ByteBuffer bytes = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples, from, count);
        // Not the buffer itself: Java's client turns the bytes of a little-endian one around.
        socket.sendBinary(ByteBuffer.wrap(bytes.array()), true).get(1, TimeUnit.MINUTES);
      }
    }

    /** Says that this was all. */
    public void end() throws Exception {
      socket.sendText("{\"end\":true}", true).get(1, TimeUnit.MINUTES);
    }

    /** Closes the connection as a tab does that is closed. */
    public void close() throws Exception {
      socket.sendClose(1001, "").get(1, TimeUnit.MINUTES);
    }

    /** Is gone without a word, as where the network is. */
    public void vanish() {
      socket.abort();
    }
  }
}
