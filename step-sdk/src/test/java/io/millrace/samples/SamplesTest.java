package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.samples.Samples.Answer;
import io.millrace.samples.Samples.AskHuman;
import io.millrace.samples.Samples.Begin;
import io.millrace.samples.Samples.DispatchAndGather;
import io.millrace.samples.Samples.Entered;
import io.millrace.samples.Samples.GatherEvent;
import io.millrace.samples.Samples.Gathered;
import io.millrace.samples.Samples.MyEvent;
import io.millrace.samples.Samples.MyEventResult;
import io.millrace.samples.Samples.NumberGiven;
import io.millrace.samples.Samples.NumberNeeded;
import io.millrace.samples.Samples.ProgressEvent;
import io.millrace.samples.Samples.QueryEvent;
import io.millrace.samples.Samples.RetrieveEvent;
import io.millrace.samples.Samples.Synthesize;
import io.millrace.test.StepTest;
import io.millrace.test.StepTest.CollectCall;
import io.millrace.test.StepTest.Sent;
import io.millrace.test.StepTester;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private final StepTester dispatchAndGather = StepTester.of(new DispatchAndGather());

  @Test
  void synthesize_waits_for_both_events() {
    // when
    StepTest test = StepTester.of(new Synthesize()).run(new QueryEvent("who?"));

    // then
    assertThat(test.emitted()).isEmpty();
    assertThat(test.failure()).isEmpty();
    assertThat(test.collectCalls())
        .containsExactly(
            new CollectCall(
                "default", List.of("QueryEvent", "RetrieveEvent"), Optional.empty(), false));
  }

  @Test
  void synthesize_answers_once_it_has_both() {
    // given
    StepTester tester =
        StepTester.of(new Synthesize())
            .withCollected(new QueryEvent("who?"), new RetrieveEvent(List.of("a", "b")));

    // when
    StepTest test = tester.run(new RetrieveEvent(List.of("a", "b")));

    // then
    assertThat(test.returned()).containsExactly(new Answer("who? -> [a, b]"));
    assertThat(test.collectCalls()).allMatch(CollectCall::satisfied);
  }

  @Test
  void dispatch_sends_before_it_returns() {
    // when
    StepTest test = dispatchAndGather.run(new Begin());

    // then
    assertThat(test.emitted()).containsExactly(new MyEvent(), new MyEvent(), new GatherEvent());
    assertThat(test.sent()).hasSize(2).contains(new Sent(new MyEvent(), Optional.empty()));
    assertThat(test.returned()).containsExactly(new GatherEvent());
  }

  @Test
  void handle_streams_its_progress() {
    // when
    StepTest test = dispatchAndGather.run(new MyEvent());

    // then
    assertThat(test.streamed()).containsExactly(new ProgressEvent("working"));
    assertThat(test.returned()).containsExactly(new MyEventResult("result"));
  }

  @Test
  void gather_gathers_equal_types() {
    // given
    StepTester complete =
        dispatchAndGather.withCollected(new MyEventResult("x"), new MyEventResult("y"));

    // then
    assertThat(dispatchAndGather.run(new GatherEvent()).emitted()).isEmpty();
    assertThat(complete.run(new MyEventResult("y")).returned())
        .containsExactly(new Gathered(List.of(new MyEventResult("x"), new MyEventResult("y"))));
  }

  @Test
  void a_human_is_asked_and_answers() {
    StepTester tester = StepTester.of(new AskHuman());
    assertThat(tester.run(new Begin()).returned())
        .containsExactly(new NumberNeeded("Enter a number: "));
    assertThat(tester.run(new NumberGiven(7)).returned()).containsExactly(new Entered(7));
  }
}
