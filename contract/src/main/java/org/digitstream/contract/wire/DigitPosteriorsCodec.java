package org.digitstream.contract.wire;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.proto.DigitPosteriorsRecord;

/** {@link DigitPosteriors} as the Protobuf message {@code digitstream.v1.DigitPosteriorsRecord}. */
public final class DigitPosteriorsCodec implements RecordCodec<DigitPosteriors> {
  /** What a later version adds is dropped at once: kept, it would cost many times its bytes. */
  private static final Parser<DigitPosteriorsRecord> PARSER =
      DiscardUnknownFieldsParser.wrap(DigitPosteriorsRecord.parser());

  @Override
  public byte[] encode(DigitPosteriors posteriors) {
    DigitPosteriorsRecord.Builder message =
        DigitPosteriorsRecord.newBuilder()
            .setStreamId(posteriors.streamId())
            .setSource(posteriors.source())
            .setModelId(posteriors.modelId())
            .setFirstFrame(posteriors.firstFrame())
            .setStrideFrames(posteriors.strideFrames())
            .setClassCount(posteriors.classCount());
    for (float value : posteriors.values()) {
      message.addValues(value);
    }
    return message.build().toByteArray();
  }

  @Override
  public DigitPosteriors decode(byte[] bytes) throws MalformedRecordException {
    try {
      DigitPosteriorsRecord message = PARSER.parseFrom(bytes);
      float[] values = new float[message.getValuesCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = message.getValues(i);
      }
      return new DigitPosteriors(
          message.getStreamId(),
          message.getSource(),
          message.getModelId(),
          message.getFirstFrame(),
          message.getStrideFrames(),
          message.getClassCount(),
          values);
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedRecordException("not a DigitPosteriorsRecord: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException("not posteriors: " + e.getMessage(), e);
    }
  }
}
