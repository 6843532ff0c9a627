package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Until.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.RunHandle;
import io.millrace.Workflow;
import io.millrace.config.MillraceConfig;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.local.behaviour.RetriesBehaviourTest.Done;
import io.millrace.local.behaviour.RetriesBehaviourTest.Job;
import io.millrace.protocol.WorkerLost;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** What share groups do when somebody is gone. */
@MillraceTest
class ShareFaultsBehaviourTest {
  private static final Map<String, String> SHARE = Map.of("millrace.task.source", "share");

  private static Workflow<Job, Done> workflow(String name) {
    return Workflow.of(name, Job.class, Done.class);
  }

  private static StepDefinition survivor() {
    return StepDefinition.named("work")
        .emits(Done.class)
        .handler(Job.class, (job, context) -> new Done("survivor, attempt " + context.attempt()));
  }

  @Test
  void E3_F1_what_a_killed_worker_had_adopted_runs_elsewhere_and_is_no_failure(
      LocalMillrace millrace) throws Exception {
    WorkerProcess process =
        millrace.closeAtEnd(
            WorkerProcess.start(
                millrace, "adopted", "millrace.lease.ms=1000", "millrace.task.source=share"));
    RunHandle<Done> run = millrace.client().start(workflow("adopted"), new Job("a"));
    process.awaitHolding();
    Until.holds(
        "adoption",
        () -> run.inspect().executions().stream().anyMatch(e -> e.phase().equals("RUNNING")));

    process.killHard();
    millrace.worker(SHARE, "adopted", survivor());

    assertThat(run.result(PATIENCE).how()).isEqualTo("survivor, attempt 1");
  }

  @Test
  void E3_F1_what_a_killed_worker_had_not_adopted_yet_runs_elsewhere(LocalMillrace millrace)
      throws Exception {
    // given: a worker that polls only with all of its slots free, hence is never held up
    WorkerProcess process =
        millrace.closeAtEnd(
            WorkerProcess.start(
                millrace,
                "claimed",
                "millrace.task.source=share",
                "millrace.share.batch=16",
                "millrace.adoption.grace.ms=600000"));
    RunHandle<Done> run = millrace.client().start(workflow("claimed"), new Job("a"));
    process.awaitHolding();

    process.killHard();
    millrace.worker(SHARE, "claimed", survivor());

    assertThat(run.result(PATIENCE).how()).isEqualTo("survivor, attempt 1");
  }

  @Test
  void law_4_a_record_that_the_broker_gave_up_is_found_and_dispatched_again(LocalMillrace millrace)
      throws Exception {
    // given: a group that gives up after two deliveries
    MillraceConfig config = MillraceConfig.of(millrace.config());
    String group = config.namespace().group("given-up", "work");
    setDeliveryLimit(config, group, "2");
    millrace.worker(SHARE, "given-up", survivor()).close();
    RunHandle<Done> run = millrace.client().start(workflow("given-up"), new Job("a"));

    // when: a stranger takes the record as often as that, and does nothing with it
    try (KafkaShareConsumer<byte[], byte[]> stranger = stranger(config, group)) {
      stranger.subscribe(List.of(config.namespace().events("given-up", "Job")));
      List<Short> deliveries = new ArrayList<>();
      Until.holds(
          "the last delivery",
          () -> {
            for (ConsumerRecord<byte[], byte[]> record : stranger.poll(Duration.ofMillis(50))) {
              deliveries.add(record.deliveryCount().orElseThrow());
              stranger.acknowledge(record, AcknowledgeType.RELEASE);
            }
            return deliveries.contains((short) 2);
          });
    }
    millrace.worker(SHARE, "given-up", survivor());

    // then
    assertThat(run.result(PATIENCE).how()).isEqualTo("survivor, attempt 1");
    assertThat(new Workshop(millrace).ofRun(config.namespace().runs(), run.runId()))
        .extracting(record -> Topic.INPUTS.decode(record.value()).getBody())
        .hasAtLeastOneElementOfType(WorkerLost.class);
  }

  private static KafkaShareConsumer<byte[], byte[]> stranger(MillraceConfig config, String group) {
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put("group.id", group);
    settings.put("share.acknowledgement.mode", "explicit");
    return new KafkaShareConsumer<>(
        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static void setDeliveryLimit(MillraceConfig config, String group, String limit)
      throws Exception {
    AlterConfigOp set =
        new AlterConfigOp(
            new ConfigEntry("share.delivery.count.limit", limit), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(config.kafka())) {
      admin
          .incrementalAlterConfigs(
              Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), List.of(set)))
          .all()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
