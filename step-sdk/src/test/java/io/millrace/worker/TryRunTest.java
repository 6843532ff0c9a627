package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.observe.ObservedTry;
import io.millrace.observe.StepObserver;
import io.millrace.protocol.CancelNotice;
import io.millrace.protocol.ChunkDigest;
import io.millrace.protocol.CompletionChunk;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.Effect;
import io.millrace.protocol.EmitEvent;
import io.millrace.protocol.ErrorInfo;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.FailureKind;
import io.millrace.protocol.RemoveState;
import io.millrace.protocol.StepCompleted;
import io.millrace.protocol.StepFailed;
import io.millrace.protocol.StepSuspended;
import io.millrace.protocol.Unwanted;
import io.millrace.step.TryResult;
import io.millrace.step.TryServices;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TryRunTest {
  private static final TryResult DONE = new TryResult.Completed();
  private final TryFixture fixture = new TryFixture();
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void close() {
    never.countDown();
    fixture.close();
  }

  private TryResult waitForEver() {
    try {
      never.await();
      return DONE;
    } catch (InterruptedException e) {
      fixture.happened.add("interrupted");
      return DONE;
    }
  }

  private void awaitSaid(String... kinds) {
    await().untilAsserted(() -> assertThat(fixture.saidKinds()).containsExactly(kinds));
  }

  private static Effect effect(String key) {
    return new Effect(new RemoveState(key));
  }

  @Test
  void
      law_5_stream_writes_are_acknowledged_then_the_completion_is_durable_then_the_record_is_acknowledged() {
    CountDownLatch returned = new CountDownLatch(1);
    fixture.start(
        false,
        services -> {
          services.stream("Progress", EventKind.EVENT, new byte[0]);
          returned.countDown();
          return DONE;
        });

    await().until(() -> returned.getCount() == 0 && fixture.streams.history().size() == 1);
    assertThat(fixture.said()).isEmpty();
    fixture.streams.completeNext();

    awaitSaid("StepCompleted");
    assertThat(((StepCompleted) fixture.said().get(0)).getStreamed()).isEqualTo(1);
    assertThat(fixture.happened).isEmpty();
    assertThat(fixture.slots.free()).isZero();
    fixture.log.completeNext();

    await().until(() -> fixture.slots.free() == 1);
    assertThat(fixture.happened).containsExactly("acknowledged");
  }

  @Test
  void law_4_a_record_that_may_be_a_redelivery_is_adopted_before_its_code_runs() {
    fixture.start(
        true,
        services -> {
          fixture.happened.add("ran");
          return DONE;
        });

    awaitSaid("StepStarted");
    assertThat(fixture.happened).isEmpty();
    fixture.log.completeNext();

    awaitSaid("StepStarted", "StepCompleted");
    assertThat(fixture.happened).containsExactly("acknowledged", "ran");
  }

  @Test
  void E3_code_that_is_adopted_first_begins_when_its_record_cannot_come_again() {
    fixture.recorded = new CompletableFuture<>();
    fixture.start(true, services -> DONE);
    awaitSaid("StepStarted");

    fixture.log.completeNext();
    assertThat(fixture.happened).containsExactly("acknowledged");
    assertThat(fixture.begun).hasValue(0);
    assertThat(fixture.slots.free()).isZero();
    fixture.recorded.complete(null);

    awaitSaid("StepStarted", "StepCompleted");
  }

  @Test
  void
      E3_code_that_is_adopted_first_begins_although_nobody_learns_whether_its_record_comes_again() {
    fixture.recorded = new CompletableFuture<>();
    fixture.recordPatience = Duration.ofMillis(1);
    fixture.start(true, services -> DONE);
    awaitSaid("StepStarted");

    fixture.log.completeNext();

    awaitSaid("StepStarted", "StepCompleted");
  }

  @Test
  void code_that_is_cancelled_while_its_record_is_not_recorded_never_begins() {
    fixture.recorded = new CompletableFuture<>();
    TryRun run =
        fixture.start(
            true,
            services -> {
              fixture.happened.add("ran");
              return DONE;
            });
    awaitSaid("StepStarted");
    fixture.log.completeNext();

    run.cancel();
    fixture.recorded.complete(null);

    await().until(() -> fixture.slots.free() == 1);
    assertThat(fixture.happened).containsExactly("acknowledged");
  }

  @Test
  void work_that_outlives_the_grace_is_adopted_and_keeps_its_slot() {
    fixture.grace = Duration.ofMillis(1);
    fixture.start(false, services -> waitForEver());

    awaitSaid("StepStarted");
    fixture.log.completeNext();

    await().until(() -> fixture.happened.contains("acknowledged"));
    assertThat(fixture.slots.free()).isZero();
  }

  @Test
  void work_whose_record_holds_others_up_is_adopted_before_the_grace_is_over_and_once() {
    TryRun run = fixture.start(false, services -> waitForEver());

    run.adoptEarly();
    run.adoptEarly();

    awaitSaid("StepStarted");
    fixture.log.completeNext();
    await().until(() -> fixture.happened.contains("acknowledged"));
    assertThat(fixture.saidKinds()).containsExactly("StepStarted");
  }

  @Test
  void law_6_many_effects_go_ahead_as_chunks_that_the_completion_counts_and_digests() {
    fixture.chunkBytes = 8;
    fixture.start(
        false,
        services -> {
          services.effect(effect("aaaaaaaaaa"));
          services.effect(effect("bbbbbbbbbb"));
          services.effect(effect("c"));
          return DONE;
        });

    awaitSaid("CompletionChunk", "CompletionChunk");
    fixture.log.completeNext();
    fixture.log.completeNext();
    awaitSaid("CompletionChunk", "CompletionChunk", "StepCompleted");

    List<Object> said = fixture.said();
    CompletionChunk first = (CompletionChunk) said.get(0);
    CompletionChunk second = (CompletionChunk) said.get(1);
    StepCompleted last = (StepCompleted) said.get(2);
    assertThat(List.of(first.getIndex(), second.getIndex(), last.getChunkCount()))
        .containsExactly(0, 1, 2);
    assertThat(first.getTryId()).isEqualTo(last.getTryId());
    assertThat(last.getChunkDigest())
        .isEqualTo(
            ChunkDigest.digest(
                List.of(
                    ChunkDigest.encode(first.getEffects()),
                    ChunkDigest.encode(second.getEffects()))));
    assertThat(last.getEffects()).containsExactly(effect("c"));
  }

  @Test
  void S8_an_attempt_that_passes_its_timeout_is_interrupted_and_fails_retryably() {
    fixture.timeout = Optional.of(Duration.ofMillis(5));
    fixture.start(false, services -> waitForEver());

    awaitSaid("StepFailed");
    StepFailed failed = (StepFailed) fixture.said().get(0);
    assertThat(failed.getKind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failed.getError().getType()).isEqualTo("StepTimeout");
    assertThat(failed.getRetryable()).isTrue();
    fixture.log.completeNext();
    await().until(() -> fixture.slots.free() == 1);
    assertThat(fixture.happened).containsExactlyInAnyOrder("interrupted", "acknowledged");
  }

  @Test
  void R7_a_cancelled_attempt_is_interrupted_says_nothing_and_its_record_is_acknowledged() {
    CountDownLatch running = new CountDownLatch(1);
    fixture.start(
        false,
        services -> {
          running.countDown();
          TryResult result = waitForEver();
          if (services.isCancelled()) {
            fixture.happened.add("saw it");
          }
          return result;
        });
    await().until(() -> running.getCount() == 0);

    fixture.tries.cancel(notice("run-1", "x1", 0));

    await().until(() -> fixture.slots.free() == 1);
    assertThat(fixture.said()).isEmpty();
    assertThat(fixture.happened).containsExactlyInAnyOrder("acknowledged", "interrupted", "saw it");
    assertThat(fixture.tries.now()).isEmpty();
  }

  @Test
  void R7_a_notice_interrupts_the_rounds_that_it_means_and_no_later_one() {
    CountDownLatch running = new CountDownLatch(1);
    fixture.round = 2;
    fixture.start(
        false,
        services -> {
          running.countDown();
          return waitForEver();
        });
    await().until(() -> running.getCount() == 0);

    fixture.tries.cancel(notice("run-1", "x1", 1));
    fixture.tries.cancel(notice("run-1", "x2", 2));
    fixture.tries.cancel(notice("run-2", "x1", 2));
    assertThat(fixture.happened).isEmpty();
    fixture.tries.cancel(notice("run-1", "x1", 3));

    await().until(() -> fixture.slots.free() == 1);
    assertThat(fixture.happened).containsExactlyInAnyOrder("acknowledged", "interrupted");
  }

  private static CancelNotice notice(String runId, String executionId, int round) {
    return new CancelNotice("w", runId, List.of(new Unwanted(executionId, round)), "cancelled");
  }

  @Test
  void an_abandoned_attempt_leaves_its_record_to_others() {
    CountDownLatch running = new CountDownLatch(1);
    TryRun run =
        fixture.start(
            false,
            services -> {
              running.countDown();
              return waitForEver();
            });
    await().until(() -> running.getCount() == 0);

    run.abandon();

    await().until(() -> fixture.slots.free() == 1);
    assertThat(fixture.said()).isEmpty();
    assertThat(fixture.happened).containsExactlyInAnyOrder("released", "interrupted");
  }

  @Test
  void law_5_a_completion_that_is_too_large_becomes_a_small_failure_that_is_not_retried() {
    fixture.start(false, services -> DONE);
    awaitSaid("StepCompleted");

    fixture.log.errorNext(new RecordTooLargeException("9 MB"));

    awaitSaid("StepCompleted", "StepFailed");
    StepFailed failed = (StepFailed) fixture.said().get(1);
    assertThat(failed.getKind()).isEqualTo(FailureKind.COMPLETION_REFUSED);
    assertThat(failed.getRetryable()).isFalse();
    fixture.log.completeNext();
    await().until(() -> fixture.happened.equals(List.of("acknowledged")));
  }

  @Test
  void law_5_when_not_even_the_failure_becomes_durable_the_incarnation_ends_and_the_record_stays() {
    fixture.start(false, services -> DONE);
    awaitSaid("StepCompleted");

    fixture.log.errorNext(new TimeoutException("no leader"));
    awaitSaid("StepCompleted", "StepFailed");
    fixture.log.errorNext(new TimeoutException("no leader"));

    await().until(() -> fixture.happened.equals(List.of("fatal")));
  }

  @Test
  void law_5_a_stream_write_that_is_lost_fails_the_attempt() {
    fixture.start(
        false,
        services -> {
          services.stream("Progress", EventKind.EVENT, new byte[0]);
          return DONE;
        });
    await().until(() -> fixture.streams.history().size() == 1);

    fixture.streams.errorNext(new TimeoutException("no leader"));

    awaitSaid("StepFailed");
    assertThat(((StepFailed) fixture.said().get(0)).getError().getType())
        .isEqualTo("StreamWriteFailed");
  }

  @Test
  void W3_a_try_that_waits_says_so_after_its_stream_writes_and_before_its_record_is_acknowledged() {
    fixture.start(
        false,
        services -> {
          services.stream("Progress", EventKind.EVENT, new byte[0]);
          return new TryResult.Suspended(
              "wait-0",
              "Reply",
              Map.of("order", "7"),
              Optional.of(Duration.ofSeconds(9)),
              Optional.empty());
        });
    await().until(() -> fixture.streams.history().size() == 1);
    assertThat(fixture.said()).isEmpty();
    fixture.streams.completeNext();

    awaitSaid("StepSuspended");
    StepSuspended said = (StepSuspended) fixture.said().get(0);
    assertThat(said.getWaiterId()).isEqualTo("wait-0");
    assertThat(said.getEventType()).isEqualTo("Reply");
    assertThat(said.getRequirements()).isEqualTo(Map.of("order", "7"));
    assertThat(said.getTimeoutMillis()).isEqualTo(9_000);
    assertThat(said.getStreamed()).isEqualTo(1);
    assertThat(fixture.happened).isEmpty();
    fixture.log.completeNext();

    await().until(() -> fixture.slots.free() == 1);
    assertThat(fixture.happened).containsExactly("acknowledged");
  }

  @Test
  void what_a_try_makes_carries_the_context_of_its_span_and_so_do_the_records_that_say_it() {
    fixture.observer =
        new StepObserver() {
          @Override
          public ObservedTry begins(
              Dispatch dispatch, DispatchTarget target, @Nullable String from, long sentMillis) {
            return new ObservedTry() {
              @Override
              public String traceparent() {
                return "of the try, in " + from;
              }
            };
          }
        };
    fixture.traceparent = "the start";

    fixture.start(false, this::emits);

    awaitSaid("StepCompleted");
    assertThat(emitted()).isEqualTo("of the try, in the start");
    assertThat(fixture.log.history().get(0).headers().lastHeader("traceparent").value())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("of the try, in the start");
  }

  @Test
  void a_worker_that_does_not_trace_passes_on_the_context_that_it_was_given() {
    fixture.traceparent = "the start";

    fixture.start(false, this::emits);

    awaitSaid("StepCompleted");
    assertThat(emitted()).isEqualTo("the start");
  }

  @Test
  void where_nobody_traces_there_is_no_context_and_no_header() {
    fixture.start(false, this::emits);

    awaitSaid("StepCompleted");
    assertThat(emitted()).isNull();
    assertThat(fixture.log.history().get(0).headers()).isEmpty();
  }

  @Test
  void an_observer_hears_how_each_try_ended_once_that_is_settled() {
    List<String> heard = new CopyOnWriteArrayList<>();
    fixture.observer =
        new StepObserver() {
          @Override
          public ObservedTry begins(
              Dispatch dispatch, DispatchTarget target, @Nullable String from, long sentMillis) {
            return new ObservedTry() {
              @Override
              public void returned() {
                heard.add("returned");
              }

              @Override
              public void ended(End end, @Nullable ErrorInfo error, int streamed) {
                heard.add(end.name());
              }
            };
          }
        };
    fixture.start(false, services -> DONE);
    awaitSaid("StepCompleted");
    assertThat(heard).containsExactly("returned");
    fixture.log.completeNext();
    await().untilAsserted(() -> assertThat(heard).containsExactly("returned", "COMPLETED"));

    TryRun cancelled = fixture.start(false, services -> waitForEver());
    await().until(() -> fixture.slots.free() == 0);
    cancelled.cancel();

    await()
        .untilAsserted(
            () ->
                assertThat(heard).contains("CANCELLED").filteredOn("returned"::equals).hasSize(2));
  }

  private TryResult emits(TryServices services) {
    EventData event =
        new EventData("e", "Part", EventKind.EVENT, ByteBuffer.wrap(new byte[0]), null, null, null);
    services.effect(new Effect(new EmitEvent(event, null, false)));
    return DONE;
  }

  private @Nullable String emitted() {
    StepCompleted said = (StepCompleted) fixture.said().get(0);
    return ((EmitEvent) said.getEffects().get(0).getBody()).getEvent().getTraceparent();
  }
}
