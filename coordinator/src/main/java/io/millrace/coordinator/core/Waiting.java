package io.millrace.coordinator.core;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.RunEffect.WaitAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Executions that stop in the middle until an event comes (W3 to W6). */
final class Waiting {
  /** Timer id prefix; the execution's id follows. */
  static final String WAIT = "wait/";

  private final LiveRun run;
  private final Dispatching dispatching;
  private final Prompts prompts;
  private final Failures failures;
  private final Chunks chunks;

  Waiting(LiveRun run, Dispatching dispatching, Prompts prompts, Failures failures, Chunks chunks) {
    this.run = run;
    this.dispatching = dispatching;
    this.prompts = prompts;
    this.failures = failures;
    this.chunks = chunks;
  }

  /** The execution that now waits; null: it does not. */
  @Nullable OpenExecution suspend(RunInput.StepSuspended input) {
    OpenExecution execution = run.current(input.token());
    if (execution == null) {
      return null;
    }
    if (failures.streamedTooMuch(execution, input.streamed())) {
      return null;
    }
    ErrorInfo problem = problem(execution, input);
    if (problem != null) {
      failures.giveUp(execution, problem);
      return null;
    }
    chunks.drop(execution);
    Event asked = input.prompt();
    String promptId = null;
    if (asked != null) {
      promptId = Ids.promptCause(execution.id(), input.waiterId());
      run.store.put(Keys.asker(promptId), new Entry.InLine(execution.id()));
      prompts.open(
          new Event(promptId, asked.type(), EventKind.INPUT_REQUIRED, asked.value(), null)
              .tracedAs(asked),
          execution.step(),
          execution.lineage());
    }
    long place = run.next();
    Entry.Waiter waiter =
        new Entry.Waiter(
            input.waiterId(),
            execution.step(),
            input.eventType(),
            input.requirements(),
            input.timeout(),
            promptId,
            place,
            run.now());
    run.store.put(Keys.waiter(execution.id()), waiter);
    run.store.put(Keys.place(WaiterLines.of(waiter), place), new Entry.InLine(execution.id()));
    if (input.timeout() != null) {
      run.setTimer(WAIT + execution.id(), input.timeout());
    }
    dispatching.suspend(execution);
    return execution;
  }

  private @Nullable ErrorInfo problem(OpenExecution execution, RunInput.StepSuspended input) {
    if (answers(execution).stream().anyMatch(a -> a.waiterId().equals(input.waiterId()))) {
      return new ErrorInfo(
          "WaitAnsweredTwice",
          "wait '" + input.waiterId() + "' has its answer already; give each wait its own id",
          "");
    }
    return input.prompt() == null ? null : Bounds.eventSize(input.prompt(), run.turn.limits());
  }

  /**
   * Gives the event to every execution that waits for its type and whose requirements it meets; an
   * event in reply to a prompt only to the one that asked (law 12).
   *
   * @param toStep null: any
   * @return the steps that it woke
   */
  Set<String> answer(Event event, @Nullable String toStep) {
    if (run.suspended == 0) {
      return Set.of();
    }
    Set<String> woken = new TreeSet<>();
    for (String executionId : addressees(event)) {
      Entry.Waiter waiter = waiter(executionId);
      if (isFor(waiter, event, toStep)) {
        resolve(executionId, waiter, event.withoutFields());
        woken.add(waiter.step());
      }
    }
    return woken;
  }

  /** Gives the event to that execution alone, if it is what that waits for. */
  boolean answer(String executionId, Event event, @Nullable String toStep) {
    Entry.Waiter waiter = waiter(executionId);
    boolean is = isFor(waiter, event, toStep);
    if (is) {
      resolve(executionId, waiter, event.withoutFields());
    }
    return is;
  }

  /** Whether the event is the answer to what somebody asks who waits for it. */
  boolean isAskedFor(Event event, @Nullable String toStep) {
    return run.suspended > 0
        && addressees(event).stream()
            .map(this::waiter)
            .anyMatch(waiter -> waiter.promptId() != null && isFor(waiter, event, toStep));
  }

  private static boolean isFor(Entry.Waiter waiter, Event event, @Nullable String toStep) {
    String named = event.inReplyTo();
    return waiter.eventType().equals(event.type())
        && (toStep == null || toStep.equals(waiter.step()))
        && (named == null || named.equals(waiter.promptId()))
        && Requirements.met(waiter.requirements(), event.fields());
  }

  private Entry.Waiter waiter(String executionId) {
    Entry.Waiter waiter = run.store.get(Keys.waiter(executionId));
    if (waiter == null) {
      throw new IllegalStateException(executionId + " does not wait");
    }
    return waiter;
  }

  private List<String> addressees(Event event) {
    if (event.inReplyTo() != null) {
      Entry.InLine asker = run.store.get(Keys.asker(event.inReplyTo()));
      return asker == null ? List.of() : List.of(asker.id());
    }
    return WaiterLines.candidates(run.store, event);
  }

  /** Nobody answered in time; the step is told so. */
  void timedOut(String executionId) {
    resolve(executionId, waiter(executionId), null);
  }

  private void resolve(String executionId, Entry.Waiter waiter, @Nullable Event event) {
    OpenExecution execution = run.execution(executionId);
    if (execution == null) {
      throw new IllegalStateException(executionId + " waits but is not open");
    }
    run.store.remove(Keys.waiter(executionId));
    run.store.remove(Keys.place(WaiterLines.of(waiter), waiter.place()));
    run.dropTimer(WAIT + executionId);
    if (waiter.promptId() != null) {
      prompts.close(waiter.promptId());
      run.store.remove(Keys.asker(waiter.promptId()));
    }
    if (event != null && run.store.get(Keys.resolved(event.type())) == null) {
      run.store.put(Keys.resolved(event.type()), new Entry.ResolvedType(run.now()));
    }
    List<WaitAnswer> answers = new ArrayList<>(answers(execution));
    answers.add(new WaitAnswer(waiter.waiterId(), event));
    run.store.put(Keys.answers(executionId), new Entry.Answers(answers));
    dispatching.resume(execution);
  }

  private List<WaitAnswer> answers(OpenExecution execution) {
    Entry.Answers answers = run.store.get(Keys.answers(execution.id()));
    return answers == null ? List.of() : answers.answers();
  }
}
