package io.millrace.coordinator.topology;

import io.millrace.coordinator.core.RunInput;
import io.millrace.protocol.TaskSourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Law 4. Every dispatch that nobody has adopted gets a mark: the ends of its step's event topics,
 * as they are when it is first seen here, hence behind its record. Once the step's group has
 * consumed past the mark and the execution is still not adopted a while later, whoever had the
 * record is gone. Used by one thread.
 */
public final class UnadoptedCheck {
  private static final Logger LOG = LoggerFactory.getLogger(UnadoptedCheck.class);
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final Duration REPEAT = Duration.ofSeconds(5);

  /** What the check asks of the cluster. */
  public interface Offsets {
    /** Partitions that hold no record are left out. */
    Map<TopicPartition, Long> ends(List<String> topics);

    /**
     * Everything before these offsets is dealt with by the group; partitions in which it has no
     * position are left out. Asked after {@link #ends}, so that an answer may mean all that was
     * there then.
     */
    Map<TopicPartition, Long> consumed(StepGroup group);
  }

  /** The group of a step's workers, and of which kind it is. */
  public record StepGroup(String id, TaskSourceKind kind) {}

  /** Names of what a step reads. */
  public interface Names {
    /** Null when no such step is registered. */
    @Nullable StepGroup group(String workflow, String step);

    String topic(String workflow, String eventType);
  }

  private static final class Watched {
    final Map<TopicPartition, Long> mark;
    long passedMillis = -1;
    long reportedMillis = -1;

    Watched(Map<TopicPartition, Long> mark) {
      this.mark = mark;
    }
  }

  private final UnadoptedWatch watch;
  private final Offsets offsets;
  private final Names names;
  private final InputSink sink;
  private Map<OpenWork, Watched> watched = new HashMap<>();

  public UnadoptedCheck(UnadoptedWatch watch, Offsets offsets, Names names, InputSink sink) {
    this.watch = watch;
    this.offsets = offsets;
    this.names = names;
    this.sink = sink;
  }

  /**
   * Looks once. Asks nothing of the cluster while nothing waits.
   *
   * @return how many executions were reported
   */
  public int run(long nowMillis) {
    Map<OpenWork, Watched> next = new HashMap<>();
    Map<StepGroup, List<OpenWork>> byGroup = new LinkedHashMap<>();
    for (OpenWork work : watch.work()) {
      StepGroup group = names.group(work.workflow(), work.step());
      if (group != null) {
        byGroup.computeIfAbsent(group, g -> new ArrayList<>()).add(work);
      }
    }
    byGroup.values().forEach(work -> keep(work, next));
    watched = next;
    int reported = 0;
    for (Map.Entry<StepGroup, List<OpenWork>> group : byGroup.entrySet()) {
      try {
        reported += look(group.getKey(), group.getValue(), nowMillis);
      } catch (RetriableException | InterruptException e) {
        throw e; // the cluster is out of reach, and each further group would wait for it too
      } catch (KafkaException e) {
        LOG.warn(
            "A step's group cannot be asked how far it is; its work that nobody adopts is not found,"
                + " that of others is. group={} error={}",
            group.getKey(),
            e.toString());
      }
    }
    return reported;
  }

  private int look(StepGroup group, List<OpenWork> work, long nowMillis) {
    mark(work);
    Map<TopicPartition, Long> consumed = offsets.consumed(group);
    int reported = 0;
    for (OpenWork item : work) {
      Watched state = watched.get(item);
      if (state != null && isLost(state, consumed, nowMillis)) {
        state.reportedMillis = nowMillis;
        report(item);
        reported++;
      }
    }
    return reported;
  }

  /** What was seen before is known also if its group cannot be asked this time. */
  private void keep(List<OpenWork> work, Map<OpenWork, Watched> next) {
    for (OpenWork item : work) {
      Watched known = watched.get(item);
      if (known != null) {
        next.put(item, known);
      }
    }
  }

  private void mark(List<OpenWork> work) {
    Map<String, Map<TopicPartition, Long>> marks = new HashMap<>();
    for (OpenWork item : work) {
      if (!watched.containsKey(item)) {
        String topic = names.topic(item.workflow(), item.eventType());
        Map<TopicPartition, Long> mark = marks.get(topic);
        if (mark == null) {
          mark = offsets.ends(List.of(topic));
          marks.put(topic, mark);
        }
        watched.put(item, new Watched(mark));
      }
    }
  }

  private static boolean isLost(Watched state, Map<TopicPartition, Long> consumed, long nowMillis) {
    if (state.passedMillis < 0) {
      boolean passed =
          state.mark.entrySet().stream()
              .allMatch(end -> consumed.getOrDefault(end.getKey(), -1L) >= end.getValue());
      if (passed) {
        state.passedMillis = nowMillis;
      }
    }
    return state.passedMillis >= 0
        && nowMillis - state.passedMillis >= SETTLE.toMillis()
        && (state.reportedMillis < 0 || nowMillis - state.reportedMillis >= REPEAT.toMillis());
  }

  private void report(OpenWork work) {
    sink.append(
        work.runId(),
        new RunInput.WorkerLost(
            work.token(),
            work.sequence(),
            null,
            "its step's group has consumed past the dispatch, and nobody adopted it"));
  }
}
