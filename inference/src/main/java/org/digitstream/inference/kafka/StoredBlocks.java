package org.digitstream.inference.kafka;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.digitstream.inference.spotting.FrameBlock;

/**
 * The last blocks of frames of every stream of one partition, each under {@code stream id/slot} as
 * its index and its values. Confined to one thread.
 */
final class StoredBlocks {
  private final KeyValueStore<String, byte[]> store;
  private final int slots;

  StoredBlocks(KeyValueStore<String, byte[]> store, int slots) {
    this.store = store;
    this.slots = slots;
  }

  void save(String streamId, List<FrameBlock> blocks) {
    // Of a long record only the last blocks are still needed.
    for (FrameBlock block : blocks.subList(Math.max(0, blocks.size() - slots), blocks.size())) {
      ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Float.BYTES * block.values().length);
      bytes.putLong(block.index()).asFloatBuffer().put(block.values());
      store.put(key(streamId, block.index()), bytes.array());
    }
  }

  /** The values of a block, or null where its slot is empty, damaged or holds another block. */
  float[] values(String streamId, long index) {
    byte[] bytes = store.get(key(streamId, index));
    if (bytes == null
        || bytes.length % Float.BYTES != 0
        || bytes.length < Long.BYTES
        || ByteBuffer.wrap(bytes).getLong() != index) {
      return null;
    }
    float[] values = new float[(bytes.length - Long.BYTES) / Float.BYTES];
    ByteBuffer.wrap(bytes, Long.BYTES, bytes.length - Long.BYTES).asFloatBuffer().get(values);
    return values;
  }

  void remove(String streamId) {
    for (int slot = 0; slot < slots; slot++) {
      String key = key(streamId, slot);
      if (store.get(key) != null) {
        store.delete(key);
      }
    }
  }

  /** Also those that a model with more slots has left. */
  void removeAll(String streamId) {
    String prefix = streamId + '/';
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.prefixScan(prefix, new StringSerializer())) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    // A stream's id may itself begin with this one's and a slash.
    keys.removeIf(key -> key.indexOf('/', prefix.length()) >= 0);
    keys.forEach(store::delete);
  }

  private String key(String streamId, long index) {
    return streamId + '/' + Math.floorMod(index, (long) slots);
  }
}
