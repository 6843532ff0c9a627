package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.codec.Outgoing;
import io.millrace.coordinator.codec.RunInputCodec;
import io.millrace.coordinator.core.Limits;
import io.millrace.coordinator.core.Request;
import io.millrace.coordinator.core.RunCore;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.metrics.CoordinatorMetrics;
import io.millrace.protocol.Namespace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class RunProcessorTest {
  private static final int LARGEST = 100_000;

  private final MockProcessorContext<byte[], Outgoing> context =
      new MockProcessorContext<>(new Properties());
  private final List<RunInput> applied = new ArrayList<>();
  private int partitions = 1;
  private String runLog = "log";
  private final RunRules rules =
      (graph, store, input, arrival) -> {
        applied.add(input);
        return List.of(new RunEffect.Disregard(RunEffect.Reason.NOT_APPLICABLE, ""));
      };

  RunProcessorTest() {
    KeyValueStore<Bytes, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(RunTopology.STORE), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    context.setCurrentSystemTimeMs(0);
    store.init(context.getStateStoreContext(), store);
  }

  @Test
  void law_8_offsets_that_were_applied_are_disregarded_also_by_a_later_task() {
    RunProcessor first = task();
    process(first, 7, "a");
    process(first, 7, "a");

    RunProcessor second = task();
    process(second, 3, "b");
    process(second, 7, "a");
    process(second, 8, "c");

    assertThat(applied)
        .containsExactly(new RunInput.CancelRun(null, "a"), new RunInput.CancelRun(null, "c"));
  }

  @Test
  void law_8_the_offsets_of_a_run_log_that_was_made_anew_count_from_its_beginning() {
    process(task(), 7, "a");

    runLog = "another";
    RunProcessor later = task();
    process(later, 3, "b");
    process(later, 3, "b");
    process(task(), 3, "b");

    assertThat(applied)
        .containsExactly(new RunInput.CancelRun(null, "a"), new RunInput.CancelRun(null, "b"));
  }

  @Test
  void law_18_an_input_in_a_foreign_partition_is_sent_to_its_own_and_not_applied() {
    partitions = 1_000_003;

    process(task(), 0, "a");

    assertThat(applied).isEmpty();
    assertThat(context.forwarded())
        .singleElement()
        .satisfies(
            moved -> {
              assertThat(moved.childName()).hasValue(RunTopology.BY_PARTITION);
              assertThat(moved.record().key()).isEqualTo("run".getBytes(StandardCharsets.UTF_8));
              assertThat(moved.record().value().topic()).isEqualTo("mill.runs");
              assertThat(moved.record().value().partition()).isPositive();
            });
  }

  @Test
  void F5_the_dead_letter_of_an_input_that_barely_fits_is_cut_to_what_its_topic_admits() {
    RunProcessor processor = task();
    context.setRecordMetadata("mill.runs", 0, 0);

    processor.process(new Record<>(new byte[LARGEST / 2], new byte[LARGEST / 2], 0));

    assertThat(context.forwarded())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.record().value().topic()).isEqualTo("mill.dead-letters");
              assertThat(letter.record().value().size()).isLessThanOrEqualTo(LARGEST);
            });
  }

  @Test
  void F5_an_answer_that_no_topic_admits_is_never_sent() {
    RunProcessor processor = task(RunCore::apply);
    context.setRecordMetadata("mill.runs", 0, 0);
    Request request = new Request("i".repeat(LARGEST), 0);

    processor.process(
        new Record<>(
            new byte[0], RunInputCodec.encode("run", new RunInput.InspectRun(request)), 0));

    assertThat(context.forwarded())
        .isNotEmpty()
        .allSatisfy(sent -> assertThat(sent.record().value().size()).isLessThanOrEqualTo(LARGEST));
  }

  private RunProcessor task() {
    return task(rules);
  }

  private RunProcessor task(RunRules rules) {
    ShellParts parts =
        new ShellParts(
            new Namespace("mill"),
            rules,
            new StepBook(Limits.ofDefaults()),
            (runId, input) -> {},
            (worker, since) -> Optional.empty(),
            new UnadoptedWatch(),
            () -> partitions,
            runLog,
            LARGEST,
            CoordinatorMetrics.unread());
    RunProcessor processor =
        new RunProcessor(parts, new ThreadParts(Duration.ofMillis(1), CoordinatorMetrics.unread()));
    processor.init(context);
    return processor;
  }

  private void process(RunProcessor processor, long offset, String reason) {
    context.setRecordMetadata("mill.runs", 0, offset);
    byte[] value = RunInputCodec.encode("run", new RunInput.CancelRun(null, reason));
    processor.process(new Record<>(new byte[0], value, 0));
  }
}
