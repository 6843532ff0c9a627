package io.millrace.local.security;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.BrokerRefusedException;
import io.millrace.RunCancelledException;
import io.millrace.RunHandle;
import io.millrace.StepWorker;
import io.millrace.StreamedEvent;
import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.app.CoordinatorApp;
import io.millrace.coordinator.app.CoordinatorException;
import io.millrace.coordinator.publish.GroupOffsets;
import io.millrace.local.security.Mill.Fineness;
import io.millrace.local.security.Mill.Flour;
import io.millrace.local.security.Mill.Heard;
import io.millrace.local.security.Mill.HowFine;
import io.millrace.local.security.Mill.Order;
import io.millrace.local.security.RecordingAuthorizer.Asked;
import io.millrace.protocol.MissingRightsException;
import io.millrace.protocol.RightsTable;
import io.millrace.protocol.RightsTable.Right;
import io.millrace.protocol.TaskSourceKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * TLS and logins everywhere, and nobody may do more than docs/operations.md lists. Users: one for
 * the coordinator, one for each step, one for clients.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class RightsTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private Path folder;
  private GuardedBroker broker;
  private GuardedRegistry registry;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    broker = new GuardedBroker(folder);
    registry = new GuardedRegistry(broker.store(), GuardedBroker.PASSWORD);
  }

  @AfterAll
  void stop() {
    registry.close();
    broker.close();
  }

  private List<Right> allow(String user, String who, Map<String, String> names) throws Exception {
    List<Right> rights = RightsTable.of(who, names);
    broker.addUser(user);
    broker.allow(user, rights);
    return rights;
  }

  private MillraceConfig config(String user, String namespace) {
    return MillraceConfig.of(broker.config(user))
        .with(registry.config())
        .with(
            Map.of(
                "millrace.namespace", namespace,
                "millrace.state.dir", folder.resolve(namespace).toString(),
                "millrace.run.partitions", "2",
                "millrace.event.partitions", "2",
                "millrace.stream.retention.ms", "1000",
                "millrace.sweep.interval.ms", "300"));
  }

  private StepWorker worker(String user, Object step) {
    return StepWorker.of("mill", step).configuredBy(config(user, "millrace")).start();
  }

  @Test
  void a_step_that_takes_from_a_share_group_needs_to_see_and_set_its_settings() throws Exception {
    Map<String, String> names = Map.of("millrace", "shared", "WORKFLOW", "mill", "STEP", "ask");
    List<Right> sharing = RightsTable.of("step that takes from a share group, besides", names);
    allow("sharer", "coordinator", names); // makes the topics that all share
    try (CoordinatorApp coordinator = CoordinatorApp.start(config("sharer", "shared"))) {
      assertThat(coordinator.isReady()).isTrue();
      allow("sharing-step", "step", names);
      broker.allow("sharing-step", sharing);
      RecordingAuthorizer.forget();

      worker("sharing-step", "shared", "share").close();

      List<Right> all = new ArrayList<>(sharing);
      assertThat(RecordingAuthorizer.asked()).as("denied").allMatch(Asked::allowed);
      assertEachIsNeeded("sharing-step", all);
    }
  }

  @Test
  void with_exactly_the_documented_rights_all_works_and_each_of_them_is_needed() throws Exception {
    Map<String, List<Right>> given =
        Map.of(
            "coordinator", allow("coordinator", "coordinator", Map.of()),
            "ask", allow("ask", "step", Map.of("WORKFLOW", "mill", "STEP", "ask")),
            "grind", allow("grind", "step", Map.of("WORKFLOW", "mill", "STEP", "grind")),
            "client", allow("client", "client", Map.of("WORKFLOW", "mill")));
    RecordingAuthorizer.forget();

    try (CoordinatorApp coordinator = CoordinatorApp.start(config("coordinator", "millrace"));
        StepWorker ask = worker("ask", new Mill.Ask());
        StepWorker grind = worker("grind", new Mill.Grind());
        WorkflowClient client = WorkflowClient.create(config("client", "millrace"))) {
      RunHandle<Flour> asked = client.start(Mill.WORKFLOW, new Order(false));
      assertThat(answerTheQuestion(asked)).isEqualTo(new Flour(3));
      cancelOne(client);
      sendGarbage();
      askHowFarAStepIs();
      awaitGone("millrace.mill.stream." + asked.runId());
      leaveAnOrphan();
      awaitGone("millrace.mill.stream.orphan");
      assertThat(coordinator.isReady()).isTrue();
      assertThat(List.of(ask, grind)).doesNotContainNull();
    }

    assertThat(RecordingAuthorizer.asked()).as("denied").allMatch(Asked::allowed);
    given.forEach(this::assertEachIsNeeded);
  }

  private static Flour answerTheQuestion(RunHandle<Flour> run) {
    List<String> seen = new ArrayList<>();
    for (StreamedEvent event : run.streamEvents()) {
      seen.add(event.type());
      if (event.is(HowFine.class)) {
        run.sendEvent(new Fineness(3));
      }
    }
    assertThat(seen).containsExactly("Heard", "HowFine", "Heard", "Flour");
    return run.result(SOON);
  }

  private static void cancelOne(WorkflowClient client) {
    RunHandle<Flour> run = client.start(Mill.WORKFLOW, new Order(true));
    assertThat(run.streamEvents().iterator().next().is(Heard.class)).isTrue();
    run.cancel();
    assertThatThrownBy(() -> run.result(SOON)).isInstanceOf(RunCancelledException.class);
  }

  private void sendGarbage() throws Exception {
    send(broker.adminConfig(), "millrace.runs");
    send(broker.adminConfig(), "millrace.mill.Order");
    send(broker.adminConfig(), "millrace.mill.Fineness");
    awaitUse("coordinator", WRITE, TOPIC, "millrace.dead-letters");
    awaitUse("ask", WRITE, TOPIC, "millrace.dead-letters");
    awaitUse("grind", WRITE, TOPIC, "millrace.dead-letters");
  }

  /** As the coordinator does about work that nobody has adopted for long. */
  private void askHowFarAStepIs() {
    try (Admin admin = Admin.create(config("coordinator", "millrace").kafka())) {
      assertThat(new GroupOffsets(admin).consumed("millrace.mill.grind", TaskSourceKind.GROUP))
          .isNotEmpty();
    }
  }

  private void leaveAnOrphan() throws Exception {
    NewTopic topic = new NewTopic("millrace.mill.stream.orphan", 1, (short) 1);
    broker.admin().createTopics(List.of(topic)).all().get();
    send(broker.adminConfig(), topic.name());
  }

  private void awaitGone(String topic) {
    Awaitility.await(topic + " is deleted")
        .atMost(SOON)
        .until(() -> !broker.admin().listTopics().names().get().contains(topic));
  }

  private static void awaitUse(
      String user, AclOperation operation, ResourceType type, String name) {
    awaitAsked(new Asked(user, operation, type, name, true));
  }

  private static void awaitAsked(Asked asked) {
    Awaitility.await(asked.toString())
        .atMost(SOON)
        .until(() -> RecordingAuthorizer.asked().contains(asked));
  }

  /** Something was asked that this right alone allows. */
  private void assertEachIsNeeded(String user, List<Right> rights) {
    for (Right right : rights) {
      List<Right> others = rights.stream().filter(other -> !other.equals(right)).toList();
      assertThat(RecordingAuthorizer.asked())
          .as("%s of %s is more than the least", right, user)
          .anyMatch(
              asked ->
                  asked.user().equals(user)
                      && asked.isAllowedBy(right)
                      && others.stream().noneMatch(asked::isAllowedBy));
    }
  }

  @Test
  void a_step_can_neither_write_nor_read_another_workflows_topics() throws Exception {
    allow("stranger", "step", Map.of("WORKFLOW", "inn", "STEP", "ask"));
    for (String topic : List.of("millrace.mill.Secret", "millrace.mill.stream.run")) {
      broker.admin().createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();

      assertThatThrownBy(() -> send(GuardedBroker.plain(broker.config("stranger")), topic))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TopicAuthorizationException.class);
      assertThatThrownBy(() -> read("stranger", topic))
          .isInstanceOf(TopicAuthorizationException.class);
    }
  }

  @Test
  void what_a_process_lacks_is_named_when_it_starts() throws Exception {
    Map<String, String> lame = Map.of("millrace", "lame", "WORKFLOW", "mill", "STEP", "ask");
    lack("lame-coordinator", "coordinator", lame, WRITE, TRANSACTIONAL_ID, "lame-coordinator-");
    assertThatThrownBy(() -> CoordinatorApp.start(config("lame-coordinator", "lame")))
        .isInstanceOf(CoordinatorException.class)
        .hasMessageContaining("transactional ids begin with lame-coordinator")
        .hasMessageContaining("all rights that docs/operations.md lists for a coordinator");

    lack("deaf-coordinator", "coordinator", lame, READ, TOPIC, "lame.facts");
    assertThatThrownBy(() -> CoordinatorApp.start(config("deaf-coordinator", "lame")))
        .isInstanceOf(MissingRightsException.class)
        .hasMessageContaining(
            "this coordinator lacks rights on the broker: Read on topic lame.facts")
        .hasMessageContaining("User:deaf-coordinator");

    lack("lame-step", "step", lame, WRITE, TOPIC, "lame.runs");
    assertThatThrownBy(() -> worker("lame-step", "lame", "group"))
        .isInstanceOf(MissingRightsException.class)
        .hasMessageContaining("this worker lacks rights on the broker: Write on topic lame.runs")
        .hasMessageContaining("Give them to User:lame-step");

    allow("unsharing-step", "step", lame);
    assertThatThrownBy(() -> worker("unsharing-step", "lame", "share"))
        .isInstanceOf(MissingRightsException.class)
        .hasMessageContaining("DescribeConfigs and AlterConfigs on group lame.mill.ask");

    lack("deaf-client", "client", lame, READ, TOPIC, "lame.replies");
    try (WorkflowClient client = WorkflowClient.create(config("deaf-client", "lame"))) {
      assertThatThrownBy(() -> client.start(Mill.WORKFLOW, new Order(false)))
          .isInstanceOf(BrokerRefusedException.class)
          .hasMessageContaining(
              "this client lacks rights on the broker: Read on topic lame.replies")
          .hasMessageContaining("User:deaf-client");
    }
  }

  @Test
  void a_step_that_starts_first_waits_for_the_topics_that_a_coordinator_makes() throws Exception {
    Map<String, String> names = Map.of("millrace", "late", "WORKFLOW", "mill", "STEP", "ask");
    allow("early-step", "step", names);
    allow("late-coordinator", "coordinator", names);

    CompletableFuture<StepWorker> worker =
        CompletableFuture.supplyAsync(() -> worker("early-step", "late", "group"));
    awaitAsked(new Asked("early-step", CREATE, TOPIC, "late.runs", false));
    assertThat(worker).isNotDone();
    try (CoordinatorApp coordinator = CoordinatorApp.start(config("late-coordinator", "late"))) {
      assertThat(coordinator.isReady()).isTrue();
      worker.get(SOON.toSeconds(), TimeUnit.SECONDS).close();
    }
  }

  private void lack(
      String user,
      String who,
      Map<String, String> names,
      AclOperation operation,
      ResourceType type,
      String resource)
      throws Exception {
    List<Right> rights = new ArrayList<>(RightsTable.of(who, names));
    boolean removed =
        rights.removeIf(
            right ->
                right.operation() == operation
                    && right.resource().resourceType() == type
                    && right.resource().name().equals(resource));
    assertThat(removed).as(resource).isTrue();
    broker.addUser(user);
    broker.allow(user, rights);
  }

  private StepWorker worker(String user, String namespace, String taskSource) {
    return StepWorker.of("mill", new Mill.Ask())
        .configuredBy(config(user, namespace).with(Map.of("millrace.task.source", taskSource)))
        .start();
  }

  private void read(String user, String topic) {
    Map<String, Object> settings = GuardedBroker.plain(broker.config(user));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.partitionsFor(topic);
    }
  }

  private static void send(Map<String, Object> settings, String topic) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, garbage, garbage)).get();
    }
  }
}
