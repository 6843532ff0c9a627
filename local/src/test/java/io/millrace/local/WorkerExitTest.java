package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StepWorker;
import io.millrace.StopEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class WorkerExitTest {
  record Ask() implements StartEvent {}

  record Answer() implements StopEvent {}

  static final class Reply {
    @Step
    public Answer reply(Ask ask) {
      return new Answer();
    }
  }

  /** A step's program, as its author writes it; arguments: a setting and its value. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      StepWorker.of("talk", new Reply())
          .configuredBy(
              Map.of(
                  "bootstrap.servers",
                  "127.0.0.1:1",
                  "schema.registry.url",
                  "http://127.0.0.1:1",
                  args[0],
                  args[1]))
          .run();
    }
  }

  @Test
  void a_setting_that_makes_no_sense_is_told_without_stack_trace_and_exit_code_2()
      throws Exception {
    try (ChildProcess worker =
        ChildProcess.start(Program.class, "millrace.adoption.grace.ms", "soon")) {
      assertThat(worker.everythingItSays())
          .contains("millrace worker of talk: ", "millrace.adoption.grace.ms", "soon")
          .doesNotContain("\tat ");
      assertThat(worker.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void a_broker_that_does_not_answer_is_told_without_stack_trace_and_exit_code_1()
      throws Exception {
    try (ChildProcess worker =
        ChildProcess.start(Program.class, "millrace.startup.timeout.ms", "1000")) {
      assertThat(worker.everythingItSays())
          .contains("millrace worker of talk: ", "127.0.0.1:1", "check bootstrap.servers")
          .doesNotContain("\tat ");
      assertThat(worker.exitCode()).isEqualTo(1);
    }
  }
}
