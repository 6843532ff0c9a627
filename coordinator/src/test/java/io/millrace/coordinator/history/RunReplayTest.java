package io.millrace.coordinator.history;

import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.Bytes;
import io.millrace.coordinator.core.ErrorInfo;
import io.millrace.coordinator.core.Event;
import io.millrace.coordinator.core.Limits;
import io.millrace.coordinator.core.MemoryRunStore;
import io.millrace.coordinator.core.RunCore;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunFixture;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.StateValue;
import io.millrace.coordinator.core.StepBuilder;
import io.millrace.coordinator.core.StepEffect;
import io.millrace.coordinator.core.Token;
import io.millrace.coordinator.core.WorkflowGraph;
import io.millrace.coordinator.history.RunHistory.End;
import io.millrace.coordinator.history.RunHistory.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A run goes on as the coordinator would have it; its inputs are then replayed. */
class RunReplayTest {
  private static final ErrorInfo BOOM = new ErrorInfo("Boom", "it broke", "at Step");
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private record Logged(RunInput input, Arrival arrival) {}

  private final List<Logged> log = new ArrayList<>();
  private final MemoryRunStore store = new MemoryRunStore("run-1");
  private WorkflowGraph graph = WorkflowGraph.of(List.of(), Limits.ofDefaults());
  private Instant now = BEGIN;

  @Test
  void every_attempt_is_told_with_its_end_and_what_it_did() {
    steps(
        step("grind").accepts("Begin").emits("Flour").retries(3, Duration.ofMillis(10)),
        step("bake").accepts("Flour").emits("Done"));
    Token grind = token(start(), "grind");
    pass(5);
    put(new RunInput.StepStarted(grind, "w1", "w1-1"));
    pass(5);
    put(failure(grind, true));
    pass(50);
    Token again = token(put(timer(grind)), "grind");
    pass(1);
    Token bake =
        token(
            put(
                completed(
                    again,
                    emit("Flour"),
                    emit("Flour"),
                    new StepEffect.SetState("sacks", new StateValue.Whole(2)))),
            "bake");
    pass(1);
    put(completed(bake, emit("Done")));

    RunHistory history = replayed();

    assertThat(history.gap()).isEmpty();
    assertThat(history.executions())
        .extracting(RunHistory.Execution::step)
        .containsExactly("grind", "bake", "bake");
    List<RunHistory.Attempt> attempts = history.executions().get(0).attempts();
    assertThat(attempts)
        .extracting(a -> a.end().orElseThrow())
        .containsExactly(End.FAILED, End.COMPLETED);
    assertThat(attempts.get(0).adoptedAt()).contains(BEGIN.plusMillis(5));
    assertThat(attempts.get(0).endedAt()).contains(BEGIN.plusMillis(10));
    assertThat(attempts.get(0).worker()).contains("w");
    assertThat(attempts.get(0).error().orElseThrow().message()).isEqualTo("it broke");
    assertThat(attempts.get(1).attempt()).isEqualTo(2);
    assertThat(attempts.get(1).emitted()).isEqualTo(Map.of("Flour", 2));
    assertThat(attempts.get(1).wrote()).containsExactly("sacks");
    assertThat(history.executions().get(2).attempts().get(0).end()).contains(End.DROPPED);
    assertThat(history.moments())
        .extracting(RunHistory.Moment::kind)
        .containsExactly(Kind.STARTED, Kind.NOTE, Kind.ENDED);
  }

  @Test
  void what_the_run_disregarded_is_not_told() {
    steps(step("grind").accepts("Begin").emits("Done"));
    Token grind = token(start(), "grind");
    Token stale = new Token(grind.executionId(), 7, 0, grind.digest());
    put(failure(stale, false));
    put(completed(grind, emit("Done")));
    put(completed(grind, emit("Done")));

    List<RunHistory.Attempt> attempts = replayed().executions().get(0).attempts();

    assertThat(attempts).hasSize(1);
    assertThat(attempts.get(0).end()).contains(End.COMPLETED);
  }

  @Test
  void a_set_that_was_collected_and_a_wait_are_attempts_that_go_on() {
    steps(step("ask").accepts("Begin").emits("Done").waitsFor("Reply"));
    Token ask = token(start(), "ask");
    put(
        new RunInput.StepSuspended(
            ask, "w", "w-1", "w0", "Reply", Map.of(), null, event("Ask"), 0));
    pass(1_000);
    Token answered = token(put(new RunInput.ExternalEvent(null, event("Reply"), null)), "ask");
    put(completed(answered, emit("Done")));

    RunHistory history = replayed();

    assertThat(history.executions()).hasSize(1);
    assertThat(history.executions().get(0).attempts())
        .extracting(a -> a.end().orElseThrow())
        .containsExactly(End.SUSPENDED, End.COMPLETED);
    assertThat(history.executions().get(0).attempts().get(0).detail())
        .contains("it waits for a Reply");
    assertThat(history.moments())
        .extracting(RunHistory.Moment::kind)
        .containsExactly(Kind.STARTED, Kind.PROMPT, Kind.EVENT, Kind.ENDED);
  }

  @Test
  void a_lost_worker_and_a_redrive_are_told() {
    steps(step("grind").accepts("Begin").emits("Done"));
    Token grind = token(start(), "grind");
    put(new RunInput.StepStarted(grind, "w1", "w1-1"));
    put(new RunInput.WorkerLost(grind, 1, "w1", "it is silent"));
    put(failure(grind, false));
    Token redriven = token(put(new RunInput.RedriveRun(null, null)), "grind");
    put(completed(redriven, emit("Done")));

    RunHistory history = replayed();

    assertThat(history.executions().get(0).attempts())
        .extracting(a -> a.end().orElseThrow())
        .containsExactly(End.LOST, End.FAILED, End.COMPLETED);
    assertThat(history.moments())
        .extracting(RunHistory.Moment::kind)
        .contains(Kind.REDRIVEN)
        .endsWith(Kind.ENDED);
  }

  @Test
  void of_a_run_whose_start_is_not_in_the_log_any_more_nothing_is_told() {
    steps(step("grind").accepts("Begin").emits("Done"));
    put(completed(new Token("e", 1, 0, 1), emit("Done")));

    assertThat(replayed().executions()).isEmpty();
    assertThat(replayed().moments()).isEmpty();
  }

  private void steps(StepBuilder... steps) {
    graph =
        WorkflowGraph.of(
            Arrays.stream(steps).map(StepBuilder::build).toList(), Limits.ofDefaults());
  }

  private List<RunEffect> start() {
    return put(
        new RunInput.StartRun(
            null, StepBuilder.WORKFLOW, event("Begin"), null, false, false, Map.of(), List.of()));
  }

  private List<RunEffect> put(RunInput input) {
    Arrival arrival = new Arrival(log.size(), now);
    log.add(new Logged(input, arrival));
    List<RunEffect> effects = RunCore.apply(graph, store, input, arrival);
    store.commit();
    return effects;
  }

  private RunHistory replayed() {
    RunReplay replay = new RunReplay(graph, "run-1");
    log.forEach(logged -> replay.apply(logged.input(), logged.arrival()));
    return replay.done(Optional.empty());
  }

  private void pass(long millis) {
    now = now.plusMillis(millis);
  }

  private static Event event(String type) {
    return new Event(type + "-1", type, RunFixture.kindOf(type), Bytes.EMPTY, null);
  }

  private static StepEffect emit(String type) {
    return new StepEffect.Emit(event(type), null, false);
  }

  private static RunInput completed(Token token, StepEffect... effects) {
    return new RunInput.StepCompleted(token, "w", "w-1", 0, 0, List.of(effects), 0);
  }

  private static RunInput failure(Token token, boolean retryable) {
    return new RunInput.StepFailed(
        token, "w", "w-1", RunInput.FailureKind.EXCEPTION, BOOM, retryable, 0);
  }

  /** The execution's retry is due. */
  private RunInput timer(Token token) {
    String id = "retry/" + token.executionId();
    return new RunInput.TimerFired(
        id,
        store
            .scan(io.millrace.coordinator.core.Entry.Timer.class, id, 1)
            .get(0)
            .entry()
            .generation());
  }

  private static Token token(List<RunEffect> effects, String step) {
    return effects.stream()
        .filter(RunEffect.Dispatch.class::isInstance)
        .flatMap(effect -> ((RunEffect.Dispatch) effect).targets().stream())
        .filter(target -> target.step().equals(step))
        .findFirst()
        .orElseThrow()
        .token();
  }
}
