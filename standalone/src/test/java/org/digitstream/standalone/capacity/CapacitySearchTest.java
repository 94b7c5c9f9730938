package org.digitstream.standalone.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CapacitySearchTest {
  private static List<Integer> tried(CapacitySearch search, IntPredicate isHeld) {
    List<Integer> tried = new ArrayList<>();
    for (OptionalInt next = search.next(); next.isPresent(); next = search.next()) {
      tried.add(next.getAsInt());
      search.tried(isHeld.test(next.getAsInt()));
      assertThat(tried).as("it ends").hasSizeLessThan(100);
    }
    return tried;
  }

  @Test
  void doublesAndThenHalvesTheDistance() {
    CapacitySearch search = new CapacitySearch(10, 1000, 10, 1);

    assertThat(tried(search, streams -> streams <= 130))
        .containsExactly(10, 20, 40, 80, 160, 120, 140, 130);
    assertThat(search.held()).isEqualTo(130);
  }

  @Property
  void theAnswerIsHeldAndOneStepMoreIsNot(
      @ForAll @IntRange(min = 1, max = 50) int from,
      @ForAll @IntRange(min = 0, max = 2000) int more,
      @ForAll @IntRange(min = 1, max = 30) int step,
      @ForAll @IntRange(min = 0, max = 3000) int capacity) {
    int to = from + more;
    CapacitySearch search = new CapacitySearch(from, to, step, 1);

    List<Integer> tried = tried(search, streams -> streams <= capacity);

    assertThat(tried).doesNotHaveDuplicates().allMatch(streams -> streams >= from && streams <= to);
    if (capacity < from) {
      assertThat(search.held()).isZero();
    } else if (capacity >= to) {
      assertThat(search.held()).isEqualTo(to);
    } else {
      assertThat(search.held()).isBetween(Math.max(from, capacity - step + 1), capacity);
    }
  }

  @Test
  void aNumberThatFailsByChanceIsTriedAgain() {
    CapacitySearch search = new CapacitySearch(10, 40, 10, 2);
    List<Integer> failed = new ArrayList<>(List.of(20, 40));

    List<Integer> tried = tried(search, streams -> !failed.remove((Integer) streams));

    assertThat(tried).containsExactly(10, 20, 20, 40, 40);
    assertThat(search.held()).isEqualTo(40);
  }

  @Test
  void nothingIsHeldWhereTheFirstNumberIsNot() {
    CapacitySearch search = new CapacitySearch(10, 40, 10, 2);

    assertThat(tried(search, streams -> false)).containsExactly(10, 10);
    assertThat(search.held()).isZero();
    assertThatThrownBy(() -> search.tried(true)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void numbersOutOfBoundsAreQuoted() {
    assertThatThrownBy(() -> new CapacitySearch(5, 4, 1, 1))
        .hasMessageContaining("from 5 and to 4");
    assertThatThrownBy(() -> new CapacitySearch(1, 4, 0, 1)).hasMessageContaining("step 0");
  }
}
