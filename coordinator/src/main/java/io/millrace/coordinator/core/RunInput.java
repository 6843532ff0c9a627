package io.millrace.coordinator.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that can change a run. Each arrives on the run log, in the order of its partition. */
public sealed interface RunInput {
  <R> R accept(Cases<R> cases);

  /**
   * One method for each kind of input: a new kind breaks the rules of every state at compile time.
   */
  interface Cases<R> {
    R start(StartRun input);

    R started(StepStarted input);

    R completed(StepCompleted input);

    R failed(StepFailed input);

    R suspended(StepSuspended input);

    R chunk(CompletionChunk input);

    R external(ExternalEvent input);

    R cancel(CancelRun input);

    R inspect(InspectRun input);

    R timer(TimerFired input);

    R lost(WorkerLost input);

    R dispatchFailed(DispatchFailed input);

    R redrive(RedriveRun input);
  }

  /**
   * @param timeout of the run, wall clock; null: none
   * @param state what the run's state begins with
   * @param outcomeKeys state keys that the outcome carries
   */
  record StartRun(
      @Nullable Request request,
      String workflow,
      Event event,
      @Nullable Duration timeout,
      boolean pauseTimeoutWhileWaiting,
      boolean internalEvents,
      Map<String, StateValue> state,
      List<String> outcomeKeys)
      implements RunInput {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.start(this);
    }
  }

  /** A worker has adopted the execution. */
  record StepStarted(Token token, String worker, String tryId) implements RunInput {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.started(this);
    }
  }

  /**
   * Everything that a try did. {@code chunkCount} chunks of the same try precede {@code effects}
   * (law 6).
   */
  record StepCompleted(
      Token token,
      String worker,
      String tryId,
      int chunkCount,
      long chunkDigest,
      List<StepEffect> effects,
      int streamed)
      implements RunInput {
    public StepCompleted {
      effects = List.copyOf(effects);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.completed(this);
    }
  }

  enum FailureKind {
    EXCEPTION,
    TIMEOUT,
    UNREADABLE_EVENT,
    COMPLETION_REFUSED
  }

  record StepFailed(
      Token token,
      String worker,
      String tryId,
      FailureKind kind,
      ErrorInfo error,
      boolean retryable,
      int streamed)
      implements RunInput {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.failed(this);
    }
  }

  record StepSuspended(
      Token token,
      String worker,
      String tryId,
      String waiterId,
      String eventType,
      Map<String, String> requirements,
      @Nullable Duration timeout,
      @Nullable Event prompt,
      int streamed)
      implements RunInput {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.suspended(this);
    }
  }

  /**
   * {@code encoded} are the chunk's effects as they arrived, over which the final completion's
   * digest runs.
   */
  record CompletionChunk(
      Token token, String tryId, int index, List<StepEffect> effects, Bytes encoded)
      implements RunInput {
    public CompletionChunk {
      effects = List.copyOf(effects);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.chunk(this);
    }
  }

  record ExternalEvent(@Nullable Request request, Event event, @Nullable String toStep)
      implements RunInput {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.external(this);
    }
  }

  record CancelRun(@Nullable Request request, String reason) implements RunInput {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.cancel(this);
    }
  }

  record InspectRun(Request request) implements RunInput {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.inspect(this);
    }
  }

  record TimerFired(String timerId, long generation) implements RunInput {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.timer(this);
    }
  }

  /**
   * @param sequence of the dispatch that got lost: a re-dispatch keeps its token, so that a repeat
   *     of this input is told apart by it (law 2)
   * @param worker null: nobody ever adopted the execution (law 4)
   */
  record WorkerLost(Token token, long sequence, @Nullable String worker, String reason)
      implements RunInput {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.lost(this);
    }
  }

  /**
   * @param sequence of the dispatch that failed (law 2)
   */
  record DispatchFailed(Token token, long sequence, ErrorInfo error) implements RunInput {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.dispatchFailed(this);
    }
  }

  record RedriveRun(@Nullable Request request, @Nullable String executionId) implements RunInput {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.redrive(this);
    }
  }
}
