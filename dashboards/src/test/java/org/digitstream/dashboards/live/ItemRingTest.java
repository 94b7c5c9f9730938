package org.digitstream.dashboards.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ItemRingTest {
  private static byte[] item(long number) {
    return new byte[] {(byte) number, (byte) (number >> 8)};
  }

  @Test
  void itemsComeBackInRunsWithoutAHole() {
    ItemRing ring = new ItemRing(2, 10);
    assertThat(ring.run(0, 5)).isNull();
    for (long number : new long[] {3, 4, 5, 8, 9}) {
      ring.put(number, item(number), 0);
    }

    ItemRing.Run first = ring.run(0, 100);
    assertThat(first.first()).isEqualTo(3);
    assertThat(first.count()).isEqualTo(3);
    assertThat(first.bytes()).containsExactly(3, 0, 4, 0, 5, 0);
    assertThat(ring.run(first.next(), 1).first()).isEqualTo(8);
    assertThat(ring.run(9, 100).bytes()).containsExactly(9, 0);
    assertThat(ring.run(10, 100)).isNull();
  }

  /** Against a map that keeps everything. */
  @Test
  void whateverComesTheNewestAreKept() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      int capacity = 1 + random.nextInt(20);
      ItemRing ring = new ItemRing(2, capacity);
      TreeMap<Long, byte[]> all = new TreeMap<>();
      long number = random.nextInt(40) - 20;
      for (int i = 0; i < 60; i++) {
        ring.put(number, item(number), 0);
        if (all.isEmpty() || number >= all.lastKey() + 1 - capacity) {
          all.put(number, item(number));
        }
        all.headMap(all.lastKey() + 1 - capacity).clear();
        number += random.nextInt(10) == 0 ? random.nextInt(60) - 25 : 1;
      }
      long cursor = all.firstKey() - 5;
      for (ItemRing.Run run = ring.run(cursor, 7); run != null; run = ring.run(run.next(), 7)) {
        for (int i = 0; i < run.count(); i++) {
          byte[] expected = all.remove(run.first() + i);
          assertThat(new byte[] {run.bytes()[2 * i], run.bytes()[2 * i + 1]}).isEqualTo(expected);
        }
      }
      assertThat(all).isEmpty();
    }
  }
}
