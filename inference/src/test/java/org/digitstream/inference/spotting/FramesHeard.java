package org.digitstream.inference.spotting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.WindowClassifier;

/**
 * What is heard in the frames of one stream, whichever way they come.
 *
 * @param network runs the model
 * @param values {@code values[frame * bands + band]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FramesHeard(ModelBundle model, WindowClassifier network, float[] values) {
  /**
   * What recognizers heard of which each began where the one before it had died.
   *
   * @param blocks how many blocks had to be remembered at once
   * @param longestCursorBytes the longest of what they left
   */
  record AfterCrashes(List<Detection> digits, int blocks, int longestCursorBytes) {}

  private int frames() {
    return values.length / bands();
  }

  private int bands() {
    return model.featureSpec().bands();
  }

  private float[] part(int from, int to) {
    return Arrays.copyOfRange(values, from * bands(), to * bands());
  }

  List<Detection> inOnePiece() {
    StreamRecognizer recognizer = new StreamRecognizer(model, network);
    List<Detection> digits = new ArrayList<>(recognizer.accept(0, values).digits());
    digits.addAll(recognizer.finish().digits());
    return digits;
  }

  /** In pieces of 1 to {@code most} frames. */
  List<Detection> inPieces(SplittableRandom random, int most) {
    StreamRecognizer recognizer = new StreamRecognizer(model, network);
    List<Detection> digits = new ArrayList<>();
    for (int at = 0; at < frames(); ) {
      int next = Math.min(frames(), at + 1 + random.nextInt(most));
      digits.addAll(recognizer.accept(at, part(at, next)).digits());
      at = next;
    }
    digits.addAll(recognizer.finish().digits());
    return digits;
  }

  /** In pieces of 1 to {@code most} frames, with a crash after each. */
  AfterCrashes withCrashes(SplittableRandom random, int most) {
    StreamRecognizer recognizer = new StreamRecognizer(model, network);
    int capacity = recognizer.blockCapacity();
    Map<Long, FrameBlock> slots = new HashMap<>();
    List<Detection> digits = new ArrayList<>();
    int longest = 0;
    for (int at = 0; at < frames(); ) {
      int next = Math.min(frames(), at + 1 + random.nextInt(most));
      digits.addAll(recognizer.accept(at, part(at, next)).digits());
      recognizer.changedBlocks().forEach(block -> slots.put(block.index() % capacity, block));
      byte[] cursor = recognizer.cursor();
      longest = Math.max(longest, cursor.length);
      recognizer =
          StreamRecognizer.resume(
              model,
              network,
              cursor,
              index -> {
                FrameBlock slot = slots.get(index % capacity);
                return slot == null || slot.index() != index ? null : slot.values();
              });
      at = next;
    }
    digits.addAll(recognizer.finish().digits());
    return new AfterCrashes(digits, slots.size(), longest);
  }
}
