package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunStore.Found;
import io.millrace.coordinator.core.StateValue.Decimal;
import io.millrace.coordinator.core.StateValue.Many;
import io.millrace.coordinator.core.StateValue.Opaque;
import io.millrace.coordinator.core.StateValue.Whole;
import io.millrace.coordinator.core.StepEffect.StateWrite;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The run's key-value state: what a step may read, and how its writes apply (T1 to T4). */
final class StateCells {
  /**
   * What a cell costs beside its key and value; also makes an empty state the only one of size 0.
   */
  private static final int OVERHEAD = 8;

  private final LiveRun run;
  private @Nullable Map<String, VersionedValue> all;

  StateCells(LiveRun run) {
    this.run = run;
  }

  static long size(Map<String, StateValue> state) {
    return state.entrySet().stream().mapToLong(e -> size(e.getKey(), e.getValue())).sum();
  }

  void begin(Map<String, StateValue> state) {
    new TreeMap<>(state).forEach(this::write);
  }

  /** What an attempt of this step is sent (T4). */
  Map<String, VersionedValue> readableBy(StepSpec step) {
    if (!step.usesState()) {
      return Map.of();
    }
    Map<String, VersionedValue> everything = snapshot();
    List<String> reads = step.reads();
    if (reads == null) {
      return everything;
    }
    Map<String, VersionedValue> readable = new TreeMap<>();
    for (String key : reads) {
      VersionedValue value = everything.get(key);
      if (value != null) {
        readable.put(key, value);
      }
    }
    return readable;
  }

  Map<String, VersionedValue> snapshot() {
    if (all == null) {
      all = new TreeMap<>();
      if (run.stateBytes != 0) {
        for (Found<Entry.StateCell> cell :
            run.store.scan(Entry.StateCell.class, null, Integer.MAX_VALUE)) {
          all.put(Keys.stateKey(cell.key()), cell.entry().value());
        }
      }
    }
    return all;
  }

  /** The keys that an outcome carries. */
  Map<String, StateValue> pick(List<String> keys) {
    Map<String, StateValue> picked = new TreeMap<>();
    for (String key : keys) {
      StateValue value = read(key);
      if (value != null) {
        picked.put(key, value);
      }
    }
    return picked;
  }

  /** Whether an update was made from a value that is no longer there (T3). */
  boolean conflicts(List<StepEffect> effects) {
    for (StepEffect effect : effects) {
      if (effect instanceof StepEffect.UpdateState update) {
        Entry.StateCell cell = run.store.get(Keys.cell(update.key()));
        if (update.expectedVersion() != (cell == null ? 0 : cell.value().version())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Why these writes cannot be made, null if they can. Looks before anything is written (S3). */
  @Nullable ErrorInfo problem(List<StepEffect> effects) {
    Map<String, @Nullable StateValue> overlay = new HashMap<>();
    long bytes = run.stateBytes;
    for (StepEffect effect : effects) {
      if (effect instanceof StateWrite write) {
        String key = write.key();
        StateValue current = overlay.containsKey(key) ? overlay.get(key) : read(key);
        String mismatch = mismatch(current, write);
        if (mismatch != null) {
          return new ErrorInfo("StateTypeMismatch", mismatch, "");
        }
        StateValue next = next(current, write);
        bytes += size(key, next) - size(key, current);
        overlay.put(key, next);
      }
    }
    long most = run.turn.limits().maxStateBytes();
    return bytes > most ? Bounds.exceeded("maxStateBytes", bytes, most) : null;
  }

  /** Applies the effect if it is a write; {@link #problem} has let it pass. */
  void apply(StepEffect effect) {
    if (effect instanceof StateWrite write) {
      write(write.key(), next(read(write.key()), write));
    }
  }

  private @Nullable StateValue read(String key) {
    Entry.StateCell cell = run.store.get(Keys.cell(key));
    return cell == null ? null : cell.value().value();
  }

  private void write(String key, @Nullable StateValue value) {
    run.stateBytes += size(key, value) - size(key, read(key));
    all = null;
    if (value == null) {
      run.store.remove(Keys.cell(key));
    } else {
      run.store.put(Keys.cell(key), new Entry.StateCell(new VersionedValue(value, run.next())));
    }
  }

  private static @Nullable StateValue next(@Nullable StateValue current, StateWrite write) {
    if (write instanceof StepEffect.SetState set) {
      return set.value();
    } else if (write instanceof StepEffect.UpdateState update) {
      return update.value();
    } else if (write instanceof StepEffect.IncrementState increment) {
      return current == null ? increment.by() : sum(current, increment.by());
    } else if (write instanceof StepEffect.AppendState append) {
      List<Bytes> values =
          new ArrayList<>(current instanceof Many many ? many.values() : List.of());
      values.add(append.value());
      return new Many(values);
    }
    return null;
  }

  private static @Nullable String mismatch(@Nullable StateValue current, StateWrite write) {
    String key = write.key();
    if (write instanceof StepEffect.IncrementState increment) {
      if (!isNumber(increment.by())) {
        return "increment of '" + key + "' by " + name(increment.by()) + ", which is no number";
      }
      if (current != null && !isNumber(current)) {
        return "increment of '" + key + "', which holds " + name(current) + " and no number";
      }
    }
    if (write instanceof StepEffect.AppendState && current != null && !(current instanceof Many)) {
      return "append to '" + key + "', which holds " + name(current) + " and no list";
    }
    return null;
  }

  private static boolean isNumber(StateValue value) {
    return value instanceof Whole || value instanceof Decimal;
  }

  /** Whole numbers that no longer fit become decimal ones rather than wrap around. */
  private static StateValue sum(StateValue a, StateValue b) {
    if (a instanceof Whole x && b instanceof Whole y) {
      try {
        return new Whole(Math.addExact(x.value(), y.value()));
      } catch (ArithmeticException tooLarge) {
        return new Decimal((double) x.value() + y.value());
      }
    }
    return new Decimal(decimal(a) + decimal(b));
  }

  private static double decimal(StateValue value) {
    return value instanceof Whole whole ? whole.value() : ((Decimal) value).value();
  }

  private static String name(StateValue value) {
    return value instanceof Whole
        ? "a whole number"
        : value instanceof Decimal
            ? "a decimal number"
            : value instanceof Many ? "a list" : "an opaque value";
  }

  private static long size(String key, @Nullable StateValue value) {
    if (value == null) {
      return 0;
    }
    long bytes = OVERHEAD + key.getBytes(StandardCharsets.UTF_8).length;
    if (value instanceof Opaque opaque) {
      return bytes + opaque.value().size();
    } else if (value instanceof Many many) {
      return bytes + many.values().stream().mapToLong(v -> v.size() + 4L).sum();
    }
    return bytes + 8;
  }
}
