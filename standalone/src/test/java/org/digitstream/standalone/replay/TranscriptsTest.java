package org.digitstream.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptsTest {
  @ParameterizedTest
  @CsvSource({
    "7_jackson_32.wav, 7",
    "0_Agnes_60.wav, 0",
    "some/folder/3_x_0.WAV, 3",
    "jackson_7_32.wav,",
    "12_jackson_32.wav,",
    "7_jackson.wav,",
    "demo.wav,"
  })
  void aNameSaysItsDigitOrNothing(Path recording, String digits) {
    assertThat(Transcripts.FROM_NAMES.digitsOf(recording).orElse(null)).isEqualTo(digits);
  }

  @Test
  void commentsHeaderEmptyLinesAndFurtherColumnsAreIgnored() throws Exception {
    Transcripts transcripts =
        parse(
            "\uFEFF# made by hand",
            "file\tdigits\tvoice",
            "",
            "a.wav\t123\ten-gb",
            "b.wav\t4 5 6",
            "noise.wav\t");

    assertThat(transcripts.digitsOf(Path.of("x/a.wav"))).contains("123");
    assertThat(transcripts.digitsOf(Path.of("b.wav"))).contains("456");
    assertThat(transcripts.digitsOf(Path.of("noise.wav"))).contains("");
    assertThat(transcripts.digitsOf(Path.of("file"))).isEmpty();
    assertThat(transcripts.digitsOf(Path.of("7_jackson_32.wav"))).isEmpty();
  }

  @Test
  void theLongestPathThatFitsCounts() throws Exception {
    Transcripts transcripts = parse("a.wav\t1", "two/a.wav\t2", "./three/a.wav\t3");

    assertThat(transcripts.digitsOf(Path.of("/data/one/a.wav"))).contains("1");
    assertThat(transcripts.digitsOf(Path.of("/data/two/a.wav"))).contains("2");
    assertThat(transcripts.digitsOf(Path.of("three/a.wav"))).contains("3");
    assertThat(transcripts.digitsOf(Path.of("/data/aa.wav"))).isEmpty();
  }

  @Test
  void aWrongLineIsNamed() {
    assertThatThrownBy(() -> parse("a.wav\t1", "b.wav 2"))
        .isInstanceOf(TranscriptException.class)
        .hasMessageContaining("t.tsv, line 2")
        .hasMessageContaining("'b.wav 2'");
    assertThatThrownBy(() -> parse("a.wav\t1x"))
        .isInstanceOf(TranscriptException.class)
        .hasMessageContaining("line 1");
    assertThatThrownBy(() -> parse("a.wav\t1", "a.wav\t2"))
        .isInstanceOf(TranscriptException.class)
        .hasMessageContaining("'1' further up and is '2' here");
  }

  @Test
  void aFileThatIsNotThereOrNotTextIsNamed(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("missing.tsv");
    assertThatThrownBy(() -> Transcripts.read(missing))
        .isInstanceOf(TranscriptException.class)
        .hasMessageContaining("there is no transcript file " + missing);

    Path binary = Files.write(folder.resolve("binary.tsv"), new byte[] {(byte) 0xC3, 0x28});
    assertThatThrownBy(() -> Transcripts.read(binary))
        .isInstanceOf(TranscriptException.class)
        .hasMessageContaining("not a text file");
  }

  private static Transcripts parse(String... lines) throws TranscriptException {
    return Transcripts.parse("t.tsv", List.of(lines));
  }
}
