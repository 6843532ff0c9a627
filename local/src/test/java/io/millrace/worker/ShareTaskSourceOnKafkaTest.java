package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.MillraceTest;
import io.millrace.protocol.TaskSourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

@MillraceTest(namespacePer = MillraceTest.Scope.METHOD, coordinator = false)
class ShareTaskSourceOnKafkaTest extends TaskSourceConformance {
  private static final String LOCK = "share.record.lock.duration.ms";

  @Override
  TaskSourceKind kind() {
    return TaskSourceKind.SHARE;
  }

  @Test
  void a_released_record_comes_to_another_while_the_first_stays() throws Exception {
    bench.create("Grain", 1);
    bench.send("Grain", 1, "released");
    TaskSource first = bench.open("Grain");
    TaskSource second = bench.open("Grain");
    first.release(bench.take(first, 1).get(0));
    SourceBench.until(
        "the release to be sent",
        () -> first.poll(0, Duration.ZERO).isEmpty() && !first.hasUnsettled());

    List<Task> again = bench.take(second, 1);

    assertThat(again).extracting(Task::maybeRedelivered).containsExactly(true);
  }

  @Test
  void a_record_whose_lock_runs_out_comes_to_another_and_says_so() throws Exception {
    operatorSets(LOCK, "1000");
    bench.create("Grain", 1);
    bench.send("Grain", 1, "forgotten");
    TaskSource first = bench.open("Grain");
    bench.take(first, 1);

    List<Task> again = bench.take(bench.open("Grain"), 1);

    assertThat(again).extracting(SourceBench::value).containsExactly("forgotten");
    assertThat(again).extracting(Task::maybeRedelivered).containsExactly(true);
  }

  @Test
  void a_record_without_its_acknowledgement_holds_the_source_up_until_it_has_it() throws Exception {
    bench.create("Grain", 1);
    bench.send("Grain", 1, "slow");
    TaskSource source = bench.open("Grain");
    Task slow = bench.take(source, 1).get(0);
    bench.send("Grain", 1, "quick");

    SourceBench.until(
        "the source to be held up",
        () ->
            source.poll(SourceBench.CONCURRENCY, Duration.ofMillis(20)).isEmpty()
                && source.isHeldUp());
    source.acknowledge(slow);

    assertThat(bench.consume(source, 1)).containsExactly("quick");
    assertThat(source.isHeldUp()).isFalse();
  }

  @Test
  void with_fewer_free_slots_than_a_poll_may_bring_nothing_is_taken_from_others() throws Exception {
    bench.create("Grain", 1);
    TaskSource busy = bench.open("Grain");
    bench.settleIn(busy, "Grain");
    bench.send("Grain", 1, "for another");
    assertThat(busy.least()).isEqualTo(4);
    assertThat(busy.poll(3, Duration.ofMillis(500))).isEmpty();

    assertThat(bench.consume(bench.open("Grain"), 1)).containsExactly("for another");
  }

  @Test
  void a_source_that_drains_leaves_its_partitions_to_others() throws Exception {
    bench.create("Grain", 1);
    TaskSource drained = bench.open("Grain");
    bench.settleIn(drained, "Grain");
    SourceBench.until(
        "a poll that brings nothing",
        () -> drained.poll(SourceBench.CONCURRENCY, Duration.ofMillis(20)).isEmpty());

    drained.drain();
    assertThat(drained.poll(0, Duration.ZERO)).isEmpty();

    TaskSource other = bench.open("Grain");
    bench.send("Grain", 1, "a", "b", "c");
    List<Task> first = bench.take(other, 1);
    // Had they been locked behind the scenes, they would come when their locks are over.
    assertThat(first).extracting(Task::maybeRedelivered).containsOnly(false);
    first.forEach(other::acknowledge);
    List<String> came = new ArrayList<>(first.stream().map(SourceBench::value).toList());
    came.addAll(bench.consume(other, 3 - first.size()));
    assertThat(came).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void what_is_not_set_of_the_group_is_set_and_what_an_operator_set_stays() throws Exception {
    operatorSets(LOCK, "2000");
    bench.create("Grain", 1);

    bench.open("Grain");

    Map<String, String> set = settings();
    assertThat(set)
        .containsEntry("share.auto.offset.reset", "earliest")
        .containsEntry("share.delivery.count.limit", "10")
        .containsEntry(LOCK, "2000");
  }

  private void operatorSets(String name, String value) throws Exception {
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, bench.group());
    AlterConfigOp set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    bench
        .admin
        .incrementalAlterConfigs(Map.of(group, List.of(set)))
        .all()
        .get(60, TimeUnit.SECONDS);
  }

  private Map<String, String> settings() throws Exception {
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, bench.group());
    return bench
        .admin
        .describeConfigs(List.of(group))
        .all()
        .get(60, TimeUnit.SECONDS)
        .values()
        .stream()
        .flatMap(config -> config.entries().stream())
        .collect(Collectors.toMap(ConfigEntry::name, entry -> String.valueOf(entry.value())));
  }
}
