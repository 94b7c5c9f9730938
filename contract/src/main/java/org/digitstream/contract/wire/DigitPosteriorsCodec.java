package org.digitstream.contract.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import org.digitstream.contract.DigitPosteriors;
import org.digitstream.contract.proto.DigitPosteriorsRecord;

/** {@link DigitPosteriors} as the Protobuf message {@code digitstream.v1.DigitPosteriorsRecord}. */
public final class DigitPosteriorsCodec implements RecordCodec<DigitPosteriors> {
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
      DigitPosteriorsRecord message = DigitPosteriorsRecord.parseFrom(bytes);
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
