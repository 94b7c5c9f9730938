package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A page that others reach, and a real browser that comes with the token. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class PageTokenIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void theAddressWithTheTokenOpensThePageAndTheTokenDoesNotStayInIt() throws Exception {
    if (!"1".equals(System.getenv("DIGITSTREAM_REQUIRE_SYSTEM_TESTS"))) {
      assumeTrue(
          Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
          "packages chromium and chromium-driver");
    }
    try (ChildProgram serve = ChildProgram.start("serve", "--port", "0", "--bind", "0.0.0.0")) {
      String entrance = serve.await("page at (http://[^ ]+) .*");
      assertThat(entrance).contains("?token=");
      String address = entrance.substring(0, entrance.indexOf('?'));
      String token = entrance.substring(entrance.indexOf('=') + 1);
      ChromeDriver browser = browser();
      try {
        browser.get(entrance);
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(
                () ->
                    Boolean.TRUE.equals(
                        browser.executeScript("return window.digitstream.connected")));
        assertThat(browser.getCurrentUrl()).isEqualTo(address);
        assertThat(browser.executeScript("return document.cookie")).isEqualTo("");
        assertThat(browser.executeScript("return document.documentElement.outerHTML").toString())
            .doesNotContain(token);

        WebElement play = browser.findElement(By.id("play-recording"));
        await().atMost(PATIENCE).until(play::isEnabled);
        play.click();
        await()
            .atMost(PATIENCE)
            .until(() -> !browser.findElement(By.id("digits")).getText().isEmpty());
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
            .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
            .isEmpty();

        browser.manage().deleteAllCookies();
        browser.get(address);
        assertThat(browser.getPageSource())
            .contains("wants a token")
            .doesNotContain("<title>digit");
      } finally {
        browser.quit();
      }
      assertThat(serve.err().toString()).doesNotContain(token);
      assertThat(serve.out().stream().filter(line -> line.contains(token))).hasSize(1);
    }
  }

  private static ChromeDriver browser() {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments("--headless=new", "--no-sandbox", "--window-size=1280,1000");
    options.setCapability("goog:loggingPrefs", logs);
    return new ChromeDriver(
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(), options);
  }
}
