package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunStore.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a run tells whoever looks (R8). Changes nothing. */
final class Inspecting {
  /** Of each list, so many are told: an answer is one record. */
  static final int MOST = 1_000;

  private Inspecting() {}

  static Answer.Snapshot running(LiveRun run) {
    RunStore store = run.store;
    return snapshot(
        store,
        Grace.waits(run) ? "WAITING" : "RUNNING",
        run.settings,
        false,
        run.epoch,
        new ArrayList<>(new StateCells(run).snapshot().keySet()),
        Diagnosis.buffers(store));
  }

  static Answer.Snapshot finished(RunStore store, RunState.Finished head) {
    Outcome outcome = head.outcome();
    return snapshot(
        store,
        outcome.status().name(),
        head.settings(),
        true,
        outcome.epoch(),
        new ArrayList<>(outcome.state().keySet()),
        outcome.buffers());
  }

  static Answer.Snapshot unknown(Instant now) {
    return new Answer.Snapshot(
        "UNKNOWN", "", 0, now, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
        List.of(), false);
  }

  private static Answer.Snapshot snapshot(
      RunStore store,
      String status,
      Entry.RunSettings settings,
      boolean ended,
      int epoch,
      List<String> stateKeys,
      List<Outcome.BufferDiagnosis> buffers) {
    List<Answer.OpenInfo> executions = new ArrayList<>();
    for (Found<Entry.OpenExecution> found : scanned(store, Entry.OpenExecution.class)) {
      Entry.OpenExecution e = found.entry();
      boolean frozen = ended && Phases.holdsPlace(e);
      executions.add(
          new Answer.OpenInfo(
              e.id(),
              e.step(),
              e.event().type(),
              e.attempt(),
              e.round(),
              frozen ? "FROZEN" : e.phase().name(),
              e.worker(),
              e.since()));
    }
    List<Answer.WaiterInfo> waiters = new ArrayList<>();
    for (Found<Entry.Waiter> found : scanned(store, Entry.Waiter.class)) {
      Entry.Waiter w = found.entry();
      waiters.add(new Answer.WaiterInfo(w.waiterId(), w.step(), w.eventType(), w.since()));
    }
    List<Answer.PromptInfo> prompts = new ArrayList<>();
    Stream.of(Keys.PROMPT_LINE, Keys.ASKED_LINE)
        .flatMap(line -> store.scan(Entry.InLine.class, line, MOST + 1).stream())
        .sorted(Comparator.comparingLong(found -> found.key().seq()))
        .limit(MOST + 1)
        .forEach(
            found -> {
              String id = found.entry().id();
              Entry.OpenPrompt prompt = store.get(Keys.prompt(id));
              if (prompt != null) {
                prompts.add(new Answer.PromptInfo(id, prompt.eventType(), prompt.since()));
              }
            });
    List<String> parked = new ArrayList<>();
    for (Found<Entry.ParkedEvent> found : scanned(store, Entry.ParkedEvent.class)) {
      parked.add(found.entry().event().type());
    }
    List<String> notes = new ArrayList<>();
    for (Found<Entry.Note> found : store.scan(Entry.Note.class, null, MOST)) {
      notes.add(found.entry().at() + " " + found.entry().text());
    }
    return new Answer.Snapshot(
        status,
        settings.workflow(),
        epoch,
        settings.startedAt(),
        told(executions),
        told(buffers),
        told(waiters),
        told(prompts),
        stateKeys,
        told(parked),
        notes,
        Stream.of(executions, buffers, waiters, prompts, parked)
            .anyMatch(all -> all.size() > MOST));
  }

  /** One more than is told, so that it is known whether there is more. */
  private static <E extends Entry> List<Found<E>> scanned(RunStore store, Class<E> kind) {
    return store.scan(kind, null, MOST + 1);
  }

  private static <T> List<T> told(List<T> found) {
    return found.size() > MOST ? found.subList(0, MOST) : found;
  }
}
