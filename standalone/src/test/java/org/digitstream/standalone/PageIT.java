package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.features.dsp.MelBands;
import org.digitstream.ingest.source.WavReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** {@code digitstream serve} and a real browser: Debian's Chromium, driven by Selenium. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class PageIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> WORDS =
      List.of(
          "7_gb-8bit_150", "3_gb-mulaw_150", "8_slt-16bit_100", "5_rms-16bit_85", "1_rms-mulaw_85");
  private static final String SPOKEN = "73851";
  private static final int SAMPLE_RATE_HZ = 48_000;

  @TempDir private Path folder;
  private ChildProgram serve;
  private String address;
  private ChromeDriver browser;

  @BeforeEach
  void open() throws Exception {
    if (!"1".equals(System.getenv("DIGITSTREAM_REQUIRE_SYSTEM_TESTS"))) {
      assumeTrue(
          Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
          "packages chromium and chromium-driver");
    }
    serve = ChildProgram.start("serve", "--port", "0");
    address = serve.await("page at (http://[^ ]+) .*");
    browser = new ChromeDriver(service(), options(microphone()));
    browser.get(address);
    await().atMost(PATIENCE).until(() -> script("return window.digitstream.connected") != null);
    await()
        .atMost(PATIENCE)
        .until(() -> Boolean.TRUE.equals(script("return window.digitstream.connected")));
    // The last thing that it asks for before a person can begin.
    await().atMost(PATIENCE).until(browser.findElement(By.id("play-recording"))::isEnabled);
  }

  private static ChromeDriverService service() {
    return new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
  }

  private static ChromeOptions options(Path microphone) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--window-size=1280,1000",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        "--use-file-for-fake-audio-capture=" + microphone + "%noloop");
    options.setCapability("goog:loggingPrefs", logs);
    return options;
  }

  @AfterEach
  void close() throws Exception {
    if (browser != null) {
      browser.quit();
    }
    if (serve != null) {
      serve.close();
    }
  }

  /** Bundled words, after some silence in which the microphone opens. */
  private Path microphone() throws Exception {
    short[] samples = new short[(5 + 2 * WORDS.size()) * SAMPLE_RATE_HZ];
    int at = 3 * SAMPLE_RATE_HZ;
    for (String name : WORDS) {
      short[] word = WavReader.readMono(bundled(name + ".wav"), SAMPLE_RATE_HZ);
      System.arraycopy(word, 0, samples, at, word.length);
      at += word.length + SAMPLE_RATE_HZ;
    }
    return wav("microphone.wav", samples);
  }

  private Path wav(String name, short[] samples) throws IOException {
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples.length);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(SAMPLE_RATE_HZ).putInt(2 * SAMPLE_RATE_HZ);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
    wav.asShortBuffer().put(samples);
    return Files.write(folder.resolve(name), wav.array());
  }

  private Path bundled(String name) throws IOException {
    try (InputStream in = PageIT.class.getResourceAsStream("/recordings/" + name)) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }

  private Object script(String text) {
    return browser.executeScript(text);
  }

  private String digits() {
    return String.valueOf(script("return document.querySelector('#digits').textContent"));
  }

  private void noErrorsInTheConsole() {
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .isEmpty();
  }

  @Test
  void whatIsSpokenIntoThePageIsSeenOnItWithinASecond() {
    script(
        "window.latencies = []; const socket = new WebSocket(location.href.replace('http', 'ws')"
            + " + 'ws/live'); socket.onmessage = m => { if (typeof m.data === 'string') { const e ="
            + " JSON.parse(m.data); if (e.type === 'digit') window.latencies.push(e.latencyMillis);"
            + " } };");
    browser.findElement(By.id("microphone")).click();

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(digits()).isEqualTo(SPOKEN));

    @SuppressWarnings("unchecked")
    List<Long> latencies = (List<Long>) script("return window.latencies");
    assertThat(latencies).hasSize(SPOKEN.length()).allMatch(millis -> millis < 1_000);
    browser.findElement(By.id("microphone")).click();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                browser
                    .findElement(By.id("streams"))
                    .getText()
                    .toLowerCase(Locale.ROOT)
                    .contains("ended"));
    noErrorsInTheConsole();
  }

  @Test
  void aFileIsReplayedAndLabelledOnesAreScored() throws Exception {
    Path seven = Files.copy(bundled("7_gb-8bit_150.wav"), folder.resolve("7_somebody_0.wav"));
    browser.findElement(By.id("file")).sendKeys(seven.toString());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(digits()).isEqualTo("7"));
    await()
        .atMost(PATIENCE)
        .until(() -> browser.findElement(By.id("score")).getText().contains("100"));

    Path wrong = Files.copy(seven, folder.resolve("3_somebody_1.wav"));
    browser.findElement(By.id("file")).sendKeys(wrong.toString());
    await()
        .atMost(PATIENCE)
        .until(() -> browser.findElement(By.id("score")).getText().contains("3_somebody_1.wav"));
    noErrorsInTheConsole();
  }

  /** Drops a file on the page as a person does; what the page made of it. */
  private List<?> drop(String name, byte[] content) {
    return (List<?>)
        browser.executeScript(
            """
            const [name, base64] = arguments;
            const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([bytes], name, { type: 'audio/wav' }));
            const curtain = document.querySelector('#drop');
            const happen = (type) => {
              const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
              document.querySelector('#heard').dispatchEvent(event);
              const taken = event.defaultPrevented ? 'taken' : 'left to the browser';
              return `${type} ${taken}, ${curtain.hidden ? 'nothing shown' : 'place shown'}`;
            };
            return ['dragover', 'drop'].map(happen);
            """,
            name,
            Base64.getEncoder().encodeToString(content));
  }

  @Test
  void aFileThatIsDroppedOnThePageIsReplayed() throws Exception {
    List<?> done = drop("seven.wav", Files.readAllBytes(bundled("7_gb-8bit_150.wav")));

    assertThat(done.toString())
        .isEqualTo("[dragover taken, place shown, drop taken, nothing shown]");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(digits()).isEqualTo("7"));
    assertThat(browser.findElement(By.id("streams")).getText()).contains("seven.wav");
    noErrorsInTheConsole();
  }

  @Test
  void whatSomebodyBeginsHereIsShownToItsEndWhateverOthersBegin() throws Exception {
    browser.findElement(By.id("play-recording")).click();
    await().atMost(PATIENCE).until(() -> watched().equals("demo.wav"));
    post("api/recordings/7_gb-8bit_150.wav");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(browser.findElement(By.id("streams")).getText()).contains("7_gb-8bit"));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(digits()).isEqualTo("2071943865"));
    assertThat(watched()).isEqualTo("demo.wav");

    await().atMost(PATIENCE).until(() -> ended() == 2);
    post("api/recordings/7_gb-8bit_150.wav");
    await().atMost(PATIENCE).until(() -> watched().equals("7_gb-8bit_150.wav"));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(digits()).isEqualTo("7"));
    noErrorsInTheConsole();
  }

  private String watched() {
    return browser.findElement(By.id("watched")).getText();
  }

  @Test
  void whatIsNoRecordingIsRefusedInWordsWhenItIsDropped() throws Exception {
    drop("notes.wav", "Dear diary".getBytes(StandardCharsets.UTF_8));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(notices()).contains("notes.wav").contains("WAV"));
    assertThat(browser.getCurrentUrl()).isEqualTo(address);

    drop("seven.wav", Files.readAllBytes(bundled("7_gb-8bit_150.wav")));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(digits()).isEqualTo("7"));
    assertThat(notices()).isEmpty();
  }

  private String notices() {
    return browser.findElement(By.cssSelector("#message .notices")).getText();
  }

  /**
   * How often the picture is drawn while a recording is spoken. A machine that does much else may
   * not let a browser draw so often all the time; a few quiet seconds are enough to show that the
   * page can.
   */
  @Test
  void thePictureIsDrawnFiftyTimesASecond() {
    script(
        """
        window.seconds = [];
        let ticks = 0, draws = digitstream.framesDrawn, since = performance.now();
        const tick = (now) => {
          ticks++;
          if (now - since >= 1000) {
            const drawn = digitstream.framesDrawn - draws;
            const millis = digitstream.drawMillis(drawn).sort((a, b) => a - b);
            const part = (count) => (count * 1000) / (now - since);
            seconds.push([part(drawn), part(ticks), millis.at(Math.ceil(0.95 * drawn) - 1) ?? 0]);
            [ticks, draws, since] = [0, digitstream.framesDrawn, now];
          }
          requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
        """);
    List<Second> seconds = List.of();
    for (int round = 0; round < 20 && held(seconds).isEmpty(); round++) {
      playToItsEnd("demo.wav");
      seconds = seconds();
    }
    assertThat(held(seconds)).as("three such seconds on end among %s", seconds).isNotEmpty();
    System.out.println("drawn while a recording was spoken: " + held(seconds));
    noErrorsInTheConsole();
  }

  /**
   * A second of the page.
   *
   * @param draws how often the picture was drawn
   * @param ticks how often the browser would have let it
   * @param millis what 95 % of the pictures took at most
   */
  private record Second(double draws, double ticks, double millis) {
    boolean holds() {
      return draws >= 50 && millis < 1000.0 / 50;
    }
  }

  private List<Second> seconds() {
    return ((List<?>) script("return window.seconds"))
        .stream()
            .map(second -> ((List<?>) second).stream().map(Number.class::cast).toList())
            .map(
                second ->
                    new Second(
                        second.get(0).doubleValue(),
                        second.get(1).doubleValue(),
                        second.get(2).doubleValue()))
            .toList();
  }

  private static List<Second> held(List<Second> seconds) {
    for (int i = 0; i + 3 <= seconds.size(); i++) {
      List<Second> three = seconds.subList(i, i + 3);
      if (three.stream().allMatch(Second::holds)) {
        return three;
      }
    }
    return List.of();
  }

  private void playToItsEnd(String recording) {
    long before = ended();
    post("api/recordings/" + recording);
    await().atMost(PATIENCE).until(() -> ended() > before);
  }

  private long ended() {
    return browser.findElements(By.cssSelector("#streams [data-state='ended']")).size();
  }

  /**
   * What is made at each picture is garbage right after it, and taking it away stops the picture.
   * Numbers with a fraction that are given to a canvas cannot be helped; these are less than a
   * kilobyte.
   */
  @Test
  void drawingMakesNoGarbageToSpeakOf() {
    while (framesDrawn() < 800) {
      // What is called often is compiled by then, and keeps numbers out of the heap.
      playToItsEnd("demo.wav");
    }
    Map<String, Object> everything =
        Map.of(
            "samplingInterval",
            128,
            "includeObjectsCollectedByMajorGC",
            true,
            "includeObjectsCollectedByMinorGC",
            true);
    browser.executeCdpCommand("HeapProfiler.enable", Map.of());
    browser.executeCdpCommand("HeapProfiler.startSampling", everything);
    long before = framesDrawn();
    playToItsEnd("demo.wav");
    long draws = framesDrawn() - before;
    Map<?, ?> profile =
        (Map<?, ?>) browser.executeCdpCommand("HeapProfiler.stopSampling", Map.of()).get("profile");
    double bytes = bytesOfDrawing((Map<?, ?>) profile.get("head"), false) / draws;

    System.out.printf(Locale.ROOT, "%.0f bytes for each of %d pictures%n", bytes, draws);
    assertThat(draws).isGreaterThan(50);
    assertThat(bytes).isBetween(1.0, 2_048.0);
  }

  private long framesDrawn() {
    return ((Number) script("return digitstream.framesDrawn")).longValue();
  }

  /** What the stage's tick, and what it calls, took of the heap. */
  private static double bytesOfDrawing(Map<?, ?> node, boolean within) {
    Map<?, ?> function = (Map<?, ?>) node.get("callFrame");
    boolean drawing =
        within
            || (function.get("functionName").equals("#tick")
                && function.get("url").toString().endsWith("stage.js"));
    double bytes = drawing ? ((Number) node.get("selfSize")).doubleValue() : 0;
    for (Object child : (List<?>) node.get("children")) {
      bytes += bytesOfDrawing((Map<?, ?>) child, drawing);
    }
    return bytes;
  }

  /** The seed's bands lie on another scale than the bundled model's. */
  @Test
  void frequenciesAreWrittenWhereTheBandsAre() {
    for (FeatureSpec spec : FeatureSpec.PRESETS) {
      List<?> marks =
          (List<?>)
              browser.executeAsyncScript(
                  "const [bands, done] = arguments; import('./frequencies.js').then((f) =>"
                      + " done(f.frequencyMarks(bands).map(({ text, part }) => [text, part])))",
                  MelBands.peaksHz(spec));
      List<?> oneKilohertz =
          marks.stream()
              .map(List.class::cast)
              .filter(mark -> mark.get(0).equals("1 kHz"))
              .findFirst()
              .orElseThrow();
      double place = 1_000;
      List<Double> peaks = MelBands.peaksHz(spec);
      long below = peaks.stream().filter(peak -> peak <= place).count();
      assertThat(((Number) oneKilohertz.get(1)).doubleValue() * spec.bands())
          .isBetween(below - 0.5, below + 0.5);
    }
  }

  @Test
  void aDigitCanBeLookedAtAndHeard() {
    post("api/recordings/demo.wav");
    await().atMost(PATIENCE).until(() -> digits().length() >= 3);
    browser.findElement(By.cssSelector("#digit-list button[data-index='1']")).click();
    await().atMost(PATIENCE).until(() -> browser.findElement(By.id("details")).isDisplayed());
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                ((Number)
                            script(
                                "const a = document.querySelector('#details-audio'); return"
                                    + " Number.isFinite(a.duration) ? a.duration : 0"))
                        .doubleValue()
                    > 0.3);
    noErrorsInTheConsole();
  }

  @Test
  void aConnectionThatWasLostComesBack() throws Exception {
    int port = URI.create(address).getPort();
    serve.close();
    await()
        .atMost(PATIENCE)
        .until(() -> Boolean.FALSE.equals(script("return window.digitstream.connected")));
    assertThat(browser.findElement(By.id("message")).getText()).isNotBlank();
    serve = ChildProgram.start("serve", "--port", Integer.toString(port));
    serve.await("page at (http://[^ ]+) .*");
    await()
        .atMost(PATIENCE)
        .until(() -> Boolean.TRUE.equals(script("return window.digitstream.connected")));
    post("api/recordings/7_gb-8bit_150.wav");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(digits()).isEqualTo("7"));
  }

  @Test
  void axeFindsNothingSerious() throws Exception {
    post("api/recordings/demo.wav");
    await().atMost(PATIENCE).until(() -> digits().length() >= 2);
    try (InputStream axe = PageIT.class.getResourceAsStream("/axe.min.js")) {
      script(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> violations =
        (List<Map<String, Object>>)
            browser.executeAsyncScript(
                "const done = arguments[arguments.length - 1];"
                    + " axe.run().then(r => done(r.violations.map(v => ({id: v.id, impact:"
                    + " v.impact}))))");
    assertThat(violations)
        .filteredOn(violation -> List.of("serious", "critical").contains(violation.get("impact")))
        .isEmpty();
  }

  private void post(String path) {
    try {
      assertThat(
              HttpClient.newHttpClient()
                  .send(
                      HttpRequest.newBuilder(URI.create(address + path))
                          .POST(HttpRequest.BodyPublishers.noBody())
                          .build(),
                      BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(202);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
