package io.millrace.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final List<String> NAMES =
      List.of(
          "", "a", "%", "a%b", "%%", "%25", "\0", "a\0", "\0a", "a\u001fb\u0080c", "\u009f!", "ü");

  @Test
  void F5_a_name_may_hold_anything_and_comes_back_as_it_was() {
    for (String name : NAMES) {
      EntryKey<Entry.StateCell> key = Keys.cell(name);

      assertThat(key.name().chars()).noneMatch(Character::isISOControl);
      assertThat(Keys.stateKey(key)).isEqualTo(name);
    }
  }

  @Test
  void F5_two_names_never_share_a_key() {
    Set<String> keys = new HashSet<>();
    for (String name : NAMES) {
      assertThat(keys.add(Keys.escape(name))).as("%s", name).isTrue();
    }
  }

  @Test
  void C1_two_buffers_never_share_a_name() {
    assertThat(Keys.buffer("ab", "c", "")).isNotEqualTo(Keys.buffer("a", "bc", ""));
    assertThat(Keys.buffer("a", "b", "=c")).isNotEqualTo(Keys.buffer("a", "b=c", ""));
    assertThat(Keys.bufferLine("a", "bc")).isNotEqualTo(Keys.bufferLine("ab", "c"));
  }

  @Test
  void C8_each_line_has_a_name_of_its_own() {
    List<String> lines =
        List.of(
            Keys.PROMPT_LINE,
            Keys.ASKED_LINE,
            Keys.UPDATE_LINE,
            Keys.queueLine("a"),
            Keys.queueLine("b"),
            Keys.asker("a").name(),
            Keys.asker("b").name(),
            Keys.waiterLine("a"),
            Keys.waiterLine("b"),
            Keys.waiterLine("a", "field", "1"),
            Keys.waiterLine("a", "field", "2"),
            Keys.waiterLine("b", "field", "1"));

    assertThat(lines).doesNotHaveDuplicates();
    assertThat(Keys.earlyLine("a")).isNotEqualTo(Keys.earlyLine("b"));
    assertThat(Keys.parkedLine("a")).isNotEqualTo(Keys.parkedLine("b"));
  }

  @Test
  void law_6_chunks_of_one_try_have_places_of_their_own_and_a_repeat_meets_itself() {
    Set<EntryKey<?>> keys = new HashSet<>();
    for (int index = 0; index < 100; index++) {
      keys.add(Keys.chunk("x", "w-1", index));
      keys.add(Keys.chunk("x", "w-1", index));
      keys.add(Keys.chunk("x", "w-2", index));
    }
    assertThat(keys).hasSize(200).allMatch(key -> key.seq() >= 0 && key.name().equals("x"));
  }

  @Test
  void law_18_an_entry_has_no_negative_place() {
    assertThatThrownBy(() -> new EntryKey<>(Entry.Note.class, "", -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThat(new EntryKey<>(Entry.Note.class, "", 0).seq()).isZero();
  }
}
