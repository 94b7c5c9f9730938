package org.digitstream.contract.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.StreamEvent;
import org.junit.jupiter.api.Test;

class RecordSerdesTest {
  @Test
  void serdesCarryTheirRecordsThereAndBack() {
    AudioChunk chunk =
        new AudioChunk("s", "a.wav", 0, 8_000, new short[] {1, 2}, 5, GapReason.NONE, false);
    LogMelFrames frames =
        new LogMelFrames("s", "a.wav", "x", 0, 2, new float[] {1, 2}, 5, false, 512);
    StreamEvent event = new StreamEnd("s", "a.wav", 0, 0, 8_000, "m");
    DigitPosteriors posteriors =
        new DigitPosteriors("s", "a.wav", "m", -3, 4, 2, new float[] {0.25f, 0.75f});

    returns(RecordSerdes.audioChunks(), chunk);
    returns(RecordSerdes.logMelFrames(), frames);
    returns(RecordSerdes.streamEvents(), event);
    returns(RecordSerdes.digitPosteriors(), posteriors);
  }

  private static <T> void returns(Serde<T> serde, T record) {
    try (serde) {
      byte[] bytes = serde.serializer().serialize("topic", record);
      assertThat(serde.deserializer().deserialize("topic", bytes))
          .usingRecursiveComparison()
          .isEqualTo(record);
    }
  }

  @Test
  void tombstonesPassAsNull() {
    for (Serde<?> serde :
        List.of(
            RecordSerdes.audioChunks(),
            RecordSerdes.logMelFrames(),
            RecordSerdes.streamEvents(),
            RecordSerdes.digitPosteriors())) {
      assertThat((Object) serde.deserializer().deserialize("topic", (byte[]) null)).isNull();
      assertThat(serde.serializer().serialize("topic", null)).isNull();
    }
  }

  @Test
  void malformedBytesNameTheTopic() {
    assertThatThrownBy(
            () ->
                RecordSerdes.streamEvents()
                    .deserializer()
                    .deserialize("digit-events", new byte[] {1, 2}))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("digit-events");
  }
}
