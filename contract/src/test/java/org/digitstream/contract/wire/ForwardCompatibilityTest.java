package org.digitstream.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.StreamEnd;
import org.digitstream.contract.proto.AudioChunkRecord;
import org.junit.jupiter.api.Test;

/** What a newer version may add, an older one must survive. */
class ForwardCompatibilityTest {
  private static AudioChunkRecord.Builder chunk() {
    return AudioChunkRecord.newBuilder()
        .setStreamId("3f1c")
        .setSampleRateHz(16_000)
        .setPcm16(ByteString.copyFrom(new byte[] {1, 2}));
  }

  @Test
  void fieldsThatANewerVersionAddedAreIgnored() throws MalformedRecordException {
    UnknownFieldSet added =
        UnknownFieldSet.newBuilder()
            .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(5).build())
            .build();

    assertThat(
            new AudioChunkCodec()
                .decode(chunk().setUnknownFields(added).build().toByteArray())
                .samples())
        .containsExactly((short) 0x0201);
    assertThat(
            new StreamEventCodec()
                .decode(
                    ("{\"type\":\"end-of-stream\",\"streamId\":\"a\",\"source\":\"\",\"digits\":0,"
                            + "\"endSample\":1,\"sampleRateHz\":8000,\"modelId\":\"m\",\"added\":[{}]}")
                        .getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new StreamEnd("a", "", 0, 1, 8000, "m"));
  }

  @Test
  void aReasonThatANewerVersionAddedIsStillAGap() throws MalformedRecordException {
    assertThat(new AudioChunkCodec().decode(chunk().setGapValue(42).build().toByteArray()).gap())
        .isNotEqualTo(GapReason.NONE);
  }

  @Test
  void halfASampleIsMalformed() {
    byte[] bytes = chunk().setPcm16(ByteString.copyFrom(new byte[3])).build().toByteArray();

    assertThatThrownBy(() -> new AudioChunkCodec().decode(bytes))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("3 bytes");
  }

  @Test
  void theReasonQuotesTheBadValue() {
    byte[] bytes = chunk().setSampleRateHz(7_999).build().toByteArray();

    assertThatThrownBy(() -> new AudioChunkCodec().decode(bytes))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("7999")
        .hasMessageContaining("8000..96000");
  }

  @Test
  void anEventWithoutAFieldIsMalformed() {
    String[] fields = {
      "\"type\":\"end-of-stream\"",
      "\"streamId\":\"a\"",
      "\"source\":\"\"",
      "\"digits\":0",
      "\"endSample\":1",
      "\"sampleRateHz\":8000",
      "\"modelId\":\"m\""
    };
    for (String missing : fields) {
      String json =
          "{"
              + String.join(",", Arrays.stream(fields).filter(f -> !f.equals(missing)).toList())
              + "}";
      assertThatThrownBy(() -> new StreamEventCodec().decode(json.getBytes(StandardCharsets.UTF_8)))
          .as("without %s", missing)
          .isInstanceOf(MalformedRecordException.class);
    }
  }
}
