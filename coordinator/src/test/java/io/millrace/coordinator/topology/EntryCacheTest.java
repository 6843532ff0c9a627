package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class EntryCacheTest {
  private final EntryCache cache = new EntryCache(100);

  @Test
  void what_was_used_longest_ago_makes_room() {
    cache.put(key("a"), "A", 40);
    cache.put(key("b"), "B", 40);
    assertThat(cache.get(key("a"))).isEqualTo("A");

    cache.put(key("c"), "C", 40);

    assertThat(cache.get(key("b"))).isNull();
    assertThat(cache.get(key("a"))).isEqualTo("A");
    assertThat(cache.get(key("c"))).isEqualTo("C");
  }

  @Test
  void a_value_that_takes_the_place_of_another_takes_its_room_too() {
    for (int i = 0; i < 10; i++) {
      cache.put(key("a"), i, 60);
    }
    cache.put(key("b"), "B", 40);

    assertThat(cache.get(key("a"))).isEqualTo(9);
    assertThat(cache.get(key("b"))).isEqualTo("B");
  }

  @Test
  void what_is_too_large_for_it_is_not_kept() {
    cache.put(key("a"), "A", 101);

    assertThat(cache.get(key("a"))).isNull();
  }

  @Test
  void what_was_removed_leaves_its_room() {
    cache.put(key("a"), "A", 60);
    cache.remove(key("a"));
    cache.remove(key("a"));
    cache.put(key("b"), "B", 60);
    cache.put(key("c"), "C", 40);

    assertThat(cache.get(key("a"))).isNull();
    assertThat(cache.get(key("b"))).isEqualTo("B");
  }

  @Test
  void it_forgets_everything_when_it_is_told_to() {
    cache.put(key("a"), "A", 60);
    cache.clear();
    cache.put(key("b"), "B", 60);
    cache.put(key("c"), "C", 40);

    assertThat(cache.get(key("a"))).isNull();
    assertThat(cache.get(key("b"))).isEqualTo("B");
  }

  private static Bytes key(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
