package io.millrace.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.Entry.Phase;
import io.millrace.coordinator.core.RunStore.Found;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds the head's counters, on which the core relies, against what the store really has. */
public final class Counters {
  private Counters() {}

  public static void check(RunStore store) {
    if (!(store.state() instanceof RunState.Running head)) {
      return;
    }
    List<Entry.OpenExecution> open = all(store, Entry.OpenExecution.class);
    assertThat(head.open()).as("open").isEqualTo(open.size());
    assertThat(head.suspended())
        .as("suspended")
        .isEqualTo(open.stream().filter(e -> e.phase() == Phase.SUSPENDED).count())
        .isEqualTo(all(store, Entry.Waiter.class).size());
    Map<String, RunState.Load> loads = new TreeMap<>();
    for (Entry.OpenExecution e : open) {
      if (e.phase() != Phase.SUSPENDED) {
        boolean queued = e.phase() == Phase.QUEUED;
        RunState.Load one = new RunState.Load(queued ? 0 : 1, queued ? 1 : 0);
        loads.merge(
            e.step(),
            one,
            (a, b) -> new RunState.Load(a.held() + b.held(), a.queued() + b.queued()));
      }
    }
    assertThat(head.loads()).as("loads").isEqualTo(loads);
    assertThat(head.contending())
        .as("contending")
        .isEqualTo(open.stream().filter(e -> e.phase() == Phase.CONTENDING).count())
        .isEqualTo(store.scan(Entry.InLine.class, Keys.UPDATE_LINE, Integer.MAX_VALUE).size());
    if (head.updating() != null) {
      assertThat(open).as("whose turn it is").anyMatch(e -> e.id().equals(head.updating()));
    }
    assertThat(head.parked()).as("parked").isEqualTo(all(store, Entry.ParkedEvent.class).size());
    assertThat(head.early()).as("early").isEqualTo(all(store, Entry.EarlyEvent.class).size());
    assertThat(head.prompts()).as("prompts").isEqualTo(all(store, Entry.OpenPrompt.class).size());
    assertThat(head.chunks()).as("chunks").isEqualTo(all(store, Entry.StoredChunk.class).size());
    assertThat(head.seen()).as("seen").isEqualTo(all(store, Entry.SeenEvent.class).size());
    assertThat(head.buffered())
        .as("buffered")
        .isEqualTo(all(store, Entry.BufferedEvent.class).size())
        .isEqualTo(
            all(store, Entry.BufferHead.class).stream()
                .flatMap(buffer -> buffer.holds().values().stream())
                .mapToInt(count -> count)
                .sum());
    fanOuts(store, head, open);
    Map<String, StateValue> state = new TreeMap<>();
    for (Found<Entry.StateCell> cell : store.scan(Entry.StateCell.class, null, Integer.MAX_VALUE)) {
      state.put(Keys.stateKey(cell.key()), cell.entry().value().value());
    }
    assertThat(head.stateBytes()).as("state bytes").isEqualTo(StateCells.size(state));
  }

  private static void fanOuts(
      RunStore store, RunState.Running head, List<Entry.OpenExecution> executions) {
    Map<String, Integer> open = new TreeMap<>();
    Map<String, Integer> held = new TreeMap<>();
    executions.forEach(e -> count(open, e.lineage()));
    all(store, Entry.ParkedEvent.class).forEach(e -> count(open, e.lineage()));
    all(store, Entry.OpenPrompt.class).forEach(e -> count(open, e.lineage()));
    all(store, Entry.BufferedEvent.class).forEach(e -> count(held, e.lineage()));
    int going = 0;
    Map<String, Integer> arrived = new TreeMap<>();
    List<Found<Entry.FanOut>> fanOuts = store.scan(Entry.FanOut.class, null, Integer.MAX_VALUE);
    for (Found<Entry.FanOut> found : fanOuts) {
      count(found.entry().closed() ? held : open, found.entry().parent());
      going += found.entry().closed() ? 0 : 1;
    }
    for (Found<Entry.FanOut> found : fanOuts) {
      String id = found.key().name();
      Entry.FanOut fanOut = found.entry();
      assertThat(fanOut.open()).as("open in %s", id).isEqualTo(open.getOrDefault(id, 0));
      assertThat(fanOut.held()).as("held of %s", id).isEqualTo(held.getOrDefault(id, 0));
      assertThat(fanOut.closed()).as("%s is closed", id).isEqualTo(fanOut.open() == 0);
      fanOut.arrived().forEach((join, n) -> arrived.put(Keys.arrivals(id, join), n));
      open.remove(id);
    }
    open.remove("");
    assertThat(open).as("in fan-outs that are gone").isEmpty();
    assertThat(head.fanOuts()).as("fan-outs").isEqualTo(going);
    Map<String, Integer> stored = new TreeMap<>();
    for (Found<Entry.Arrived> found : store.scan(Entry.Arrived.class, null, Integer.MAX_VALUE)) {
      stored.merge(found.key().name(), 1, Integer::sum);
    }
    assertThat(stored).as("arrived").isEqualTo(arrived);
    assertThat(all(store, Entry.Joined.class))
        .as("joined")
        .hasSize((int) executions.stream().filter(e -> e.input() == Entry.Input.JOINED).count());
  }

  private static void count(Map<String, Integer> counts, Lineage lineage) {
    counts.merge(lineage.fanOut(), 1, Integer::sum);
  }

  private static <E extends Entry> List<E> all(RunStore store, Class<E> kind) {
    return store.scan(kind, null, Integer.MAX_VALUE).stream().map(Found::entry).toList();
  }
}
