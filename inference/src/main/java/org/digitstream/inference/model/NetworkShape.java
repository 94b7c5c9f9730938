package org.digitstream.inference.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * The shape of a network: everything about it but its weights.
 *
 * <p>In a model file a {@link PictureShape} says {@code "type": "picture"}. A {@link TemporalShape}
 * says nothing, since files of the time when there was no other shape do not either, and the model
 * id is a hash of the file's text.
 */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    include = JsonTypeInfo.As.EXISTING_PROPERTY,
    property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TemporalShape.class, name = TemporalShape.TYPE),
  @JsonSubTypes.Type(value = PictureShape.class, name = PictureShape.TYPE)
})
public sealed interface NetworkShape permits TemporalShape, PictureShape {
  /** Values per input frame. */
  int bands();

  /** Number of classes. */
  int classes();

  /** Input frames that one output sees. */
  int receptiveFieldFrames();

  /** Number of weights and biases. */
  int parameterCount();
}
