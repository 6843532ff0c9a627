package io.millrace.coordinator.topology;

import io.millrace.coordinator.codec.EntryCodec;
import io.millrace.coordinator.core.Entry;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The open executions of all runs, for whoever reads the store's changelog, as {@link RunHeads}.
 */
public final class OpenExecutions {
  private static final EntryCodec<Entry.OpenExecution> CODEC =
      EntryCodec.of(Entry.OpenExecution.class);

  private OpenExecutions() {}

  /** Whose entry it is. */
  public record Place(String runId, String executionId) {}

  /** The execution whose entry has this key; empty for any other entry. */
  public static Optional<Place> place(byte @Nullable [] key) {
    if (key == null || key.length == 0 || key[0] <= StoreKeys.TIMERS) {
      return Optional.empty();
    }
    StoreKeys.RunKey entry = StoreKeys.run(Bytes.wrap(key));
    return entry.tag() == CODEC.tag()
        ? Optional.of(new Place(entry.runId(), entry.name()))
        : Optional.empty();
  }

  /**
   * @throws io.millrace.coordinator.codec.UnreadableRecordException if it is no open execution
   */
  public static Entry.OpenExecution decode(byte[] value) {
    return CODEC.decode(value);
  }
}
