package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.LocalMillrace;
import io.millrace.protocol.TaskSourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What both kinds of source promise, on a real broker. */
abstract class TaskSourceConformance {
  private static final Duration LONG = Duration.ofMinutes(1);
  SourceBench bench;

  abstract TaskSourceKind kind();

  @BeforeEach
  void set_up(LocalMillrace millrace) {
    bench = millrace.closeAtEnd(new SourceBench(millrace, kind()));
  }

  @Test
  void law_4_a_group_without_a_position_begins_at_the_start_of_its_topics() throws Exception {
    bench.create("Grain", 2);
    bench.send("Grain", 2, "a", "b", "c");

    TaskSource source = bench.open("Grain");

    assertThat(bench.consume(source, 3)).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void every_record_comes_once_to_one_of_several_while_all_is_well() throws Exception {
    bench.create("Grain", 3);
    TaskSource one = bench.open("Grain");
    TaskSource two = bench.open("Grain");
    String[] values = IntStream.range(0, 60).mapToObj(String::valueOf).toArray(String[]::new);
    bench.send("Grain", 3, values);

    List<String> came = bench.consumeInThreads(values.length, one, two);
    bench.send("Grain", 3, "x", "y", "z");
    came.addAll(bench.consume(bench.open("Grain"), 3));

    assertThat(came).hasSize(63).doesNotHaveDuplicates();
  }

  @Test
  void what_a_consumer_that_is_gone_did_not_acknowledge_comes_again_and_says_so() throws Exception {
    bench.create("Grain", 1);
    TaskSource gone = bench.open("Grain");
    bench.settleIn(gone, "Grain");
    bench.send("Grain", 1, "done", "left");
    List<Task> taken = bench.take(gone, 2);
    gone.acknowledge(taken.get(0));

    gone.close();
    List<Task> again = bench.take(bench.open("Grain"), 1);

    assertThat(taken).extracting(Task::maybeRedelivered).containsExactly(false, false);
    assertThat(again).extracting(SourceBench::value).containsExactly("left");
    assertThat(again).extracting(Task::maybeRedelivered).containsExactly(true);
  }

  @Test
  void what_is_released_is_given_to_another_and_says_so() throws Exception {
    bench.create("Grain", 1);
    bench.send("Grain", 1, "released");
    TaskSource first = bench.open("Grain");
    first.release(bench.take(first, 1).get(0));

    first.close();
    List<Task> again = bench.take(bench.open("Grain"), 1);

    assertThat(again).extracting(SourceBench::value).containsExactly("released");
    assertThat(again).extracting(Task::maybeRedelivered).containsExactly(true);
  }

  @Test
  void acknowledgements_may_come_in_any_order_and_from_any_thread() throws Exception {
    bench.create("Grain", 1);
    bench.send("Grain", 1, "a", "b", "c", "d");
    TaskSource source = bench.open("Grain");
    List<Task> taken = bench.take(source, 4);

    CompletableFuture.runAsync(
            () -> List.of(3, 0, 2, 1).forEach(index -> source.acknowledge(taken.get(index))))
        .get(60, TimeUnit.SECONDS);
    source.close();
    bench.send("Grain", 1, "e");

    assertThat(bench.consume(bench.open("Grain"), 1)).containsExactly("e");
  }

  @Test
  void acknowledgements_are_recorded_while_polling_goes_on() throws Exception {
    bench.create("Grain", 1);
    bench.send("Grain", 1, "a", "b");
    TaskSource source = bench.open("Grain");

    bench.take(source, 2).forEach(source::acknowledge);

    SourceBench.until(
        "everything to be settled",
        () -> source.poll(0, Duration.ZERO).isEmpty() && !source.hasUnsettled());
  }

  @Test
  void whoever_asks_learns_when_an_acknowledgement_is_recorded() throws Exception {
    bench.create("Grain", 1);
    bench.send("Grain", 1, "a", "b");
    TaskSource source = bench.open("Grain");
    List<Task> taken = bench.take(source, 2);
    List<CompletableFuture<Void>> recorded = taken.stream().map(source::recorded).toList();
    source.acknowledge(taken.get(0));

    SourceBench.until(
        "the first to be recorded",
        () -> source.poll(0, Duration.ZERO).isEmpty() && recorded.get(0).isDone());
    assertThat(recorded.get(1)).isNotDone();
    assertThat(source.isAwaited()).isTrue();
    source.close();

    assertThat(recorded.get(1)).isDone();
    assertThat(bench.consume(bench.open("Grain"), 1)).containsExactly("b");
  }

  @Test
  void what_was_taken_before_the_drain_can_be_acknowledged_after_it() throws Exception {
    bench.create("Grain", 1);
    bench.send("Grain", 1, "a", "b");
    TaskSource source = bench.open("Grain");
    List<Task> taken = bench.take(source, 2);

    source.drain();
    taken.forEach(source::acknowledge);
    SourceBench.until(
        "everything to be passed on",
        () -> source.poll(0, Duration.ZERO).isEmpty() && !source.hasUnsettled());
    source.close();
    bench.send("Grain", 1, "c");

    assertThat(bench.consume(bench.open("Grain"), 1)).containsExactly("c");
  }

  @Test
  void no_more_is_handed_out_than_slots_are_free() throws Exception {
    bench.create("Grain", 1);
    bench.send("Grain", 1, "a", "b", "c", "d", "e", "f", "g", "h", "i");
    TaskSource source = bench.open("Grain");
    List<String> came = new ArrayList<>();

    SourceBench.until(
        "all records",
        () -> {
          assertThat(source.poll(0, Duration.ZERO)).isEmpty();
          int free = source.least();
          List<Task> tasks = source.poll(free, Duration.ofMillis(50));
          assertThat(tasks).hasSizeLessThanOrEqualTo(free);
          tasks.forEach(task -> came.add(SourceBench.value(task)));
          tasks.forEach(source::acknowledge);
          return came.size() >= 9;
        });

    assertThat(came).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i");
  }

  @Test
  void topics_that_are_followed_later_are_read_from_their_start() throws Exception {
    bench.create("Grain", 1);
    bench.create("Rye", 1);
    bench.send("Grain", 1, "grain");
    bench.send("Rye", 1, "rye");
    TaskSource source = bench.open("Grain");
    bench.consume(source, 1);

    source.follow(List.of(bench.topic("Grain"), bench.topic("Rye")));

    assertThat(bench.consume(source, 1)).containsExactly("rye");
  }

  @Test
  void F5_a_record_without_key_headers_or_value_is_a_record_like_any_other() throws Exception {
    bench.create("Grain", 1);
    bench.send(new ProducerRecord<>(bench.topic("Grain"), 0, null, null));
    TaskSource source = bench.open("Grain");

    Task task = bench.take(source, 1).get(0);

    assertThat(task.record().value()).isNull();
    assertThat(task.origin()).isEqualTo(bench.topic("Grain") + "-0@0");
  }

  @Test
  void a_wakeup_ends_a_waiting_poll() throws Exception {
    bench.create("Grain", 1);
    TaskSource source = bench.open("Grain");
    CompletableFuture<List<Task>> poll =
        CompletableFuture.supplyAsync(() -> source.poll(SourceBench.CONCURRENCY, LONG));

    source.wakeup();

    assertThat(poll.get(LONG.toSeconds() / 2, TimeUnit.SECONDS)).isEmpty();
  }
}
