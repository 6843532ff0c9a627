package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Event;
import io.millrace.StopEvent;
import io.millrace.local.EmbeddedKafka;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.StepRegistration;
import io.millrace.protocol.TaskSourceKind;
import io.millrace.step.StepDefinition;
import io.millrace.step.StepRegistrations;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose share groups are switched off, as those of older brokers are. */
class NoShareGroupsTest {
  record Grain(int sacks) implements Event {}

  record Flour(int bags) implements StopEvent {}

  private static StepRegistration grind(TaskSourceKind kind) {
    StepDefinition step =
        StepDefinition.named("grind")
            .handler(Grain.class, (grain, context) -> new Flour(grain.sacks()))
            .withTaskSource(kind);
    return StepRegistrations.of(step, "mill", 1, new Namespace(Namespace.DEFAULT));
  }

  @Test
  void a_step_that_needs_share_groups_says_what_to_do_and_others_need_none(@TempDir Path folder)
      throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.builder().dataFolder(folder).start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      FeatureUpdate off = new FeatureUpdate((short) 0, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE);
      admin
          .updateFeatures(Map.of("share.version", off), new UpdateFeaturesOptions())
          .all()
          .get(60, TimeUnit.SECONDS);
      StepGroups groups = new StepGroups(admin, Registrar.rights(Map.of()));

      groups.prepare(grind(TaskSourceKind.GROUP));
      assertThatThrownBy(() -> groups.prepare(grind(TaskSourceKind.SHARE)))
          .isInstanceOf(UnsupportedTaskSourceException.class)
          .hasMessageContaining("millrace.step.grind.task.source=group")
          .hasMessageContaining("Kafka 4.2");
    }
  }
}
