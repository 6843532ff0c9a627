package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

@MillraceTest
final class MillraceTestCoordinatorTest {

  @Test
  void a_coordinator_runs_and_can_be_stopped_and_started_again(LocalMillrace millrace)
      throws Exception {
    try (Admin admin = new KafkaClients(millrace.bootstrapServers()).admin()) {
      assertThat(admin.listTopics().names().get(60, TimeUnit.SECONDS))
          .contains(millrace.namespace() + ".runs");

      millrace.stopCoordinator();
      millrace.stopCoordinator();
      millrace.startCoordinator();
    }
  }
}
