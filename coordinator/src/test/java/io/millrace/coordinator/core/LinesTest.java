package io.millrace.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunStore.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Looking along lines (C8), and which line a waiter stands in (W4). */
class LinesTest {
  private final MemoryRunStore store = new MemoryRunStore("run");

  @Test
  void C8_a_line_is_looked_along_in_order_each_once_and_no_farther_than_what_is_sought() {
    for (int length : new int[] {0, 1, 2, 8, 9, 63, 64, 65, 600}) {
      String line = "line of " + length;
      for (int i = 0; i < length; i++) {
        store.put(Keys.place(line, i), new Entry.InLine(line + " " + i));
      }
      for (int sought = 0; sought <= length; sought++) {
        List<String> asked = new ArrayList<>();
        String id = line + " " + sought;

        Found<Entry.InLine> found =
            Lines.first(
                store,
                Entry.InLine.class,
                line,
                entry -> {
                  asked.add(entry.id());
                  return entry.id().equals(id);
                });

        assertThat(found == null ? null : found.entry().id())
            .isEqualTo(sought < length ? id : null);
        assertThat(asked).doesNotHaveDuplicates().hasSize(Math.min(length, sought + 1));
      }
    }
  }

  @Test
  void W4_numbers_of_one_value_meet_in_one_line_and_may_be_long() {
    String long400 = "1." + "0".repeat(398);
    assertThat(met("1", long400)).isTrue();
    assertThat(met("1", long400 + "0")).isFalse();
    assertThat(met(long400 + "0", long400 + "0")).isTrue();
    assertThat(met("0", "0.0")).isTrue();
    assertThat(met("9", "9.0")).isTrue();
    assertThat(met("1", "+1")).isFalse();
    assertThat(met("1", "")).isFalse();
    assertThat(line(Map.of("n", "7"))).isEqualTo(line(Map.of("n", "70e-1")));
    assertThat(line(Map.of("n", "7"))).isNotEqualTo(line(Map.of("n", "\"7\"")));
    assertThat(line(Map.of("a", "1", "n", "7"))).isEqualTo(line(Map.of("a", "1", "n", "8")));
  }

  private static boolean met(String required, String value) {
    return Requirements.met(Map.of("f", required), Map.of("f", value));
  }

  private static String line(Map<String, String> requirements) {
    return WaiterLines.of(
        new Entry.Waiter(
            "w0",
            "step",
            "Reply",
            requirements,
            null,
            null,
            1,
            Instant.parse("2026-01-01T00:00:00Z")));
  }
}
