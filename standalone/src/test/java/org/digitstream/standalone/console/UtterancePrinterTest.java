package org.digitstream.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.digitstream.contract.DigitEvent;
import org.digitstream.contract.utterance.Utterance;
import org.junit.jupiter.api.Test;

class UtterancePrinterTest {
  private final AtomicLong nanos = new AtomicLong();
  private final List<Utterance> shown = new ArrayList<>();
  private final UtterancePrinter printer =
      new UtterancePrinter(Duration.ofSeconds(1), nanos::get, shown::add);

  private static DigitEvent digit(String stream, long index, int digit, long start) {
    return new DigitEvent(
        stream, stream, index, digit, start, start + 8_000, 16_000, 0.9f, List.of(), "model");
  }

  @Test
  void streamsThatRunAtTheSameTimeDoNotMix() {
    printer.digit(digit("a", 0, 1, 0));
    printer.digit(digit("b", 0, 7, 0));
    printer.digit(digit("a", 1, 2, 8_000));
    assertThat(printer.growing("a")).map(Utterance::digits).contains("12");

    printer.end("a");
    assertThat(shown).extracting(Utterance::digits).containsExactly("12");
    assertThat(printer.growing("a")).isEmpty();
    printer.endAll();
    printer.endAll();
    assertThat(shown).extracting(Utterance::digits).containsExactly("12", "7");
  }

  @Test
  void whatNothingFollowsIsShownAfterAWhile() {
    printer.digit(digit("a", 0, 1, 0));
    nanos.set(2_000_000_000L);
    printer.quiet();
    assertThat(shown).isEmpty();

    nanos.set(2_001_000_000L);
    printer.quiet();
    printer.quiet();
    assertThat(shown).extracting(Utterance::digits).containsExactly("1");
  }

  @Test
  void aGapInOneStreamSeparatesNothingInAnother() {
    printer.gap("a", 8_000, 8_100);
    for (String stream : List.of("a", "b")) {
      printer.digit(digit(stream, 0, 1, 0));
      printer.digit(digit(stream, 1, 2, 8_100));
    }
    printer.endAll();

    assertThat(shown).extracting(Utterance::digits).containsExactly("1", "2", "12");
  }

  @Test
  void theStringStandsBelowItsDigitsAndIsNoLineOfADigit() {
    printer.digit(digit("a", 0, 1, 8_000));
    printer.digit(digit("a", 1, 2, 16_000));
    printer.endAll();

    assertThat(UtteranceLine.of(shown.get(0), false))
        .isEqualTo("        = 12  81 %  0:00.50 to 0:01.50");
    assertThat(UtteranceLine.of(shown.get(0), true)).contains("\u001B[1;36m12\u001B[0m  81 %");
    assertThat(
            DigitLine.of(digit("a", 0, 1, 8_000), java.util.OptionalLong.empty(), false)
                .indexOf('1'))
        .isEqualTo(UtteranceLine.of(shown.get(0), false).indexOf('1'));
  }

  @Test
  void asJsonItHasAllFieldsAndAType() {
    printer.digit(digit("a", 3, 1, 8_000));
    printer.endAll();

    assertThat(UtteranceLine.json(shown.get(0)))
        .isEqualTo(
            "{\"type\":\"utterance\",\"streamId\":\"a\",\"source\":\"a\",\"firstIndex\":3,"
                + "\"digits\":\"1\",\"startSample\":8000,\"endSample\":16000,"
                + "\"sampleRateHz\":16000,\"confidence\":0.8999999761581421}");
  }
}
