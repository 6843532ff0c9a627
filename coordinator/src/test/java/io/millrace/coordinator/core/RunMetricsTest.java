package io.millrace.coordinator.core;

import static io.millrace.coordinator.core.RunFixture.emit;
import static io.millrace.coordinator.core.RunFixture.target;
import static io.millrace.coordinator.core.RunFixture.targets;
import static io.millrace.coordinator.core.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.coordinator.metrics.CoordinatorMetrics;
import io.millrace.coordinator.metrics.TaskMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the shell counts of a run, from the inputs, effects and heads of the rules. */
class RunMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CoordinatorMetrics metrics = new CoordinatorMetrics(registry);
  private final TaskMetrics task = metrics.task();
  private final RunFixture run =
      new RunFixture(
          null,
          step("first").accepts("Begin").emits("Work", "Ask"),
          step("work").accepts("Work").emits("Done").retries(2, Duration.ofSeconds(1)),
          step("answered").accepts("Reply").emits("Done"));

  @Test
  void a_run_that_completes_was_started_once_and_is_open_no_longer() {
    List<RunEffect> started = apply(run.startInput());
    assertThat(gauge("millrace.runs.open")).isEqualTo(1);
    run.pass(Duration.ofSeconds(3));

    List<RunEffect> effects =
        apply(RunFixture.completed(target(started, "first").token(), emit("Work")));
    apply(RunFixture.completed(target(effects, "work").token(), emit("Done")));

    assertThat(count("millrace.runs.started")).isEqualTo(1);
    assertThat(count("millrace.runs.ended", "outcome", "completed")).isEqualTo(1);
    assertThat(gauge("millrace.runs.open")).isZero();
    assertThat(registry.get("millrace.run").timer().totalTime(TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(count("millrace.dispatches", "step", "work", "cause", "first")).isEqualTo(1);
    assertThat(count("millrace.inputs", "kind", "completed")).isEqualTo(2);
  }

  @Test
  void a_run_that_asks_a_human_waits_until_it_is_answered() {
    List<RunEffect> started = apply(run.startInput());
    apply(RunFixture.completed(target(started, "first").token(), emit("Ask")));
    assertThat(gauge("millrace.runs.waiting")).isEqualTo(1);

    apply(new RunInput.ExternalEvent(null, run.event("Reply"), null));

    assertThat(gauge("millrace.runs.open")).isEqualTo(1);
    assertThat(gauge("millrace.runs.waiting")).isZero();
  }

  @Test
  void retries_dead_letters_and_redrives_are_told_apart() {
    RunEffect.Target work = failing();
    RunEffect.Target again = targets(applyTimer(work)).get(0);
    apply(RunFixture.failure(again, true));

    assertThat(count("millrace.dispatches", "step", "work", "cause", "retry")).isEqualTo(1);
    assertThat(count("millrace.dead.letters", "step", "work")).isEqualTo(1);
    assertThat(count("millrace.runs.ended", "outcome", "failed")).isEqualTo(1);

    apply(new RunInput.RedriveRun(null, null));

    assertThat(count("millrace.runs.redriven")).isEqualTo(1);
    assertThat(count("millrace.runs.started")).isEqualTo(1);
    assertThat(gauge("millrace.runs.open")).isEqualTo(1);
    assertThat(count("millrace.dispatches", "step", "work", "cause", "again")).isEqualTo(1);
  }

  @Test
  void a_lost_lease_is_counted_once_and_its_repeat_is_disregarded() {
    RunEffect.Target first = target(apply(run.startInput()), "first");
    apply(RunFixture.adoption(first, "w"));
    RunInput lost = run.lost(first, "w");

    apply(lost);
    apply(lost);

    assertThat(count("millrace.executions.lost", "cause", "lease")).isEqualTo(1);
    assertThat(count("millrace.executions.lost", "cause", "unadopted")).isZero();
    assertThat(count("millrace.dispatches", "cause", "recovery")).isEqualTo(1);
    assertThat(registry.get("millrace.inputs.disregarded").counters())
        .extracting(counter -> counter.count())
        .contains(1.0);
  }

  @Test
  void what_a_task_had_to_say_goes_with_it() {
    apply(run.startInput());

    task.close();

    assertThat(gauge("millrace.runs.open")).isZero();
    assertThat(gauge("millrace.partitions")).isZero();
  }

  private RunEffect.Target failing() {
    List<RunEffect> started = apply(run.startInput());
    List<RunEffect> effects =
        apply(RunFixture.completed(target(started, "first").token(), emit("Work")));
    RunEffect.Target work = target(effects, "work");
    apply(RunFixture.failure(work, true));
    return work;
  }

  private List<RunEffect> applyTimer(RunEffect.Target work) {
    return apply(run.firing(Failures.RETRY + work.token().executionId()));
  }

  private List<RunEffect> apply(RunInput input) {
    RunState before = run.store.state();
    List<RunEffect> effects = run.apply(input);
    metrics.applied(input, effects, 5);
    task.changed(before, run.store.state());
    task.publish(Map.of());
    return effects;
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counters().stream().mapToDouble(c -> c.count()).sum();
  }
}
