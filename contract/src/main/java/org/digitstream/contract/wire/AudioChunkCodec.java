package org.digitstream.contract.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.digitstream.contract.AudioChunk;
import org.digitstream.contract.GapReason;
import org.digitstream.contract.proto.AudioChunkRecord;
import org.digitstream.contract.proto.GapReasonRecord;

/** {@link AudioChunk} as the Protobuf message {@code digitstream.v1.AudioChunkRecord}. */
public final class AudioChunkCodec implements RecordCodec<AudioChunk> {
  /** What a later version adds is dropped at once: kept, it would cost many times its bytes. */
  private static final Parser<AudioChunkRecord> PARSER =
      DiscardUnknownFieldsParser.wrap(AudioChunkRecord.parser());

  @Override
  public byte[] encode(AudioChunk chunk) {
    byte[] pcm = new byte[2 * chunk.samples().length];
    ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(chunk.samples());
    return AudioChunkRecord.newBuilder()
        .setStreamId(chunk.streamId())
        .setSource(chunk.source())
        .setFirstSample(chunk.firstSample())
        .setSampleRateHz(chunk.sampleRateHz())
        .setPcm16(UnsafeByteOperations.unsafeWrap(pcm))
        .setCapturedAtMicros(chunk.capturedAtMicros())
        .setGap(
            switch (chunk.gap()) {
              case NONE -> GapReasonRecord.GAP_REASON_NONE;
              case OVERRUN -> GapReasonRecord.GAP_REASON_OVERRUN;
              case DEVICE_LOST -> GapReasonRecord.GAP_REASON_DEVICE_LOST;
              case BUFFER_FULL -> GapReasonRecord.GAP_REASON_BUFFER_FULL;
            })
        .setEnd(chunk.end())
        .build()
        .toByteArray();
  }

  /** The samples stay where they are until they become numbers. */
  private static AudioChunkRecord parse(byte[] bytes) throws InvalidProtocolBufferException {
    CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
    input.enableAliasing(true);
    AudioChunkRecord message = PARSER.parseFrom(input);
    input.checkLastTagWas(0);
    return message;
  }

  @Override
  public AudioChunk decode(byte[] bytes) throws MalformedRecordException {
    try {
      AudioChunkRecord message = parse(bytes);
      int pcmBytes = message.getPcm16().size();
      if (pcmBytes % 2 != 0 || pcmBytes > 2 * AudioChunk.MAX_SAMPLES) {
        throw new MalformedRecordException(
            pcmBytes
                + " bytes are not at most "
                + AudioChunk.MAX_SAMPLES
                + " whole 16-bit samples");
      }
      short[] samples = new short[pcmBytes / 2];
      message
          .getPcm16()
          .asReadOnlyByteBuffer()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asShortBuffer()
          .get(samples);
      return new AudioChunk(
          message.getStreamId(),
          message.getSource(),
          message.getFirstSample(),
          message.getSampleRateHz(),
          samples,
          message.getCapturedAtMicros(),
          switch (message.getGap()) {
            case GAP_REASON_NONE -> GapReason.NONE;
            case GAP_REASON_DEVICE_LOST -> GapReason.DEVICE_LOST;
            case GAP_REASON_BUFFER_FULL -> GapReason.BUFFER_FULL;
            // A reason that a newer version added is still a gap.
            case GAP_REASON_OVERRUN, UNRECOGNIZED -> GapReason.OVERRUN;
          },
          message.getEnd());
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedRecordException("not an AudioChunkRecord: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException("not an audio chunk: " + e.getMessage(), e);
    }
  }
}
