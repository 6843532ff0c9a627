package io.millrace.http.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.UnknownRunException;
import io.millrace.UntypedRunHandle;
import io.millrace.WorkflowClient;
import io.millrace.http.Fakes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30) // who is never answered would wait for ever
class LooksTest {
  /** Inspections that the coordinator has not answered yet. */
  private final BlockingQueue<CompletableFuture<String>> asked = new LinkedBlockingQueue<>();

  private final AtomicInteger inspections = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private final Looks looks =
      new Looks(
          Fakes.of(
              WorkflowClient.class, Map.of("attachUntyped", runId -> handle((String) runId[0]))));

  private UntypedRunHandle handle(String runId) {
    inspections.incrementAndGet();
    CompletableFuture<String> answer = new CompletableFuture<>();
    asked.add(answer);
    if (answer.join().equals("unknown")) {
      throw new UnknownRunException("run " + runId + " is not known");
    }
    return Fakes.of(
        UntypedRunHandle.class,
        Map.of("inspectionAtAttach", none -> Optional.of(Fakes.running(runId))));
  }

  private CompletableFuture<Look> look(String runId) {
    CompletableFuture<Look> look = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                look.complete(looks.at(runId));
              } catch (RuntimeException e) {
                look.completeExceptionally(e);
              }
            });
    threads.add(thread);
    thread.start();
    return look;
  }

  private void waiting(int count) {
    await()
        .until(
            () ->
                threads.stream().filter(t -> t.getState() == Thread.State.WAITING).count()
                    == count);
  }

  private void answer(String text) throws InterruptedException {
    asked.take().complete(text);
  }

  @AfterEach
  void nobodyIsLeft() {
    await().until(() -> threads.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void those_who_ask_while_a_look_is_under_way_share_the_next_one() throws InterruptedException {
    CompletableFuture<Look> first = look("r");
    await().until(() -> inspections.get() == 1);
    List<CompletableFuture<Look>> later = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      later.add(look("r"));
    }
    waiting(21);
    assertThat(inspections).hasValue(1);

    answer("known");
    assertThat(first.join().run().runId()).isEqualTo("r");
    await().until(() -> inspections.get() == 2);
    assertThat(later).noneMatch(CompletableFuture::isDone);
    answer("known");

    assertThat(later).allSatisfy(look -> assertThat(look.join()).isEqualTo(later.get(0).join()));
    assertThat(inspections).hasValue(2);
  }

  @Test
  void an_answer_is_not_kept_because_the_next_caller_must_see_what_was_done_since()
      throws InterruptedException {
    for (int i = 1; i <= 3; i++) {
      CompletableFuture<Look> look = look("r");
      answer("known");
      look.join();
      assertThat(inspections).hasValue(i);
    }
  }

  @Test
  void looks_at_other_runs_do_not_wait() throws InterruptedException {
    CompletableFuture<Look> one = look("one");
    CompletableFuture<Look> two = look("two");
    await().until(() -> inspections.get() == 2);

    answer("known");
    answer("known");

    assertThat(List.of(one.join().run().runId(), two.join().run().runId()))
        .containsExactly("one", "two");
  }

  @Test
  void a_failure_is_told_to_all_who_share_it_and_to_nobody_else() throws InterruptedException {
    CompletableFuture<Look> first = look("r");
    await().until(() -> inspections.get() == 1);
    CompletableFuture<Look> second = look("r");
    CompletableFuture<Look> third = look("r");
    waiting(3);

    answer("known");
    first.join();
    answer("unknown");

    for (CompletableFuture<Look> shared : List.of(second, third)) {
      assertThatThrownBy(shared::join).hasCauseInstanceOf(UnknownRunException.class);
    }
    CompletableFuture<Look> fourth = look("r");
    answer("known");
    assertThat(fourth.join().run().runId()).isEqualTo("r");
  }
}
