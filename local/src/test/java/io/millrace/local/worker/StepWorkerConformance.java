package io.millrace.local.worker;

import static io.millrace.local.worker.Mill.WORKFLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Event;
import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepWorker;
import io.millrace.StopEvent;
import io.millrace.local.LocalMillrace;
import io.millrace.protocol.EmitEvent;
import io.millrace.protocol.Headers;
import io.millrace.protocol.StepCompleted;
import io.millrace.protocol.StepFailed;
import io.millrace.protocol.StepStarted;
import io.millrace.step.StepDefinitions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a worker does with dispatches, whichever kind of group they come by. */
abstract class StepWorkerConformance {
  record Grain(int sacks) implements Event {}

  record Sifted(int sacks) implements Event {}

  record Flour(int bags) implements StopEvent {}

  static final class Grind {
    final AtomicInteger calls = new AtomicInteger();

    @Step
    public Flour grind(Grain grain, RunContext context) {
      calls.incrementAndGet();
      context.writeEventToStream(new Sifted(grain.sacks()));
      return new Flour(grain.sacks() * 10);
    }
  }

  static final class Held {
    final CountDownLatch started = new CountDownLatch(1);
    final CountDownLatch mayEnd = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);

    @Step(concurrency = 1)
    public Flour grind(Grain grain) throws InterruptedException {
      if (grain.sacks() > 0) {
        started.countDown();
        try {
          mayEnd.await();
        } catch (InterruptedException e) {
          interrupted.countDown();
          throw e;
        }
      }
      return new Flour(grain.sacks());
    }
  }

  /** {@code group} or {@code share}. */
  abstract String source();

  abstract boolean eachHasPartitions(Mill mill, String group, int members) throws Exception;

  StepWorker start(LocalMillrace millrace, Mill mill, Map<String, ?> more, Object step) {
    return millrace.closeAtEnd(
        StepWorker.of(WORKFLOW, step)
            .configuredBy(mill.config().with(Map.of("millrace.task.source", source())).with(more))
            .start());
  }

  @Test
  void a_dispatch_becomes_one_completion_on_the_run_log_and_then_a_committed_offset(
      LocalMillrace millrace) throws Exception {
    Mill mill = millrace.closeAtEnd(new Mill(millrace));
    Grind grind = new Grind();
    start(millrace, mill, Map.of(), grind);

    mill.dispatch("run-1", "grind", "x1", new Grain(2));

    StepCompleted completed = mill.awaitSaid(StepCompleted.class, all -> all.size() == 1).get(0);
    assertThat(completed.getToken()).isEqualTo(mill.token("x1"));
    assertThat(completed.getStreamed()).isPositive();
    EmitEvent emitted = (EmitEvent) completed.getEffects().get(0).getBody();
    assertThat(emitted.getEvent().getType()).isEqualTo("Flour");
    mill.awaitCommitted("grind", 1);
    assertThat(grind.calls).hasValue(1);
  }

  @Test
  void O1_a_stream_event_is_on_the_runs_topic_with_its_origin(LocalMillrace millrace)
      throws Exception {
    Mill mill = millrace.closeAtEnd(new Mill(millrace));
    start(millrace, mill, Map.of(), new Grind());

    mill.dispatch("run-1", "grind", "x1", new Grain(2));
    mill.awaitSaid(StepCompleted.class, all -> all.size() == 1);

    List<ConsumerRecord<byte[], byte[]>> stream =
        mill.read(mill.namespace().stream(WORKFLOW, "run-1"));
    assertThat(stream).hasSize(1);
    assertThat(header(stream.get(0), Headers.EVENT_TYPE)).isEqualTo("Sifted");
    assertThat(header(stream.get(0), Headers.EXECUTION_ID)).isEqualTo("x1");
    assertThat(header(stream.get(0), Headers.STREAM_ENTRY)).isEqualTo("event");
    assertThat(header(stream.get(0), Headers.SEQUENCE)).isEqualTo("0");
  }

  @Test
  void two_workers_share_the_work_and_nothing_is_done_twice(LocalMillrace millrace)
      throws Exception {
    Mill mill = millrace.closeAtEnd(new Mill(millrace));
    Grind one = new Grind();
    Grind two = new Grind();
    start(millrace, mill, Map.of(), one);
    start(millrace, mill, Map.of(), two);
    String group = mill.namespace().group(WORKFLOW, "grind");
    Awaitility.await().atMost(Mill.PATIENCE).until(() -> eachHasPartitions(mill, group, 2));

    for (int i = 0; i < 60; i++) {
      mill.dispatch("run-" + i, "grind", "x" + i, new Grain(i));
    }

    List<StepCompleted> completed = mill.awaitSaid(StepCompleted.class, all -> all.size() >= 60);
    assertThat(completed).hasSize(60);
    assertThat(
            completed.stream().map(c -> c.getToken().getExecutionId()).collect(Collectors.toSet()))
        .hasSize(60);
    assertThat(one.calls.get()).isPositive();
    assertThat(two.calls.get()).isPositive();
    mill.awaitCommitted("grind", 60);
  }

  @Test
  void work_that_outlives_the_grace_is_adopted_and_its_record_committed(LocalMillrace millrace)
      throws Exception {
    Mill mill = millrace.closeAtEnd(new Mill(millrace));
    Held held = new Held();
    start(millrace, mill, Map.of(), held);

    mill.dispatch("run-1", "grind", "x1", new Grain(2));

    StepStarted adopted = mill.awaitSaid(StepStarted.class, all -> all.size() == 1).get(0);
    mill.awaitCommitted("grind", 1);
    assertThat(mill.said(StepCompleted.class)).isEmpty();
    held.mayEnd.countDown();
    StepCompleted completed = mill.awaitSaid(StepCompleted.class, all -> all.size() == 1).get(0);
    assertThat(completed.getTryId()).isEqualTo(adopted.getTryId());
    assertThat(completed.getWorker()).isEqualTo(adopted.getWorker());
  }

  @Test
  void a_slow_execution_keeps_no_other_from_running(LocalMillrace millrace) throws Exception {
    // given: one partition, and a grace that is never over
    Mill mill = millrace.closeAtEnd(new Mill(millrace));
    Held held = new Held();
    start(
        millrace,
        mill,
        Map.of("millrace.event.partitions", "1", "millrace.adoption.grace.ms", "600000"),
        StepDefinitions.of(held).get(0).withConcurrency(3));
    mill.dispatch("run-0", "grind", "x0", new Grain(0));
    mill.awaitSaid(StepCompleted.class, all -> all.size() == 1);
    mill.dispatch("run-1", "grind", "slow", new Grain(2));
    held.started.await();

    mill.dispatch("run-2", "grind", "quick", new Grain(0));

    List<StepCompleted> completed = mill.awaitSaid(StepCompleted.class, all -> all.size() == 2);
    assertThat(completed.get(1).getToken()).isEqualTo(mill.token("quick"));
    held.mayEnd.countDown();
    mill.awaitSaid(StepCompleted.class, all -> all.size() == 3);
    mill.awaitCommitted("grind", 3);
  }

  @Test
  void R7_a_cancel_notice_interrupts_an_adopted_execution_and_no_other(LocalMillrace millrace)
      throws Exception {
    Mill mill = millrace.closeAtEnd(new Mill(millrace));
    Held held = new Held();
    start(millrace, mill, Map.of(), held);
    mill.dispatch("run-1", "grind", "x1", new Grain(2));
    StepStarted adopted = mill.awaitSaid(StepStarted.class, all -> all.size() == 1).get(0);
    held.started.await();

    mill.cancel("another-worker", "run-1", "x1");
    mill.cancel(adopted.getWorker(), "run-2", "x1");
    mill.cancel(adopted.getWorker(), "run-1", "x2");
    mill.cancel(adopted.getWorker(), "run-1", "x1");

    // Its slot is free again, and nothing was said about it.
    assertThat(held.interrupted.await(60, TimeUnit.SECONDS)).isTrue();
    mill.dispatch("run-3", "grind", "x3", new Grain(0));
    List<StepCompleted> completed = mill.awaitSaid(StepCompleted.class, all -> !all.isEmpty());
    assertThat(completed).extracting(StepCompleted::getToken).containsExactly(mill.token("x3"));
    assertThat(mill.said(StepFailed.class)).isEmpty();
  }

  @Test
  void F2_what_a_closing_worker_cannot_finish_is_run_by_another(LocalMillrace millrace)
      throws Exception {
    Mill mill = millrace.closeAtEnd(new Mill(millrace));
    Held held = new Held();
    StepWorker first =
        start(
            millrace,
            mill,
            Map.of("millrace.drain.timeout.ms", "100", "millrace.adoption.grace.ms", "60000"),
            held);
    // What was written before the group had its partitions is adopted first; so one in advance.
    mill.dispatch("run-0", "grind", "x0", new Grain(0));
    mill.awaitSaid(StepCompleted.class, all -> all.size() == 1);
    int adopted = mill.said(StepStarted.class).size();
    mill.dispatch("run-1", "grind", "x1", new Grain(2));
    held.started.await();

    first.close();
    start(millrace, mill, Map.of(), new Grind());

    List<StepCompleted> completed = mill.awaitSaid(StepCompleted.class, all -> all.size() > 1);
    assertThat(completed.get(1).getToken()).isEqualTo(mill.token("x1"));
    // It may have run before, so it was adopted before it ran again (law 4).
    assertThat(mill.said(StepStarted.class)).hasSize(adopted + 1);
    mill.awaitCommitted("grind", 2);
  }

  @Test
  void F5_garbage_on_an_event_topic_goes_to_dead_letters_and_the_rest_goes_on(
      LocalMillrace millrace) throws Exception {
    Mill mill = millrace.closeAtEnd(new Mill(millrace));
    start(millrace, mill, Map.of("millrace.event.partitions", "1"), new Grind());

    mill.send(
        new ProducerRecord<>(mill.namespace().events(WORKFLOW, "Grain"), new byte[] {9, 9, 9, 9}));
    mill.dispatch("run-1", "grind", "x1", new Grain(2));

    mill.awaitSaid(StepCompleted.class, all -> all.size() == 1);
    mill.awaitCommitted("grind", 2);
    List<ConsumerRecord<byte[], byte[]>> letters = mill.read(mill.namespace().deadLetters());
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).value()).containsExactly(9, 9, 9, 9);
    assertThat(header(letters.get(0), Headers.ORIGIN))
        .isEqualTo(mill.namespace().events(WORKFLOW, "Grain") + "-0@0");
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
