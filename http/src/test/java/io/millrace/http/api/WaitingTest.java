package io.millrace.http.api;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.RunInspection;
import io.millrace.UntypedRunHandle;
import io.millrace.WorkflowClient;
import io.millrace.coordinator.index.RunPage;
import io.millrace.http.Fakes;
import io.millrace.http.api.RunViews.NotEnded;
import io.millrace.http.api.RunViews.RunDetail;
import io.millrace.http.auth.Caller;
import io.millrace.http.auth.Role;
import io.millrace.http.look.Looks;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Runs whose outcome does not come. */
class WaitingTest {
  private final CompletableFuture<String> outcome = new CompletableFuture<>();

  @Test
  void whoever_waits_no_longer_leaves_nothing_that_waits() throws Exception {
    CompletableFuture<Optional<String>> end =
        Waiting.end(handle(Fakes.running("r")), Duration.ofMillis(1));

    assertThat(end.get(10, SECONDS)).isEmpty();
    assertThat(outcome).isCancelled();
  }

  @Test
  void the_outcome_that_comes_in_time_is_told() {
    CompletableFuture<Optional<String>> end =
        Waiting.end(handle(Fakes.running("r")), Duration.ofHours(1));

    outcome.complete("{}");

    assertThat(end).isCompletedWithValue(Optional.of("{}"));
  }

  @Test
  void a_second_is_waited_for_and_not_more() throws Exception {
    // The patience with the end of a run that has ended does not count for one that has not.
    Answer answer = get("/api/runs/{runId}/outcome", Fakes.running("r"), Duration.ofHours(1), "1");

    assertThat(value(answer)).isInstanceOf(NotEnded.class);
  }

  @Test
  void a_run_that_is_shown_as_ended_is_told_without_its_outcome_if_that_does_not_come()
      throws Exception {
    // As after a redrive between the two questions: the end has been taken back.
    Answer answer = get("/api/runs/{runId}", Fakes.ended("r"), Duration.ofMillis(1), "0");

    assertThat(value(answer))
        .isInstanceOfSatisfying(RunDetail.class, run -> assertThat(run.outcome()).isEmpty());
    assertThat(outcome).isCancelled();
  }

  private Answer get(String path, RunInspection run, Duration endPatience, String waitSeconds) {
    UntypedRunHandle handle = handle(run);
    Looks looks =
        new Looks(Fakes.of(WorkflowClient.class, Map.of("attachUntyped", runId -> handle)));
    return new Runs(
            (filter, after, limit) -> new RunPage(List.of(), Optional.empty()), looks, endPatience)
        .routes().stream()
            .filter(route -> route.path().equals(path))
            .findFirst()
            .orElseThrow()
            .handler()
            .handle(new Asked(Map.of("runId", "r", "waitSeconds", waitSeconds)));
  }

  private UntypedRunHandle handle(RunInspection run) {
    return Fakes.of(
        UntypedRunHandle.class,
        Map.of(
            "inspectionAtAttach", none -> Optional.of(run), "outcomeJsonAsync", none -> outcome));
  }

  private static Object value(Answer answer) throws Exception {
    return ((Answer.Json) ((Answer.Later) answer).answer().get(20, SECONDS)).value();
  }

  private record Asked(Map<String, String> values) implements Call {
    @Override
    public String path(String name) {
      return Objects.requireNonNull(values.get(name));
    }

    @Override
    public Optional<String> query(String name) {
      return Optional.ofNullable(values.get(name));
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public <T> T body(Class<T> type) {
      throw new AssertionError("no body");
    }

    @Override
    public Caller caller() {
      return new Caller("eve", Role.VIEW, Optional.empty());
    }
  }
}
