package io.millrace.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.http.route.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TurnTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CompletableFuture<String> answer = new CompletableFuture<>();

  private CompletableFuture<String> slow(Turn turn) throws InterruptedException {
    CompletableFuture<String> slow =
        CompletableFuture.supplyAsync(
            () ->
                turn.take(
                    () -> {
                      begun.countDown();
                      return answer.join();
                    }),
            task -> new Thread(task).start());
    begun.await();
    return slow;
  }

  @Test
  void whose_turn_does_not_come_in_time_is_told_to_come_later() throws InterruptedException {
    Turn turn = new Turn("histories", Duration.ofMillis(1));
    CompletableFuture<String> slow = slow(turn);

    assertThatThrownBy(() -> turn.take(() -> "mine"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(503);
              assertThat(e.headers()).containsEntry("Retry-After", "2");
            })
        .hasMessageContaining("histories are read for others");

    answer.complete("late");
    assertThat(slow.join()).isEqualTo("late");
    assertThat(turn.take(() -> "mine")).isEqualTo("mine");
  }

  @Test
  void a_few_wait_and_one_more_is_refused_at_once() throws InterruptedException {
    Turn turn = new Turn("histories", Duration.ofHours(1));
    slow(turn);
    List<CompletableFuture<String>> waiting = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      waiting.add(
          CompletableFuture.supplyAsync(
              () -> turn.take(() -> "mine"),
              task -> {
                Thread thread = new Thread(task);
                threads.add(thread);
                thread.start();
              }));
    }
    await().until(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.TIMED_WAITING));

    assertThatThrownBy(() -> turn.take(() -> "mine")).isInstanceOf(ProblemException.class);

    answer.complete("done");
    assertThat(waiting).allSatisfy(one -> assertThat(one.join()).isEqualTo("mine"));
  }

  @Test
  void a_question_that_fails_gives_the_turn_back() {
    Turn turn = new Turn("histories", Duration.ofMillis(1));

    assertThatThrownBy(
            () ->
                turn.take(
                    () -> {
                      throw new CompletionException("no", null);
                    }))
        .isInstanceOf(CompletionException.class);
    assertThat(turn.take(() -> "mine")).isEqualTo("mine");
  }
}
