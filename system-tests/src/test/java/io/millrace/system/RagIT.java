package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.RunHandle;
import io.millrace.WorkflowClient;
import io.millrace.examples.rag.Answer;
import io.millrace.examples.rag.Ask;
import io.millrace.examples.rag.Main;
import io.millrace.protocol.OutcomeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The example, each of its steps in two containers, with the documents in their image. */
@OnStack
class RagIT {
  private static final Ask QUESTION = new Ask("How long are run streams kept?");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** So many that each copy of each step has some. */
  private static final int QUESTIONS = 8;

  /** Within it a question is seen to wait for a frozen copy, or none does. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** A step takes milliseconds: what has been open for longer waits for the frozen copy. */
  private static final Duration STUCK = Duration.ofSeconds(1);

  @Test
  @Tag("smoke")
  @Tag("full")
  void F1_a_question_has_the_same_answer_when_a_copy_of_each_step_is_killed_meanwhile(Stack stack) {
    Fleet fleet = stack.fleet().scale(Service.RAG, 2);
    try (WorkflowClient client = stack.client()) {
      Answer undisturbed = start(client).result(PATIENCE);
      assertThat(undisturbed.text()).contains("24 hours");

      for (Service service : Service.RAG) {
        Member victim = fleet.copies(service).get(0);
        List<RunHandle<Answer>> asked = new ArrayList<>();
        await("that a question waits for " + victim)
            .atMost(PATIENCE)
            .until(() -> isWaitedFor(service, victim, client, asked));
        Docker.kill(victim);

        assertThat(answers(asked)).containsOnly(undisturbed);
        asked.forEach(
            run -> stack.remember(new OtherRun("rag", run.runId(), OutcomeStatus.COMPLETED)));
      }
      stack.auditOthers();
    } finally {
      fleet.scale(Service.RAG, 0);
    }
  }

  /**
   * Freezes the copy, asks, and looks whether anything waits for it; if not it is thawed. There is
   * not much time: its group gives what it would take next to the other copy after seconds.
   */
  private static boolean isWaitedFor(
      Service service, Member victim, WorkflowClient client, List<RunHandle<Answer>> asked) {
    Docker.pause(victim);
    asked.addAll(ask(client));
    try {
      await()
          .atMost(LOOK)
          .until(() -> asked.stream().anyMatch(run -> isStuckAt(service, victim, run)));
      return true;
    } catch (ConditionTimeoutException e) {
      Docker.thaw(victim);
      // It has to be a member of its group again.
      answers(asked);
      return false;
    }
  }

  /**
   * Asked for all at once: the terminal event of a stream that is deleted is waited for a while.
   */
  private static List<Answer> answers(List<RunHandle<Answer>> asked) {
    List<CompletableFuture<Answer>> results = asked.stream().map(RunHandle::resultAsync).toList();
    return results.stream()
        .map(result -> result.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
        .toList();
  }

  /** At the same time, so that all copies of a step have something to do at once. */
  private static List<RunHandle<Answer>> ask(WorkflowClient client) {
    ExecutorService askers = Executors.newFixedThreadPool(QUESTIONS);
    try {
      List<CompletableFuture<RunHandle<Answer>>> starts =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> start(client), askers))
              .limit(QUESTIONS)
              .toList();
      return starts.stream().map(CompletableFuture::join).toList();
    } finally {
      askers.shutdown();
    }
  }

  private static RunHandle<Answer> start(WorkflowClient client) {
    return client.start(Main.WORKFLOW, QUESTION);
  }

  private static boolean isStuckAt(Service service, Member victim, RunHandle<Answer> run) {
    return run.inspect().executions().stream()
        .anyMatch(
            each ->
                each.step().equals(service.name())
                    && each.worker().map(w -> w.startsWith(victim.name() + "-")).orElse(true)
                    && each.since().isBefore(Instant.now().minus(STUCK)));
  }
}
