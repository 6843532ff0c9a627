package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Workshop.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Event;
import io.millrace.RunContext;
import io.millrace.RunHandle;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.StreamedEvent;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Topics of streams go when their time has come, and not before. */
@MillraceTest(settings = {"millrace.stream.retention.ms=4000", "millrace.sweep.interval.ms=500"})
class RetentionBehaviourTest {
  record Begin() implements StartEvent {}

  record Go() implements Event {}

  record Progress(int sack) implements Event {}

  record Flour(int bags) implements StopEvent {}

  static final class Streaming {
    @Step(streams = Progress.class)
    public Flour grind(Begin begin, RunContext context) {
      context.writeEventToStream(new Progress(1));
      return new Flour(1);
    }
  }

  static final class Held {
    final HeldStep hold = new HeldStep();

    @Step(streams = Progress.class)
    public Flour grind(Begin begin, RunContext context) throws InterruptedException {
      context.writeEventToStream(new Progress(1));
      hold.stay(context);
      return new Flour(1);
    }
  }

  /** One branch ends the run while the other, which has streamed, is still at work. */
  static final class TwoBranches {
    final HeldStep hold = new HeldStep();
    final CountDownLatch stop = new CountDownLatch(1);

    @Step
    public Go begin(Begin begin) {
      return new Go();
    }

    @Step(streams = Progress.class)
    public void work(Go go, RunContext context) throws InterruptedException {
      context.writeEventToStream(new Progress(1));
      hold.stay(context);
    }

    @Step
    public Flour end(Go go) throws InterruptedException {
      stop.await();
      return new Flour(1);
    }
  }

  private final Workshop workshop;
  private final WorkflowClient client;

  RetentionBehaviourTest(LocalMillrace millrace) {
    workshop = new Workshop(millrace);
    client = workshop.client();
  }

  private static Workflow<Begin, Flour> workflow(String name) {
    return Workflow.of(name, Begin.class, Flour.class);
  }

  private String topic(RunHandle<Flour> run) {
    return workshop.namespace().stream(run.workflow(), run.runId());
  }

  private void awaitGone(String topic) {
    Awaitility.await(topic + " is deleted")
        .atMost(PATIENCE)
        .until(() -> !workshop.topics().contains(topic));
  }

  @Test
  void O4_a_stream_topic_is_deleted_when_its_retention_has_passed() throws Exception {
    workshop.worker("ended", new Streaming());
    RunHandle<Flour> run = client.start(workflow("ended"), new Begin());
    run.result(PATIENCE);
    List<String> before = new ArrayList<>();
    run.streamEvents().forEach(event -> before.add(event.type()));
    assertThat(before).containsExactly("Progress", "Flour");

    awaitGone(topic(run));

    // The run is remembered longer than its stream.
    List<StreamedEvent> after = new ArrayList<>();
    RunHandle<Flour> late = workshop.client().attach(workflow("ended"), run.runId());
    late.streamEvents().forEach(after::add);
    assertThat(after).hasSize(1);
    assertThat(after.get(0).isTerminal()).isTrue();
    assertThat(late.result(PATIENCE)).isEqualTo(new Flour(1));
  }

  @Test
  void O4_the_stream_of_a_step_that_was_still_at_work_when_its_run_ended_is_deleted_too()
      throws Exception {
    Held held = new Held();
    TwoBranches branches = new TwoBranches();
    workshop.worker("cut-short", held);
    workshop.worker("branches", branches);
    RunHandle<Flour> cancelled = client.start(workflow("cut-short"), new Begin());
    RunHandle<Flour> stopped = client.start(workflow("branches"), new Begin());
    Workshop.await(held.hold.reached);
    Workshop.await(branches.hold.reached);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> workshop.topics().containsAll(Set.of(topic(cancelled), topic(stopped))));

    cancelled.cancel();
    branches.stop.countDown();
    stopped.result(PATIENCE);

    awaitGone(topic(cancelled));
    awaitGone(topic(stopped));
  }

  @Test
  void O4_orphans_are_swept_and_streams_of_living_runs_are_not() throws Exception {
    Held held = new Held();
    workshop.worker("living", held);
    RunHandle<Flour> living = client.start(workflow("living"), new Begin());
    Workshop.await(held.hold.reached);
    Awaitility.await().atMost(PATIENCE).until(() -> workshop.topics().contains(topic(living)));
    String orphan = workshop.namespace().stream("living", "nobodys-run");
    String empty = workshop.namespace().stream("living", "nobodys-empty-run");
    String stranger = workshop.namespace().name() + ".living.stream-of-another";
    create(List.of(orphan, empty, stranger));
    leaveBehind(List.of(orphan, stranger));

    // Newer than what the living run has streamed: when they are old enough, so is that.
    awaitGone(orphan);
    awaitGone(empty);

    assertThat(workshop.topics()).contains(topic(living), stranger);
    held.hold.letGo.countDown();
    List<String> seen = new ArrayList<>();
    living.streamEvents().forEach(event -> seen.add(event.type()));
    assertThat(seen).containsExactly("Progress", "Flour");
  }

  @Test
  void O4_what_is_streamed_after_the_end_of_a_run_and_of_its_stream_is_swept() throws Exception {
    workshop.worker("overtaken", new Streaming());
    RunHandle<Flour> run = client.start(workflow("overtaken"), new Begin());
    run.result(PATIENCE);
    awaitGone(topic(run));

    // As by a worker that was frozen while all this happened.
    create(List.of(topic(run)));
    leaveBehind(List.of(topic(run)));

    awaitGone(topic(run));
  }

  private void create(List<String> topics) throws Exception {
    try (Admin admin = Admin.create(workshop.config().kafka())) {
      admin
          .createTopics(
              topics.stream()
                  .map(topic -> new NewTopic(topic, Optional.of(1), Optional.empty()))
                  .toList())
          .all()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void leaveBehind(List<String> topics) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            workshop.config().kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (String topic : topics) {
        producer
            .send(new ProducerRecord<>(topic, "left behind".getBytes(StandardCharsets.UTF_8)))
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }
}
