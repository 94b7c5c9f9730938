package org.digitstream.training.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is made of the tables that espeak-ng 1.51 and flite 2.2 print. */
class VoicesTest {
  private static final String ENGLISH =
      """
      Pty Language       Age/Gender VoiceName          File                 Other Languages
       2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
       3  en-uk           --/M      english-mb-en1     mb/mb-en1            (en-gb 3)(en 2)
       2  en-us           --/M      English_(America)  gmw/en-US            (en 3)
       5  variant         --/M      Storm              !v/Storm             (en-us 5)
       5  en-us-nyc       --/M      English_(America,_New_York_City) gmw/en-US-nyc\s\s
      """;

  private static final String VARIANTS =
      """
      Pty Language       Age/Gender VoiceName          File                 Other Languages
       5  variant         --/M      Adam               !v/adam             \s
       5  variant         --/F      Alicia             !v/Alicia           \s
       5  variant         --/M      Alex               !v/Alex             \s
       5  variant         --/M      Mr_Serious         !v/Mr serious       \s
       5  variant         --/M      klatt              !v/klatt            \s
       5  variant         --/F      female_whisper     !v/whisperf         \s
       5  variant         70/F      female1            !v/f1               \s
       5  variant         --/M      Storm              !v/Storm             (en-us 5)
      """;

  @Test
  void accentsAreTheEnglishVoicesThatNeedNothingElse() {
    assertThat(EspeakNg.accents(ENGLISH)).containsExactly("en-gb", "en-us", "en-us-nyc");
  }

  @Test
  void timbresAreOfWomenAndMenByTurnsWithoutRobotsAndWhispers() {
    assertThat(EspeakNg.timbres(VARIANTS)).containsExactly("Alicia", "adam", "f1", "Alex", "Storm");
  }

  @Test
  void flitesVoicesAreOneForEachPerson() {
    assertThat(Flite.timbres("Voices available: kal awb_time kal16 awb rms slt \n"))
        .containsExactly("awb", "kal16", "rms", "slt");
    assertThat(Flite.timbres("Voices available: kal")).containsExactly("kal");
    assertThat(Flite.timbres("usage: flite")).isEmpty();
  }

  @Test
  void aVoicesNameFitsIntoARecordingsName() {
    assertThat(SyntheticVoice.named(null, "en-gb+Mr_Serious 2", 50).name())
        .isEqualTo("en-gb-Mr-Serious-2");
    assertThatThrownBy(() -> new SyntheticVoice("Mr_Serious", null, "x", 50))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'Mr_Serious'");
  }
}
