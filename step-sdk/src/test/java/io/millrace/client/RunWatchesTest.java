package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.OutcomeStatus;
import io.millrace.protocol.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class RunWatchesTest {
  private final RunWatches watches = new RunWatches();

  @Test
  void an_outcome_reaches_whoever_watches_the_run() {
    RunWatch watch = watches.watch("r1");

    watches.offer(outcome("r1", 0));
    watches.offer(outcome("r2", 0));

    assertThat(watch.known()).map(RunOutcome::getRunId).contains("r1");
    assertThat(watches.isWatched("r2")).isFalse();
  }

  @Test
  void an_outcome_of_an_epoch_before_a_redrive_is_history() {
    RunWatch watch = watches.watch("r1");
    watch.atEpoch(1);

    watches.offer(outcome("r1", 0));
    assertThat(watch.known()).isEmpty();
    watches.offer(outcome("r1", 1));
    assertThat(watch.known()).isPresent();
  }

  @Test
  void E5_after_a_redrive_the_known_outcome_is_history_to_every_handle_of_the_run() {
    RunWatch asking = watches.watch("r1");
    watches.offer(outcome("r1", 0));
    RunWatch other = watches.watch("r1");
    assertThat(other).isNotSameAs(asking);
    watches.offer(outcome("r1", 0));

    watches.atEpoch(asking, 1);

    assertThat(asking.known()).isEmpty();
    assertThat(other.known()).isEmpty();
    assertThat(asking.future()).isNotDone();
    watches.offer(outcome("r1", 0));
    assertThat(asking.known()).isEmpty();
    watches.offer(outcome("r1", 1));
    assertThat(asking.known()).map(RunOutcome::getEpoch).contains(1);
    assertThat(other.future()).isCompleted();
  }

  @Test
  void E5_an_outcome_of_a_later_epoch_supersedes_the_known_one_whoever_asked_for_the_redrive() {
    RunWatch watch = watches.watch("r1");
    watches.offer(outcome("r1", 0));

    watches.offer(outcome("r1", 1));
    watches.offer(outcome("r1", 0));

    assertThat(watch.known()).map(RunOutcome::getEpoch).contains(1);
    assertThat(watch.epoch()).isEqualTo(1);
  }

  @Test
  void an_outcome_that_comes_before_the_answer_to_the_redrive_is_kept() {
    RunWatch watch = watches.watch("r1");
    watches.offer(outcome("r1", 1));

    watches.atEpoch(watch, 1);

    assertThat(watch.known()).map(RunOutcome::getEpoch).contains(1);
  }

  @Test
  void a_run_that_nobody_waits_for_is_forgotten() {
    watches.watch("r1");

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              System.gc();
              return watches.size() == 0;
            });
  }

  @Test
  void a_run_whose_future_is_pending_is_kept_though_its_handle_is_gone() {
    CompletableFuture<RunOutcome> result = pinnedFuture();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              System.gc();
              return watches.size() == 1;
            });

    watches.offer(outcome("r1", 0));

    assertThat(result).isCompleted();
  }

  @Test
  void whoever_waits_no_longer_leaves_nothing_behind() {
    RunWatch watch = watches.watch("r1");
    CompletableFuture<RunOutcome> patient = end(watch);
    for (int i = 0; i < 100; i++) {
      end(watch).cancel(false);
    }
    assertThat(watch.waiting()).isEqualTo(1);
    assertThat(watch.future().getNumberOfDependents()).isEqualTo(1);
    assertThat(watches.pinned()).isEqualTo(1);

    patient.cancel(false);

    assertThat(watch.waiting()).isZero();
    assertThat(watches.pinned()).isZero();
  }

  @Test
  void whoever_still_waits_is_told_of_the_end_and_so_is_one_who_asks_after_it() {
    RunWatch watch = watches.watch("r1");
    end(watch).cancel(false);
    CompletableFuture<RunOutcome> patient = end(watch);

    watches.offer(outcome("r1", 0));

    assertThat(patient).isCompleted();
    assertThat(end(watch)).isCompleted();
    assertThat(watch.waiting()).isZero();
    assertThat(watches.pinned()).isZero();
  }

  @Test
  void whoever_waits_is_told_when_the_client_is_closed() {
    CompletableFuture<RunOutcome> waiting = end(watches.watch("r1"));

    watches.close(new IllegalStateException("closed"));

    assertThat(waiting).isCompletedExceptionally();
    assertThat(watches.pinned()).isZero();
  }

  private CompletableFuture<RunOutcome> end(RunWatch watch) {
    return watches.whenEnded(watch, CompletableFuture::completedFuture, Runnable::run);
  }

  private CompletableFuture<RunOutcome> pinnedFuture() {
    watches.watch("other");
    RunWatch watch = watches.watch("r1");
    return end(watch);
  }

  private static RunOutcome outcome(String runId, int epoch) {
    return RunOutcome.newBuilder()
        .setRunId(runId)
        .setWorkflow("rag")
        .setEpoch(epoch)
        .setStatus(OutcomeStatus.CANCELLED)
        .setStartedAt(Instant.EPOCH)
        .setEndedAt(Instant.EPOCH)
        .build();
  }
}
