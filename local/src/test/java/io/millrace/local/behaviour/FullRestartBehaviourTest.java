package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Workshop.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.HumanResponseEvent;
import io.millrace.InputRequiredEvent;
import io.millrace.RunContext;
import io.millrace.RunHandle;
import io.millrace.SendOptions;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StepWorker;
import io.millrace.StopEvent;
import io.millrace.StreamedEvent;
import io.millrace.WaitSpec;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.local.LocalStack;
import io.millrace.protocol.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that waits for a human needs a process to be alive meanwhile. */
class FullRestartBehaviourTest {
  private static final int RUNS = 200;

  record Begin(int number) implements StartEvent {}

  record Question(int number) implements InputRequiredEvent {}

  record Answer(int number) implements HumanResponseEvent {}

  record Done(int number) implements StopEvent {}

  /** Asks by returning the question. */
  static final class Asking {
    @Step
    public Question ask(Begin begin) {
      return new Question(begin.number());
    }

    @Step
    public Done answered(Answer answer) {
      return new Done(answer.number());
    }
  }

  /** Asks in the middle of a step. */
  static final class Waiting {
    @Step(waitsFor = Answer.class)
    public Done ask(Begin begin, RunContext context) {
      Question question = new Question(begin.number());
      WaitSpec asked = WaitSpec.ofDefaults().withPrompt(question);
      return new Done(context.waitForEvent(Answer.class, asked).number());
    }
  }

  /** Broker, registry, coordinator, workers and client, from their start to their end. */
  private static final class Life implements AutoCloseable {
    private final LocalStack stack;
    private final List<StepWorker> workers = new ArrayList<>();
    final WorkflowClient client;

    Life(Path folder) {
      stack = LocalStack.builder().dataFolder(folder).start();
      MillraceConfig config = MillraceConfig.of(stack.config());
      workers.add(StepWorker.of("asking", new Asking()).configuredBy(config).start());
      workers.add(StepWorker.of("waiting", new Waiting()).configuredBy(config).start());
      client = WorkflowClient.create(config);
    }

    RunHandle<Done> start(int number) {
      return client.start(workflow(number), new Begin(number), "run-" + number);
    }

    RunHandle<Done> attach(int number) {
      return client.attach(workflow(number), "run-" + number);
    }

    @Override
    public void close() {
      client.close();
      workers.forEach(StepWorker::close);
      stack.close();
    }
  }

  private static Workflow<Begin, Done> workflow(int number) {
    return Workflow.of(number % 2 == 0 ? "asking" : "waiting", Begin.class, Done.class);
  }

  @Test
  void W2_W3_runs_that_wait_for_a_human_outlive_everything_that_runs(@TempDir Path folder) {
    // given: runs that all wait, and then nothing that runs
    try (Life life = new Life(folder)) {
      eachRun(
          number -> {
            RunHandle<Done> run = life.start(number);
            Until.holds("the question", () -> run.inspect().status() == RunStatus.WAITING);
          });
    }

    try (Life life = new Life(folder)) {
      // when: others answer
      eachRun(
          number -> {
            RunHandle<Done> run = life.attach(number);
            String prompt = run.inspect().prompts().get(0).eventId();
            run.sendEvent(new Answer(number), SendOptions.inReplyTo(prompt));
          });

      // then
      eachRun(
          number -> {
            RunHandle<Done> run = life.attach(number);
            assertThat(run.result(PATIENCE)).isEqualTo(new Done(number));
            List<StreamedEvent> stream = new ArrayList<>();
            run.streamEvents().forEach(stream::add);
            assertThat(stream)
                .extracting(StreamedEvent::kind)
                .containsExactly(StreamedEvent.Kind.PROMPT, StreamedEvent.Kind.TERMINAL);
            assertThat(stream.get(0).as(Question.class)).isEqualTo(new Question(number));
          });
    }
  }

  /** Several at a time, as people do. */
  private static void eachRun(IntConsumer what) {
    ExecutorService people = Executors.newFixedThreadPool(16);
    try {
      CompletableFuture.allOf(
              IntStream.range(0, RUNS)
                  .mapToObj(number -> CompletableFuture.runAsync(() -> what.accept(number), people))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } finally {
      people.shutdownNow();
    }
  }
}
