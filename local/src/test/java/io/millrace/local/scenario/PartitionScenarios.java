package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.TWICE;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.join;
import static io.millrace.local.scenario.Words.split;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.StartOptions;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.B;
import io.millrace.local.scenario.Words.Done;
import java.util.List;

/**
 * Workers that are given up while they are at work and complete all the same. The simulator has
 * them in every history; elsewhere a worker is lost and another does its work.
 */
final class PartitionScenarios {
  private PartitionScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "F3_what_a_worker_completes_that_was_given_up_is_used_once_or_disregarded",
            () ->
                List.of(
                    split(new A("a"), new A("b"), new A("c"), new A("d")),
                    step("work")
                        .emits(B.class)
                        .handler(
                            A.class,
                            (a, context) -> {
                              context.state().increment("worked", 1);
                              return new B(a.name());
                            }),
                    join(B.class)),
            stage -> {
              stage.hold("work");
              StagedRun run =
                  stage.start(BEGIN, StartOptions.ofDefaults().withOutcomeKeys("worked"));
              run.awaitAdopted("work", 4);
              stage.loseWorker("work");
              stage.release("work");

              assertThat(run.result(Done.class)).isEqualTo(done("a", "b", "c", "d"));
              assertThat(run.outcome().state().get("worked", Long.class)).hasValue(4L);
            }),
        Scenario.of(
            "F3_a_failure_that_a_worker_reports_after_it_was_given_up_counts_once",
            () ->
                List.of(
                    split(new A("a"), new A("b"), new A("c")),
                    step("work")
                        .emits(B.class)
                        .retry(TWICE)
                        .handler(
                            A.class,
                            (a, context) -> {
                              if (context.attempt() == 1) {
                                throw new IllegalStateException("once more");
                              }
                              return new B(a.name());
                            }),
                    join(B.class)),
            stage ->
                assertThat(stage.start(BEGIN).result(Done.class)).isEqualTo(done("a", "b", "c"))));
  }
}
