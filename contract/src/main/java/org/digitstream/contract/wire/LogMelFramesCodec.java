package org.digitstream.contract.wire;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.proto.LogMelFramesRecord;

/** {@link LogMelFrames} as the Protobuf message {@code digitstream.v1.LogMelFramesRecord}. */
public final class LogMelFramesCodec implements RecordCodec<LogMelFrames> {
  /** What a later version adds is dropped at once: kept, it would cost many times its bytes. */
  private static final Parser<LogMelFramesRecord> PARSER =
      DiscardUnknownFieldsParser.wrap(LogMelFramesRecord.parser());

  @Override
  public byte[] encode(LogMelFrames frames) {
    LogMelFramesRecord.Builder message =
        LogMelFramesRecord.newBuilder()
            .setStreamId(frames.streamId())
            .setSource(frames.source())
            .setFeatureSpecId(frames.featureSpecId())
            .setFirstFrame(frames.firstFrame())
            .setBandCount(frames.bandCount())
            .setCapturedAtMicros(frames.capturedAtMicros())
            .setEnd(frames.end())
            .setNextSample(frames.nextSample());
    for (float value : frames.values()) {
      message.addValues(value);
    }
    return message.build().toByteArray();
  }

  @Override
  public LogMelFrames decode(byte[] bytes) throws MalformedRecordException {
    try {
      LogMelFramesRecord message = PARSER.parseFrom(bytes);
      float[] values = new float[message.getValuesCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = message.getValues(i);
      }
      return new LogMelFrames(
          message.getStreamId(),
          message.getSource(),
          message.getFeatureSpecId(),
          message.getFirstFrame(),
          message.getBandCount(),
          values,
          message.getCapturedAtMicros(),
          message.getEnd(),
          message.getNextSample());
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedRecordException("not a LogMelFramesRecord: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException("not log-mel frames: " + e.getMessage(), e);
    }
  }
}
