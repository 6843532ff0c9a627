package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.coordinator.core.Bytes;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.EntryKey;
import io.millrace.coordinator.core.StateValue;
import io.millrace.coordinator.core.VersionedValue;
import java.util.Map;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class StreamsRunStoreTest {
  @Test
  void an_entry_that_the_changelog_would_refuse_fails_while_it_can_still_be_dropped() {
    StreamsRunStore store = new StreamsRunStore(Stores.inMemoryKeyValueStore("runs").get(), "run");
    Bytes large = Bytes.wrap(new byte[StreamsRunStore.MOST_BYTES]);
    store.put(
        new EntryKey<>(Entry.SentState.class, "x", 0),
        new Entry.SentState(Map.of("key", new VersionedValue(new StateValue.Opaque(large), 1))));

    assertThatThrownBy(store::prepare)
        .isInstanceOf(OversizedEntryException.class)
        .hasMessageContaining("SentState");
  }
}
