package org.digitstream.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.digitstream.dashboards.web.PageAccess;
import org.digitstream.dashboards.web.PageLimits;
import org.digitstream.standalone.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Who may come to the page, as the command line and the environment say. */
class AccessOptionsTest {
  private static final String TOKEN = "a-token-that-somebody-chose";

  @TempDir Path folder;

  private static PageAccess access(Map<String, String> environment, String... arguments)
      throws Exception {
    return CommandLine.populateCommand(new AccessOptions(), arguments).access(null, environment);
  }

  @Test
  void thisMachineComesWithoutATokenAndNobodyElseComesAtAll() throws Exception {
    PageAccess access = access(Map.of());
    assertThat(access.isLoopback()).isTrue();
    assertThat(access.token()).isEmpty();
    assertThat(access.limits()).isEqualTo(PageLimits.DEFAULT);
  }

  @Test
  void othersNeedATokenThatIsNewAtEachStart() throws Exception {
    String first = access(Map.of(), "--bind", "0.0.0.0").token().orElseThrow().reveal();
    String second = access(Map.of(), "--host", "::").token().orElseThrow().reveal();
    assertThat(first).hasSize(32).isNotEqualTo(second);
  }

  @Test
  void aTokenOfOnesOwnComesFromTheEnvironmentOrAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    Map<String, String> environment = Map.of(AccessOptions.TOKEN_VARIABLE, TOKEN);
    assertThat(access(environment).token().orElseThrow().reveal()).isEqualTo(TOKEN);
    assertThat(access(Map.of(), "--token-file", file.toString()).token().orElseThrow().reveal())
        .isEqualTo(TOKEN);
    assertThatThrownBy(() -> access(environment, "--token-file", file.toString()))
        .hasMessageContaining("keep one");
    assertThatThrownBy(() -> access(Map.of(AccessOptions.TOKEN_VARIABLE, "short")))
        .hasMessageContaining("16 to 200")
        .hasMessageNotContaining("short;");
  }

  @Test
  void limitsAreAsAskedForAndWithinBounds() throws Exception {
    PageAccess access =
        access(Map.of(), "--upload-limit", "3", "--duration-limit", "90s", "--client-streams", "2");
    assertThat(access.limits().uploadBytes()).isEqualTo(3_000_000);
    assertThat(access.limits().streamLength()).isEqualTo(Duration.ofSeconds(90));
    assertThat(access.limits().streamsPerClient()).isEqualTo(2);
    assertThatThrownBy(() -> access(Map.of(), "--client-requests", "1"))
        .hasMessageContaining("60..100000");
  }

  @Test
  void whatIsWrongIsToldByTheCommandWithoutSecrets() throws Exception {
    Path keystore = Files.writeString(folder.resolve("page.p12"), "no keystore");
    Program without = Program.run("page", "--keystore", keystore.toString());
    assertThat(without.exitCode()).isEqualTo(1);
    assertThat(without.err()).contains(AccessOptions.KEYSTORE_VARIABLE);

    Program broken =
        Program.run(
            Map.of(AccessOptions.KEYSTORE_VARIABLE, "secret-1234", "DIGITSTREAM_DEBUG", "1"),
            "page",
            "--keystore",
            keystore.toString());
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.err()).contains("page.p12 cannot").doesNotContain("secret-1234");

    Program nowhere = Program.run("page", "--bind", "no.such.host.invalid");
    assertThat(nowhere.exitCode()).isEqualTo(1);
    assertThat(nowhere.err()).contains("'no.such.host.invalid' is no address");
  }
}
