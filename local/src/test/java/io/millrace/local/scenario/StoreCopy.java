package io.millrace.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.codec.EntryCodec;
import io.millrace.coordinator.codec.StateCodec;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.MemoryRunStore;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.RunStore.Found;
import java.util.List;
import java.util.stream.Stream;

/** A run's context as it is after having been written and read back. */
final class StoreCopy {
  private static final List<Class<? extends Entry>> KINDS =
      Stream.of(Entry.class.getPermittedSubclasses())
          .filter(kind -> kind != Entry.RunSettings.class)
          .<Class<? extends Entry>>map(kind -> kind.asSubclass(Entry.class))
          .toList();

  private StoreCopy() {}

  static MemoryRunStore of(MemoryRunStore store) {
    MemoryRunStore copy = new MemoryRunStore(store.runId());
    if (!(store.state() instanceof RunState.Absent)) {
      copy.state(StateCodec.decode(StateCodec.encode(store.state())));
    }
    KINDS.forEach(kind -> copy(store, kind, copy));
    copy.commit();
    return copy;
  }

  private static <E extends Entry> void copy(
      MemoryRunStore store, Class<E> kind, MemoryRunStore copy) {
    EntryCodec<E> codec = EntryCodec.of(kind);
    for (Found<E> found : store.scan(kind, null, Integer.MAX_VALUE)) {
      copy.put(found.key(), codec.decode(codec.encode(found.entry())));
    }
  }

  static void assertSame(MemoryRunStore store, MemoryRunStore copy) {
    assertThat(copy.state()).isEqualTo(store.state());
    for (Class<? extends Entry> kind : KINDS) {
      assertThat(copy.scan(kind, null, Integer.MAX_VALUE))
          .isEqualTo(store.scan(kind, null, Integer.MAX_VALUE));
    }
  }
}
