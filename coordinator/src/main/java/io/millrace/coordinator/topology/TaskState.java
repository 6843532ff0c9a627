package io.millrace.coordinator.topology;

import io.millrace.coordinator.codec.Outgoing;
import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.metrics.TaskMetrics;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What one task keeps: its store, the indexes over it, the offset applied last, and the clockwork
 * that tells the run log what is due. Belongs to the stream thread.
 */
final class TaskState implements StreamsRunStore.Listener {
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration REPEAT = Duration.ofSeconds(2);
  private static final Duration LIVENESS_CHECK = Duration.ofMillis(250);
  private static final Duration UNADOPTED_CHECK = Duration.ofSeconds(1);
  private static final Duration METRICS = Duration.ofSeconds(1);
  private static final Duration UNADOPTED_AGE = Duration.ofSeconds(5);
  private static final int UNADOPTED_LIMIT = 1_000;
  private static final long TIMER_BUDGET_NANOS = 5_000_000;
  private static final int LINES_REMEMBERED = 10_000;

  private final KeyValueStore<Bytes, byte[]> store;
  private final StoreWrites writes;
  private final LineStarts starts = new LineStarts(LINES_REMEMBERED);
  private final EntryCache cache;
  private final TimerIndex timers;
  private final OpenIndex open = new OpenIndex();
  private final CommitPacer pacer;
  private final PollPacer polls;
  private final TaskId taskId;
  private final ShellParts parts;
  private final AppliedOffset applied;
  private final TaskMetrics metrics;

  TaskState(ProcessorContext<byte[], Outgoing> context, ShellParts parts, ThreadParts threads) {
    this.store = context.getStateStore(RunTopology.STORE);
    this.parts = parts;
    this.pacer = threads.commits();
    this.polls = threads.polls();
    this.cache = threads.cache();
    cache.clear();
    this.taskId = context.taskId();
    this.writes = new StoreWrites(store);
    this.timers = new TimerIndex(store, writes, parts.sink(), REPEAT);
    this.applied = new AppliedOffset(store, writes, parts.runLogId());
    this.metrics = parts.metrics().task();
    open.load(store, metrics::found);
    metrics.publish(open.loads());
    pacer.out(open.dispatched());
    context.schedule(
        TICK,
        PunctuationType.WALL_CLOCK_TIME,
        now -> {
          timers.fire(now, TIMER_BUDGET_NANOS);
          polls.timers(taskId, timers.quietUntil());
          pacer.commitIfDue(System.nanoTime());
        });
    context.schedule(
        LIVENESS_CHECK,
        PunctuationType.WALL_CLOCK_TIME,
        now -> open.reportLost(parts.liveness(), parts.sink(), now, REPEAT));
    context.schedule(
        UNADOPTED_CHECK,
        PunctuationType.WALL_CLOCK_TIME,
        now ->
            parts
                .unadopted()
                .watch(
                    taskId.toString(),
                    open.unadopted(now - UNADOPTED_AGE.toMillis(), UNADOPTED_LIMIT)));
    context.schedule(
        METRICS, PunctuationType.WALL_CLOCK_TIME, now -> metrics.publish(open.loads()));
  }

  /** False for an offset that was applied before (law 8). */
  boolean advance(long offset, long nowMillis) {
    polls.input(nowMillis);
    pacer.input(System.nanoTime());
    return applied.advance(offset);
  }

  StreamsRunStore run(String runId) {
    return new StreamsRunStore(store, starts, cache, runId);
  }

  /** What a run has changed waits with the offset for {@link #write}. */
  void commit(StreamsRunStore run) {
    run.commit(writes, this);
  }

  /** All that the input has changed. */
  void write() {
    writes.write();
  }

  @Override
  public void executionChanged(
      String runId, String workflow, String executionId, Entry.@Nullable OpenExecution now) {
    int before = open.dispatched();
    open.changed(runId, workflow, executionId, now);
    pacer.out(open.dispatched() - before);
  }

  @Override
  public void timerChanged(
      String runId, String timerId, Entry.@Nullable Timer before, Entry.@Nullable Timer now) {
    timers.changed(runId, timerId, before, now);
  }

  @Override
  public void headChanged(RunState before, RunState now) {
    metrics.changed(before, now);
  }

  void close() {
    metrics.close();
    pacer.out(-open.dispatched());
    polls.forget(taskId);
    parts.unadopted().forget(taskId.toString());
  }
}
