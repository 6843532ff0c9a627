package io.millrace.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private final RunFixture run = new RunFixture(null, StepBuilder.step("first").accepts("Begin"));

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "7", "Order_placed-2", "0123456789abcdef", "az", "AZ", "zZ9", "Z", "z", "9"})
  void law_19_what_a_topic_may_be_called_is_allowed(String name) {
    assertThat(Names.workflow(name)).isNull();
    assertThat(Names.eventType(name)).isNull();
    assertThat(Names.runId(name)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a.b", "_a", "-a", "a b", "ä", "a/b", "a\n", "a`", "a{", "a@", "a[", "a:"})
  void law_19_what_it_may_not_is_refused_by_name(String name) {
    assertThat(Names.workflow(name)).contains("workflow", name);
    assertThat(Names.eventType(name)).contains("event type");
    assertThat(Names.runId(name)).contains("run id");
  }

  @Test
  void law_19_lengths_are_checked() {
    assertThat(Names.runId("r".repeat(100))).isNull();
    assertThat(Names.runId("r".repeat(101))).contains("1 to 100");
    assertThat(Names.eventType("e".repeat(81))).contains("1 to 80");
  }

  @Test
  void law_19_a_name_that_is_refused_is_shown_as_far_as_it_may_be_long() {
    String longest = "e".repeat(79) + ".";

    assertThat(Names.eventType(longest)).contains("'" + longest + "'");
    assertThat(Names.eventType(longest + "e")).contains("'" + longest + "...'");
  }

  @Test
  void law_19_names_that_mean_something_already_are_refused_and_it_is_said_why() {
    assertThat(Names.eventType("stream")).contains("'stream' is reserved for run streams");
    assertThat(Names.eventType("StepFailedEvent")).contains("is the coordinator's own");
  }

  @Test
  void law_19_a_start_with_a_malformed_name_is_refused_and_leaves_nothing() {
    RunInput.StartRun good = run.startInput();
    RunInput.StartRun bad =
        new RunInput.StartRun(
            good.request(), "a.b", good.event(), null, false, false, good.state(), List.of());

    List<RunEffect> effects = run.apply(bad);

    assertThat(RunFixture.refusal(effects)).isEqualTo(Answer.Code.MALFORMED_REQUEST);
    assertThat(run.store.state()).isEqualTo(new RunState.Absent());
  }

  @Test
  void law_19_an_external_event_with_a_malformed_type_is_refused() {
    run.start();

    assertThat(RunFixture.refusal(run.apply(run.external(run.event("stream")))))
        .isEqualTo(Answer.Code.MALFORMED_REQUEST);
  }

  @Test
  void law_19_a_step_that_emits_a_malformed_type_fails_the_run_by_name() {
    run.complete(RunFixture.target(run.start(), "first"), RunFixture.emit("a.b"));

    assertThat(run.error().type()).isEqualTo("IllegalName");
  }
}
