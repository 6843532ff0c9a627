package io.millrace.local.inline;

import io.millrace.protocol.CancelNotice;
import io.millrace.protocol.StepFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Executions that are at work for as long as whoever drives the engine wants. Not thread-safe. */
public final class HeldSteps {
  record Late(InlineWork work, StepFailed failure) {}

  private record Begun(InlineWork work, InlineTry begun, Optional<Instant> timeout) {}

  private final InlineWorker worker;
  private final Set<String> steps = new HashSet<>();
  private final List<Begun> works = new ArrayList<>();
  private final List<InlineWork> interrupted = new ArrayList<>();

  HeldSteps(InlineWorker worker) {
    this.worker = worker;
  }

  void hold(String step) {
    steps.add(step);
  }

  boolean holds(InlineWork work) {
    return steps.contains(work.step());
  }

  void keep(InlineWork work, InlineTry begun, Instant now) {
    works.add(new Begun(work, begun, worker.timeout(work.step()).map(now::plus)));
  }

  List<InlineWork> release(String step) {
    steps.remove(step);
    return take(step);
  }

  /** Takes out what is held of this step; what comes later is held as before. */
  List<InlineWork> take(String step) {
    List<InlineWork> taken =
        works.stream().map(Begun::work).filter(work -> work.step().equals(step)).toList();
    works.removeIf(begun -> begun.work().step().equals(step));
    return taken;
  }

  void cancel(CancelNotice notice) {
    for (Begun begun : List.copyOf(works)) {
      InlineWork work = begun.work();
      if (work.runId().equals(notice.getRunId())
          && notice.getExecutions().stream().anyMatch(work::isMeant)) {
        works.remove(begun);
        interrupted.add(work);
      }
    }
  }

  Optional<Instant> nextTimeout(@Nullable String runId) {
    return works.stream()
        .filter(begun -> runId == null || begun.work().runId().equals(runId))
        .flatMap(begun -> begun.timeout().stream())
        .min(Instant::compareTo);
  }

  List<Late> timeOut(Instant now) {
    List<Late> late = new ArrayList<>();
    for (Begun begun : List.copyOf(works)) {
      if (begun.timeout().isPresent() && !begun.timeout().get().isAfter(now)) {
        works.remove(begun);
        interrupted.add(begun.work());
        Duration timeout = worker.timeout(begun.work().step()).orElseThrow();
        late.add(new Late(begun.work(), begun.begun().timedOut(timeout)));
      }
    }
    return late;
  }

  /** How many executions of this step are at work. */
  public int atWork(String step) {
    return distinct(step, works.stream().map(Begun::work));
  }

  /** How many executions of this step were interrupted while they were held. */
  public int interrupted(String step) {
    return distinct(step, interrupted.stream());
  }

  /** An execution that was dispatched twice is one. */
  private static int distinct(String step, Stream<InlineWork> works) {
    return (int)
        works
            .filter(work -> work.step().equals(step))
            .map(work -> work.runId() + "/" + work.executionId())
            .distinct()
            .count();
  }
}
