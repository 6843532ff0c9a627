package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.StateValue;
import io.millrace.coordinator.core.VersionedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamsRunStoreTest {
  private static final StreamsRunStore.Listener NOBODY =
      new StreamsRunStore.Listener() {
        @Override
        public void executionChanged(
            String runId, String workflow, String executionId, Entry.@Nullable OpenExecution now) {}

        @Override
        public void timerChanged(
            String runId,
            String timerId,
            Entry.@Nullable Timer before,
            Entry.@Nullable Timer now) {}

        @Override
        public void headChanged(RunState before, RunState now) {}
      };

  private final WatchedStore entries = new WatchedStore();
  private final LineStarts starts = new LineStarts(2);
  private final EntryCache cache = new EntryCache(1_000);

  @Test
  void an_entry_that_the_changelog_would_refuse_fails_while_it_can_still_be_dropped() {
    StreamsRunStore store = run();
    byte[] large = new byte[StreamsRunStore.MOST_BYTES];
    store.put(
        new EntryKey<>(Entry.SentState.class, "x", 0),
        new Entry.SentState(
            Map.of(
                "key",
                new VersionedValue(
                    new StateValue.Opaque(io.millrace.coordinator.core.Bytes.wrap(large)), 1))));

    assertThatThrownBy(store::prepare)
        .isInstanceOf(OversizedEntryException.class)
        .hasMessageContaining("SentState");
  }

  @Test
  void C8_what_has_left_a_line_is_not_scanned_again() {
    write(store -> List.of("a", "b", "c", "d").forEach(id -> join(store, id, id.charAt(0))));

    assertThat(taken(4)).containsExactly("a", "b", "c", "d");
    assertThat(entries.begins)
        .containsExactly(key("line", 0), key("line", 'a'), key("line", 'b'), key("line", 'c'));
  }

  @Test
  void an_entry_that_is_put_in_front_of_a_line_is_found() {
    write(store -> join(store, "c", 'c'));
    assertThat(taken(1)).containsExactly("c");
    assertThat(taken(1)).isEmpty();

    write(store -> join(store, "b", 'b'));
    write(store -> join(store, "a", 'a'));

    assertThat(taken(2)).containsExactly("a", "b");
  }

  @Test
  void what_was_dropped_moves_no_beginning() {
    write(store -> join(store, "a", 'a'));
    StreamsRunStore dropped = run();
    take(dropped, "line");
    dropped.rollback();

    assertThat(taken(1)).containsExactly("a");
  }

  @Test
  void a_line_that_is_forgotten_is_scanned_from_its_beginning() {
    write(
        store -> {
          join(store, "a", 'a');
          join(store, "b", 'b');
        });
    assertThat(taken(1)).containsExactly("a");
    write(store -> take(store, "other 1"));
    write(store -> take(store, "other 2"));

    assertThat(taken(1)).containsExactly("b");
    assertThat(entries.begins).endsWith(key("line", 0));
  }

  @Test
  void what_is_in_the_cache_is_not_looked_up_and_follows_what_is_written() {
    write(store -> join(store, "a", 'a'));
    int lookedUp = entries.lookups;

    assertThat(at('a')).isEqualTo(new Entry.InLine("a"));
    write(store -> join(store, "b", 'a'));
    assertThat(at('a')).isEqualTo(new Entry.InLine("b"));
    assertThat(entries.lookups).isEqualTo(lookedUp);

    write(store -> store.remove(new EntryKey<>(Entry.InLine.class, "line", 'a')));
    assertThat(at('a')).isNull();
  }

  @Test
  void what_was_dropped_is_not_in_the_cache() {
    write(store -> join(store, "a", 'a'));
    StreamsRunStore dropped = run();
    join(dropped, "never", 'a');
    dropped.prepare();
    dropped.rollback();

    assertThat(at('a')).isEqualTo(new Entry.InLine("a"));
  }

  private Entry.@Nullable InLine at(long seq) {
    return run().get(new EntryKey<>(Entry.InLine.class, "line", seq));
  }

  private List<String> taken(int count) {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      write(store -> taken.addAll(take(store, "line")));
    }
    return taken;
  }

  private static List<String> take(StreamsRunStore store, String line) {
    return store.scan(Entry.InLine.class, line, 1).stream()
        .peek(found -> store.remove(found.key()))
        .map(found -> found.entry().id())
        .toList();
  }

  private static void join(StreamsRunStore store, String id, long seq) {
    store.put(new EntryKey<>(Entry.InLine.class, "line", seq), new Entry.InLine(id));
  }

  private static Bytes key(String line, long seq) {
    return StoreKeys.entry("run", new EntryKey<>(Entry.InLine.class, line, seq));
  }

  private void write(Consumer<StreamsRunStore> what) {
    StreamsRunStore store = run();
    what.accept(store);
    store.prepare();
    StoreWrites writes = new StoreWrites(entries.store());
    store.commit(writes, NOBODY);
    writes.write();
  }

  private StreamsRunStore run() {
    return new StreamsRunStore(entries.store(), starts, cache, "run");
  }
}
