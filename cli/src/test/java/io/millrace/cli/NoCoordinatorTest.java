package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker, but nobody who answers: whoever waits is told what for, and in the end what to do. */
@MillraceTest(coordinator = false)
class NoCoordinatorTest {
  private static final String WAIT = "millrace.workflow.wait.ms";

  private static final List<List<String>> QUESTIONS =
      List.of(
          List.of("send", "q1", "NumberGiven", "{}"),
          List.of("answer", "q1", "value=1"),
          List.of("cancel", "q1"),
          List.of("inspect", "q1"),
          List.of("redrive", "q1"),
          List.of("tail", "q1"));

  private final ExecutorService all = Executors.newCachedThreadPool();

  @BeforeEach
  void waitLongEnoughToBeTold() {
    System.setProperty(WAIT, "4000");
  }

  @AfterEach
  void waitAsUsual() {
    System.clearProperty(WAIT);
    all.shutdownNow();
  }

  @Test
  void every_question_says_what_it_waits_for_and_in_the_end_what_to_check(LocalMillrace millrace) {
    Map<String, CompletableFuture<Said>> asked = new TreeMap<>();
    QUESTIONS.forEach(question -> asked.put(question.get(0), ask(millrace, question)));

    asked.forEach(
        (command, answer) -> {
          Said said = answer.join();
          assertThat(said.code()).as(command).isEqualTo(1);
          assertThat(said.out()).as(command).isEmpty();
          assertThat(said.err())
              .as(command)
              .containsSubsequence(
                  "waiting for a coordinator of namespace " + millrace.namespace() + " to answer",
                  "start a coordinator there");
        });
  }

  @Test
  void a_start_says_that_it_waits_and_that_a_coordinator_may_be_lacking(LocalMillrace millrace) {
    Said said = ask(millrace, List.of("start", "rag", "{}", "--await-workflow", "4s")).join();

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err())
        .containsSubsequence(
            "waiting for a step of workflow rag, and a coordinator, of namespace",
            "workflow rag has no step",
            "is one running?");
  }

  private CompletableFuture<Said> ask(LocalMillrace millrace, List<String> question) {
    List<String> words = new ArrayList<>(question);
    words.addAll(
        List.of(
            "-b", millrace.bootstrapServers(),
            "-r", millrace.registryUrl(),
            "-n", millrace.namespace()));
    return CompletableFuture.supplyAsync(() -> Said.when(words.toArray(String[]::new)), all);
  }
}
