package io.millrace;

import java.util.List;
import java.util.Optional;

/**
 * Which set {@code collectEvents} waits for.
 *
 * @param bufferId buffers of one step are apart by id
 * @param correlation sets are made of events with the same key
 */
public record CollectSpec(List<Class<?>> types, String bufferId, Optional<String> correlation) {
  public static final String DEFAULT_BUFFER = "default";

  public CollectSpec {
    types = List.copyOf(types);
  }

  public static CollectSpec of(Class<?>... types) {
    return new CollectSpec(List.of(types), DEFAULT_BUFFER, Optional.empty());
  }

  public CollectSpec inBuffer(String id) {
    return new CollectSpec(types, id, correlation);
  }

  public CollectSpec correlatedBy(String key) {
    return new CollectSpec(types, bufferId, Optional.of(key));
  }
}
