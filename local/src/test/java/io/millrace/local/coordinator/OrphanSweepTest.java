package io.millrace.local.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.app.CoordinatorApp;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.CancelRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MillraceTest(coordinator = false)
class OrphanSweepTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Test
  void O4_a_topic_is_swept_only_if_its_newest_record_is_old_and_its_run_is_not_known_to_need_it(
      LocalMillrace millrace, @TempDir Path state) throws Exception {
    Map<String, String> config = new HashMap<>(millrace.config());
    config.put("millrace.state.dir", state.toString());
    config.put("millrace.sweep.interval.ms", "200");
    config.put("millrace.stream.retention.ms", Long.toString(Duration.ofHours(1).toMillis()));
    TestClient client =
        millrace.closeAtEnd(new TestClient(millrace.bootstrapServers(), millrace.namespace()));
    Admin admin =
        millrace.closeAtEnd(Admin.create(Map.of("bootstrap.servers", millrace.bootstrapServers())));
    millrace.closeAtEnd(CoordinatorApp.start(config));
    CoordinatorCrashTest.register(client);
    CoordinatorCrashTest.start(client, "running");
    CoordinatorCrashTest.dispatched(client, "running");
    CoordinatorCrashTest.start(client, "ended");
    client.input("ended", new CancelRun(null, "no longer wanted"));
    client.await(client.namespace.outcomes(), found -> TestClient.isOfRun(found, "ended"));

    String running = streamed(client, admin, "running", Duration.ofHours(2));
    String ended = streamed(client, admin, "ended", Duration.ofHours(2));
    String fresh = streamed(client, admin, "unknown-fresh", Duration.ofMinutes(30));
    String orphan = streamed(client, admin, "unknown-old", Duration.ofHours(2));

    awaitSwept(admin, orphan);
    // The sweep that takes a later one began after the end of that which took the first.
    awaitSwept(admin, streamed(client, admin, "unknown-old-too", Duration.ofHours(2)));
    assertThat(topics(admin)).contains(running, ended, fresh);
  }

  private static void awaitSwept(Admin admin, String topic) {
    Awaitility.await(topic).atMost(PATIENCE).until(() -> !topics(admin).contains(topic));
  }

  private static Set<String> topics(Admin admin) throws Exception {
    return admin.listTopics().names().get(30, TimeUnit.SECONDS);
  }

  private static String streamed(TestClient client, Admin admin, String runId, Duration age)
      throws Exception {
    String topic = client.namespace.stream("w", runId);
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
    long at = System.currentTimeMillis() - age.toMillis();
    client.send(new ProducerRecord<>(topic, 0, at, null, TestClient.bytes("an event")));
    return topic;
  }
}
