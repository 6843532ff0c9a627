package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.RunHandle;
import io.millrace.StreamedEvent;
import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.examples.human.AskNumber;
import io.millrace.examples.human.Begin;
import io.millrace.examples.human.Entered;
import io.millrace.examples.human.Main;
import io.millrace.examples.human.NumberGiven;
import io.millrace.examples.human.NumberNeeded;
import io.millrace.examples.human.TakeNumber;
import io.millrace.examples.progress.Pack;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;

/** Every process has a login of its own, and exactly the rights that docs/operations.md lists. */
@Order(1)
@Tag("smoke")
@Tag("full")
class RightsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void with_the_documented_rights_a_run_ends_and_a_step_cannot_write_to_another_workflow()
      throws Exception {
    try (GuardedCluster cluster = new GuardedCluster()) {
      cluster.addUser("coordinator", "coordinator", Map.of());
      // The image serves the HTTP API too.
      cluster.allow("coordinator", "coordinator that serves the HTTP API, besides", Map.of());
      cluster.addUser("ask", "step", Map.of("WORKFLOW", "human", "STEP", "ask"));
      cluster.addUser("answered", "step", Map.of("WORKFLOW", "human", "STEP", "answered"));
      cluster.addUser("client", "client", Map.of("WORKFLOW", "human"));
      cluster
          .process("coordinator", Images.coordinator())
          .waitingFor(Wait.forLogMessage(".*millrace coordinator ready.*", 1))
          .start();
      Startables.deepStart(
              step(cluster, "ask", AskNumber.class), step(cluster, "answered", TakeNumber.class))
          .join();

      assertThat(answerTheQuestion(cluster)).isEqualTo(new Entered(42));

      // With this login one may write: what is refused below is refused for its topic alone.
      createTopics(cluster, "millrace.human.stream.by-hand", "millrace.rag.Ask");
      send(cluster.kafka("ask"), "millrace.human.stream.by-hand");
      send(cluster.kafka("ask"), "millrace.dead-letters");
      assertThatThrownBy(() -> send(cluster.kafka("ask"), "millrace.rag.Ask"))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TopicAuthorizationException.class);
      assertItSaysWhatItLacks(cluster);
    }
  }

  private static GenericContainer<?> step(GuardedCluster cluster, String user, Class<?> main) {
    return cluster
        .process(user, Images.steps(), main.getName())
        .waitingFor(Wait.forLogMessage(".*Ready\\. workflow=.*", 1));
  }

  private static Entered answerTheQuestion(GuardedCluster cluster) {
    MillraceConfig config = MillraceConfig.of(cluster.millrace("client"));
    try (WorkflowClient client = WorkflowClient.create(config)) {
      RunHandle<Entered> run = client.start(Main.WORKFLOW, new Begin("A number: "));
      for (StreamedEvent event : run.streamEvents()) {
        if (event.is(NumberNeeded.class)) {
          run.sendEvent(new NumberGiven(42));
        }
      }
      return run.result(PATIENCE);
    }
  }

  private static void createTopics(GuardedCluster cluster, String... names) throws Exception {
    List<NewTopic> topics =
        Arrays.stream(names).map(name -> new NewTopic(name, 1, (short) 1)).toList();
    cluster.admin().createTopics(topics).all().get();
  }

  private static void send(Map<String, Object> settings, String topic) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, new byte[0])).get();
    }
  }

  /** A step of one workflow that is started with the login of another's. */
  private static void assertItSaysWhatItLacks(GuardedCluster cluster) {
    GenericContainer<?> stranger =
        cluster.process("answered", Images.steps(), Pack.class.getName());
    stranger.start();
    await("that it has said why it cannot work")
        .atMost(PATIENCE)
        .until(() -> !stranger.isRunning());
    assertThat(stranger.getLogs())
        .contains("this worker lacks rights on the broker")
        .contains("Read on topic millrace.progress.Ground")
        .contains("Read on group millrace.progress.pack")
        .contains("Give them to User:answered");
  }
}
