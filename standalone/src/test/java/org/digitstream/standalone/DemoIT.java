package org.digitstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first thing that anybody tries, with the model that ships. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DemoIT {
  private static final Path TRANSCRIPTS = Path.of("src/main/resources/recordings/transcripts.tsv");
  private static final Pattern DIGIT_LINE =
      Pattern.compile("^ *\\d+:\\d\\d\\.\\d\\d  (\\d)  ", Pattern.MULTILINE);

  @Test
  void theDemoHearsAllTenDigitsOfItsRecording() throws Exception {
    String said =
        Files.readAllLines(TRANSCRIPTS).stream()
            .filter(line -> line.startsWith("demo.wav\t"))
            .map(line -> line.substring(line.indexOf('\t') + 1))
            .collect(Collectors.joining());
    assertThat(said).hasSize(10);

    Program demo = Program.run("demo");

    assertThat(demo.exitCode()).as(demo.toString()).isZero();
    assertThat(
            DIGIT_LINE
                .matcher(demo.out())
                .results()
                .map((MatchResult line) -> line.group(1))
                .collect(Collectors.joining()))
        .isEqualTo(said);
    assertThat(demo.out()).contains("expected    " + said).contains("recognized  " + said);
  }
}
