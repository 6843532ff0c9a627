package io.millrace.coordinator.core;

import java.util.List;

/**
 * A value in a run's state. Numbers and lists are transparent, because the coordinator adds and
 * appends (T2).
 */
public sealed interface StateValue {
  record Whole(long value) implements StateValue {}

  record Decimal(double value) implements StateValue {}

  record Opaque(Bytes value) implements StateValue {}

  record Many(List<Bytes> values) implements StateValue {
    public Many {
      values = List.copyOf(values);
    }
  }
}
