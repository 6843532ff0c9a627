package io.millrace.coordinator.history;

import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.codec.RunInputCodec;
import io.millrace.coordinator.codec.UnreadableRecordException;
import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.RunState;
import io.millrace.coordinator.core.WorkflowGraph;
import io.millrace.coordinator.topology.OccasionalReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Histories of runs, each read from the run's partition of the run log when it is asked for: from
 * the start to the end of the run, or as far as there is anything. Costs what else is on the
 * partition meanwhile, up to a bound. Thread-safe.
 */
public final class RunHistories implements AutoCloseable {
  /** Longer is nothing that a person waits for. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** More is nothing that a person looks at. */
  private static final int MOST_EXECUTIONS = 5_000;

  private static final Duration POLL = Duration.ofMillis(100);

  private final String topic;
  private final OccasionalReader reader;
  private final Supplier<WorkflowGraph> graph;

  /**
   * Of the runs of a namespace; connects when it is first asked.
   *
   * @param graph of today's steps
   */
  public RunHistories(MillraceConfig config, Supplier<WorkflowGraph> graph) {
    this.topic = config.namespace().runs();
    // As the coordinator reads it.
    this.reader = new OccasionalReader(config.kafka(), "read_uncommitted");
    this.graph = graph;
  }

  /** The run that is wanted, as whoever holds it tells. */
  public record Wanted(String runId, Instant startedAt, int epoch, boolean ended) {}

  /**
   * @throws RunHistoryException if the broker does not answer
   */
  public synchronized RunHistory of(Wanted run) {
    try {
      return read(reader.get(), run);
    } catch (KafkaException e) {
      close();
      throw new RunHistoryException(run.runId(), e);
    }
  }

  private RunHistory read(Consumer<byte[], byte[]> open, Wanted run) {
    byte[] key = run.runId().getBytes(StandardCharsets.UTF_8);
    int partitions = open.partitionsFor(topic, PATIENCE).size();
    TopicPartition home =
        new TopicPartition(topic, BuiltInPartitioner.partitionForKey(key, partitions));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    open.assign(List.of(home));
    Long end = open.endOffsets(List.of(home), PATIENCE).get(home);
    OffsetAndTimestamp from =
        open.offsetsForTimes(Map.of(home, run.startedAt().toEpochMilli()), PATIENCE).get(home);
    RunReplay replay = new RunReplay(graph.get(), run.runId());
    if (from == null || end == null) {
      return replay.done(Optional.of("the run log does not go back to the start of the run"));
    }
    open.seek(home, from.offset());
    while (open.position(home) < end && !isOver(replay, run)) {
      for (ConsumerRecord<byte[], byte[]> record : open.poll(POLL)) {
        if (Arrays.equals(record.key(), key) && !isOver(replay, run)) {
          apply(replay, record);
        }
      }
      if (replay.size() > MOST_EXECUTIONS) {
        return replay.done(
            Optional.of("only the first " + MOST_EXECUTIONS + " executions are shown"));
      }
      if (System.nanoTime() > deadline) {
        return replay.done(
            Optional.of(
                "the run log is long: only what could be read of it in %d s is shown"
                    .formatted(PATIENCE.toSeconds())));
      }
    }
    return replay.done(gap(replay, run));
  }

  private static void apply(RunReplay replay, ConsumerRecord<byte[], byte[]> record) {
    try {
      replay.apply(
          RunInputCodec.decode(record.value()).input(),
          new Arrival(record.offset(), Instant.ofEpochMilli(record.timestamp())));
    } catch (UnreadableRecordException e) {
      // It is in the dead letters; the run has not seen it either.
    }
  }

  /** Whatever is after the end of a run cannot be part of it, unless it is redriven. */
  private static boolean isOver(RunReplay replay, Wanted run) {
    return run.ended()
        && replay.state() instanceof RunState.Finished finished
        && finished.outcome().epoch() >= run.epoch();
  }

  private static Optional<String> gap(RunReplay replay, Wanted run) {
    if (replay.state() instanceof RunState.Absent) {
      return Optional.of("the run log does not hold the start of the run any more");
    }
    boolean ended = replay.state() instanceof RunState.Finished;
    return run.ended() && !ended
        ? Optional.of(
            "the workflow's steps have changed since: by those of today the run would have gone"
                + " another way, so what is shown after that change is not what happened")
        : Optional.empty();
  }

  @Override
  public synchronized void close() {
    reader.close();
  }
}
