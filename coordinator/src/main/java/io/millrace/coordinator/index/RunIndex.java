package io.millrace.coordinator.index;

import io.millrace.coordinator.core.Entry;
import io.millrace.coordinator.core.WorkflowGraph;
import io.millrace.coordinator.topology.OpenExecutions;
import io.millrace.coordinator.topology.RunHeads;
import io.millrace.coordinator.topology.ShellClients;
import io.millrace.protocol.Namespace;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * All runs of the namespace, whichever coordinator holds them: each index reads the whole changelog
 * of the store, which is compacted, and keeps the heads. A page is exact: it is made after
 * everything has been read that was committed when it was asked for. Thread-safe.
 */
public final class RunIndex implements AutoCloseable {
  private final Admin admin;
  private final RunTable table;
  private final ExecutionTable executions;
  private final ChangelogTail tail;

  private RunIndex(Admin admin, RunTable table, ExecutionTable executions, ChangelogTail tail) {
    this.admin = admin;
    this.table = table;
    this.executions = executions;
    this.tail = tail;
  }

  /**
   * Begins to read; returns at once.
   *
   * @param kafka settings of every client
   * @param graph tells which workflows are fed from outside, so that their idle runs wait
   */
  public static RunIndex start(
      Map<String, Object> kafka, Namespace namespace, Supplier<WorkflowGraph> graph) {
    Map<String, String> committed = Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    RunTable table = new RunTable(graph);
    ExecutionTable executions = new ExecutionTable();
    ChangelogTail tail =
        new ChangelogTail(
            RunHeads.changelog(namespace),
            () -> ShellClients.reader(kafka, committed),
            record -> {
              takeHead(table, record);
              takeExecution(executions, record);
            },
            () -> {
              table.clear();
              executions.clear();
            });
    RunIndex index = new RunIndex(Admin.create(kafka), table, executions, tail);
    tail.start();
    return index;
  }

  private static void takeExecution(
      ExecutionTable executions, ConsumerRecord<byte[], byte[]> record) {
    OpenExecutions.place(record.key())
        .ifPresent(
            place -> {
              if (record.value() == null) {
                executions.remove(place.runId(), place.executionId());
              } else {
                executions.put(place.runId(), OpenExecutions.decode(record.value()));
              }
            });
  }

  private static void takeHead(RunTable table, ConsumerRecord<byte[], byte[]> record) {
    RunHeads.runId(record.key())
        .ifPresent(
            runId -> {
              if (record.value() == null) {
                table.remove(runId);
              } else {
                table.put(runId, RunHeads.decode(record.value()));
              }
            });
  }

  /** Whether all that was there at the start has been read. */
  public boolean isCaughtUp() {
    return tail.isCaughtUp();
  }

  /**
   * A page of the list, newest first.
   *
   * @param after where the page before it ended; empty: the first page
   * @param limit most runs of the page
   * @param patience for reading what is new
   * @throws RunIndexException if the broker does not answer, or reading takes longer
   */
  public RunPage page(RunFilter filter, Optional<RunPlace> after, int limit, Duration patience) {
    tail.awaitRead(committedEnds(patience), patience);
    return table.page(filter, after, limit);
  }

  /**
   * What goes on in every workflow that has runs, by name. As far as has been read: a moment ago,
   * and nothing is waited for.
   */
  public List<WorkflowActivity> activity() {
    Map<String, Map<String, Map<Entry.Phase, Integer>>> open =
        executions.count(table::workflowWhileRunning);
    return table.count().entrySet().stream()
        .map(
            runs ->
                new WorkflowActivity(
                    runs.getKey(), runs.getValue(), open.getOrDefault(runs.getKey(), Map.of())))
        .toList();
  }

  private Map<TopicPartition, Long> committedEnds(Duration patience) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    tail.partitions(patience).forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    ListOffsetsOptions committed =
        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs((int) patience.toMillis());
    try {
      Map<TopicPartition, Long> ends = new HashMap<>();
      for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
          admin.listOffsets(latest, committed).all().get().entrySet()) {
        ends.put(end.getKey(), end.getValue().offset());
      }
      return ends;
    } catch (ExecutionException e) {
      throw new RunIndexException(
          "the runs cannot be listed: the broker did not say how far the store goes ("
              + e.getCause()
              + "); ask again",
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunIndexException("interrupted while listing runs", e);
    }
  }

  @Override
  public void close() {
    tail.close();
    admin.close(Duration.ofSeconds(2));
  }
}
