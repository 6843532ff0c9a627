package io.millrace.coordinator.topology;

import io.millrace.coordinator.codec.EffectRecords;
import io.millrace.coordinator.codec.Outgoing;
import io.millrace.coordinator.codec.RunInputCodec;
import io.millrace.coordinator.codec.UnreadableRecordException;
import io.millrace.coordinator.core.Arrival;
import io.millrace.coordinator.core.ErrorInfo;
import io.millrace.coordinator.core.RunCore;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.protocol.IllegalNameException;
import io.millrace.protocol.Namespace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition of the run log: decode, load, apply, store, route. Whatever arrives has an answer,
 * and no data stops the thread (law 18).
 */
final class RunProcessor implements Processor<byte[], byte[], byte[], Outgoing> {
  private static final Logger LOG = LoggerFactory.getLogger(RunProcessor.class);

  private final ShellParts parts;
  private final EffectRecords records;
  private final ThreadParts threads;
  private CommitPacer pacer;
  private @Nullable ProcessorContext<byte[], Outgoing> context;
  private @Nullable TaskState task;

  RunProcessor(ShellParts parts, ThreadParts threads) {
    this.parts = parts;
    this.records = parts.records();
    this.threads = threads;
    this.pacer = threads.commits();
  }

  @Override
  public void init(ProcessorContext<byte[], Outgoing> context) {
    this.context = context;
    this.pacer = threads.commits();
    this.task = new TaskState(context, parts, threads);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    TaskState current = task();
    RecordMetadata at = context().recordMetadata().orElseThrow();
    if (!current.advance(at.offset(), context().currentSystemTimeMs())) {
      LOG.warn(
          "input disregarded: its offset was applied before topic={} partition={} offset={}",
          at.topic(),
          at.partition(),
          at.offset());
      return;
    }
    List<Outgoing> outgoing = handle(current, record, at);
    current.write();
    outgoing.forEach(this::forward);
    pacer.commitIfDue(System.nanoTime());
  }

  @Override
  public void close() {
    TaskState current = task;
    if (current != null) {
      current.close();
    }
  }

  private List<Outgoing> handle(
      TaskState current, Record<byte[], byte[]> record, RecordMetadata at) {
    RunInputCodec.Addressed addressed;
    try {
      addressed = RunInputCodec.decode(record.value());
      Namespace.checkRunId(addressed.runId());
    } catch (UnreadableRecordException | IllegalNameException e) {
      LOG.warn(
          "unreadable input, sent to the dead letters origin={} error={}",
          origin(at),
          e.getMessage());
      return List.of(unhandled(record, at, e));
    }
    int home = partitionOf(addressed.runId());
    if (home != at.partition()) {
      LOG.debug(
          "input moved to its own partition runId={} origin={}", addressed.runId(), origin(at));
      try {
        return List.of(admitted(records.moved(addressed.runId(), record.value(), home)));
      } catch (OversizedRecordException e) {
        return List.of(unhandled(record, at, e));
      }
    }
    return apply(current, addressed, record, at);
  }

  private List<Outgoing> apply(
      TaskState current,
      RunInputCodec.Addressed addressed,
      Record<byte[], byte[]> record,
      RecordMetadata at) {
    Arrival arrival = new Arrival(at.offset(), Instant.ofEpochMilli(record.timestamp()));
    StreamsRunStore store = current.run(addressed.runId());
    List<Outgoing> out = new ArrayList<>();
    try {
      List<RunEffect> effects =
          parts.rules().apply(parts.graph().get(), store, addressed.input(), arrival);
      out.addAll(toRecords(effects));
      store.prepare();
      parts
          .metrics()
          .applied(
              addressed.input(), effects, context().currentSystemTimeMs() - record.timestamp());
    } catch (RuntimeException e) {
      LOG.error(
          "the rules failed; the input goes to the dead letters and its run fails as internal"
              + " runId={} kind={} origin={}",
          addressed.runId(),
          addressed.input().getClass().getSimpleName(),
          origin(at),
          e);
      out.clear();
      out.add(unhandled(record, at, e));
      out.addAll(failed(store, arrival, e));
    }
    current.commit(store);
    return out;
  }

  /** The rules have just shown that they cannot be trusted with this run (law 18). */
  private List<Outgoing> failed(StreamsRunStore store, Arrival arrival, RuntimeException cause) {
    ErrorInfo error =
        new ErrorInfo(
            "Internal",
            "the coordinator's rules failed on an input, which is in the dead letters: " + cause,
            "");
    store.rollback();
    try {
      List<Outgoing> out = toRecords(RunCore.fail(parts.graph().get(), store, arrival, error));
      store.prepare();
      return out;
    } catch (RuntimeException e) {
      LOG.error("the run cannot even be failed; it stays as it was runId={}", store.runId(), e);
      store.rollback();
      return List.of();
    }
  }

  private List<Outgoing> toRecords(List<RunEffect> effects) {
    List<Outgoing> out = new ArrayList<>(effects.size());
    for (RunEffect effect : effects) {
      if (effect instanceof RunEffect.Disregard disregard) {
        LOG.debug("input disregarded reason={} detail={}", disregard.reason(), disregard.detail());
      } else {
        records.record(effect).map(this::admitted).ifPresent(out::add);
      }
    }
    return out;
  }

  /**
   * In a transaction a record that its topic refuses is not one record lost: the task dies of it,
   * and again each time it comes back to the same input. Dispatches are sent outside and have their
   * own answer to that (law 3).
   */
  private Outgoing admitted(Outgoing out) {
    boolean dispatch = parts.namespace().isEventTopic(out.topic());
    if (!dispatch && out.size() > parts.maxRecordBytes()) {
      throw new OversizedRecordException(out.topic(), out.size(), parts.maxRecordBytes());
    }
    return out;
  }

  private Outgoing unhandled(Record<byte[], byte[]> record, RecordMetadata at, Exception error) {
    byte[] key = record.key();
    parts.metrics().unhandled();
    return records.unhandled(
        key == null ? null : new String(key, StandardCharsets.UTF_8),
        record.value(),
        origin(at),
        error,
        parts.maxRecordBytes());
  }

  private void forward(Outgoing out) {
    if (out.urgency() != Outgoing.Urgency.ANY_TIME) {
      pacer.fact(out.urgency() == Outgoing.Urgency.AT_ONCE, System.nanoTime(), context()::commit);
    }
    String key = out.key();
    Record<byte[], Outgoing> record =
        new Record<>(
            key == null ? null : key.getBytes(StandardCharsets.UTF_8),
            out,
            context().currentSystemTimeMs());
    out.headers().forEach((name, content) -> record.headers().add(name, content));
    context().forward(record, out.partition() < 0 ? RunTopology.BY_KEY : RunTopology.BY_PARTITION);
  }

  private int partitionOf(String runId) {
    return BuiltInPartitioner.partitionForKey(
        runId.getBytes(StandardCharsets.UTF_8), parts.runPartitions().getAsInt());
  }

  private static String origin(RecordMetadata at) {
    return at.topic() + "-" + at.partition() + "@" + at.offset();
  }

  private ProcessorContext<byte[], Outgoing> context() {
    return Objects.requireNonNull(context, "not initialised");
  }

  private TaskState task() {
    return Objects.requireNonNull(task, "not initialised");
  }
}
