package io.millrace.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.RunHandle;
import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.local.client.Story.Ask;
import io.millrace.local.client.Story.Line;
import io.millrace.local.client.Story.Told;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunOutcome;
import io.millrace.step.StepDefinitions;
import io.millrace.step.StepRegistrations;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** R4 for many runs at a time. */
@MillraceTest(namespacePer = MillraceTest.Scope.METHOD, coordinator = false)
@Timeout(300)
final class TerminalWaitTest {
  private static final int RUNS = 200;
  private static final int AT_ONCE = 25;

  private ScriptedCoordinator coordinator;
  private WorkflowClient client;
  private EventCodec codec;

  @BeforeEach
  void start(LocalMillrace millrace) {
    MillraceConfig config = MillraceConfig.of(millrace.config());
    coordinator = millrace.closeAtEnd(new ScriptedCoordinator(config.asMap()));
    StepDefinitions.of(new Story())
        .forEach(
            step ->
                coordinator.register(StepRegistrations.of(step, "story", 1, config.namespace())));
    client =
        millrace.closeAtEnd(
            WorkflowClient.create(
                config.with(Map.of("kafka.metric.reporters", MadeConsumers.class.getName()))));
    codec = EventCodecs.of(config.asMap());
  }

  private RunHandle<Told> streaming() {
    RunHandle<Told> run = client.start(Story.WORKFLOW, new Ask("who?"));
    coordinator.stream(
        run.runId(),
        "x1",
        1,
        "t1",
        1,
        new ScriptedCoordinator.Event("Line", codec.encode(new Line(1), "story")));
    return run;
  }

  private RunOutcome told(RunHandle<Told> run) {
    byte[] value = codec.encode(new Told(run.runId()), "story");
    return coordinator
        .outcome(run.runId(), OutcomeStatus.COMPLETED)
        .setResult(
            new EventData("e9", "Told", EventKind.STOP, ByteBuffer.wrap(value), null, null, null))
        .setStreamed(true)
        .build();
  }

  private static Told told(CompletableFuture<Told> result)
      throws InterruptedException, ExecutionException, TimeoutException {
    return result.get(20, TimeUnit.SECONDS);
  }

  @Test
  void R4_many_results_wait_for_their_terminal_events_with_few_consumers() throws Exception {
    List<RunHandle<Told>> runs = IntStream.range(0, RUNS).mapToObj(i -> streaming()).toList();
    Map<String, CompletableFuture<Told>> results = new HashMap<>();
    runs.forEach(run -> results.put(run.runId(), run.resultAsync()));
    int before = MadeConsumers.COUNT.get();
    List<RunOutcome> outcomes = runs.stream().map(this::told).toList();

    // So many at a time that all are told before the first would do without its terminal event.
    for (int wave = 0; wave < RUNS; wave += AT_ONCE) {
      List<RunOutcome> ended = outcomes.subList(wave, wave + AT_ONCE);
      ended.forEach(coordinator::end);
      for (RunOutcome outcome : ended) {
        CompletableFuture<Told> result = Objects.requireNonNull(results.get(outcome.getRunId()));
        assertThat(result).isNotDone();
        coordinator.terminal(outcome);
        assertThat(told(result).text()).isEqualTo(outcome.getRunId());
      }
    }

    assertThat(before).isPositive();
    assertThat(MadeConsumers.COUNT.get() - before).isBetween(1, 2);
  }

  @Test
  void R4_a_stream_that_vanishes_while_it_is_awaited_holds_up_no_other_result() throws Exception {
    RunHandle<Told> vanishing = streaming();
    RunHandle<Told> reading = streaming();
    RunHandle<Told> later = streaming();
    CompletableFuture<Told> never = vanishing.resultAsync();
    CompletableFuture<Told> first = reading.resultAsync();
    CompletableFuture<Told> second = later.resultAsync();
    RunOutcome lost = told(vanishing);
    RunOutcome outcome = told(reading);
    coordinator.end(lost);
    coordinator.end(outcome);
    coordinator.terminal(outcome);
    told(first);

    coordinator.deleteStream(vanishing.runId());
    RunOutcome after = told(later);
    coordinator.end(after);
    coordinator.terminal(after);

    assertThat(told(second).text()).isEqualTo(later.runId());
    assertThat(never).isNotDone();
    assertThat(told(never).text()).isEqualTo(vanishing.runId());
  }
}
