package io.millrace.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryRunStoreTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final MemoryRunStore store = new MemoryRunStore("run");

  @Test
  void law_18_what_was_written_since_the_last_commit_can_be_undone() {
    store.put(key("kept", 1), note("old"));
    store.put(key("removed", 1), note("there"));
    store.commit();
    store.put(key("kept", 1), note("new"));
    store.put(key("kept", 1), note("newer"));
    store.put(key("added", 1), note("new"));
    store.remove(key("removed", 1));

    store.rollback();

    assertThat(text(key("kept", 1))).isEqualTo("old");
    assertThat(text(key("removed", 1))).isEqualTo("there");
    assertThat(text(key("added", 1))).isNull();
    assertThat(store.size()).isEqualTo(2);
  }

  @Test
  void law_18_a_head_that_was_not_committed_is_undone_too() {
    RunFixture other = new RunFixture(null);
    other.start();
    store.state(other.store.state());
    store.rollback();
    assertThat(store.state()).isEqualTo(new RunState.Absent());

    store.state(other.store.state());
    store.commit();
    store.rollback();
    assertThat(store.state()).isEqualTo(other.running());
  }

  @Test
  void law_18_a_rollback_undoes_nothing_twice() {
    store.put(key("a", 1), note("old"));
    store.rollback();
    store.put(key("a", 1), note("new"));
    store.commit();
    store.rollback();

    assertThat(text(key("a", 1))).isEqualTo("new");
  }

  @Test
  void law_8_entries_come_in_the_order_of_their_bytes_then_of_their_places() {
    String lastOfThePlane = "\uffff";
    String beyondThePlane = "\ud800\udc00";
    for (String name : List.of(beyondThePlane, lastOfThePlane, "ab", "b", "a", "")) {
      store.put(key(name, 2), note(""));
      store.put(key(name, 1), note(""));
    }

    List<RunStore.Found<Entry.Note>> all = store.scan(Entry.Note.class, null, 100);

    assertThat(all)
        .extracting(found -> found.key().name())
        .containsExactly(
            "",
            "",
            "a",
            "a",
            "ab",
            "ab",
            "b",
            "b",
            lastOfThePlane,
            lastOfThePlane,
            beyondThePlane,
            beyondThePlane);
    assertThat(all.get(0).key().seq()).isEqualTo(1);
  }

  @Test
  void C8_a_scan_finds_one_name_only_and_stops_at_its_limit() {
    for (int seq = 0; seq < 5; seq++) {
      store.put(key("a", seq), note("a" + seq));
      store.put(key("b", seq), note("b" + seq));
    }
    store.put(key("a", Long.MAX_VALUE), note("last"));

    assertThat(store.scan(Entry.Note.class, "a", 2))
        .extracting(found -> found.entry().text())
        .containsExactly("a0", "a1");
    assertThat(store.scan(Entry.Note.class, "a", 100)).hasSize(6);
    assertThat(store.scan(Entry.Note.class, "c", 100)).isEmpty();
    assertThat(store.scan(Entry.SeenEvent.class, null, 100)).isEmpty();
    assertThat(store.runId()).isEqualTo("run");
  }

  private static EntryKey<Entry.Note> key(String name, long seq) {
    return new EntryKey<>(Entry.Note.class, name, seq);
  }

  private static Entry.Note note(String text) {
    return new Entry.Note(AT, text);
  }

  private @Nullable String text(EntryKey<Entry.Note> key) {
    Entry.Note note = store.get(key);
    return note == null ? null : note.text();
  }
}
