package io.millrace.worker;

import io.millrace.Event;
import io.millrace.StopEvent;
import io.millrace.config.MillraceConfig;
import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.local.LocalMillrace;
import io.millrace.protocol.StepRegistration;
import io.millrace.protocol.TaskSourceKind;
import io.millrace.step.StepDefinition;
import io.millrace.step.StepRegistrations;
import io.millrace.step.StepRunner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics, and sources of one step on them, as a worker would open them. For one thread. */
final class SourceBench implements AutoCloseable {
  record Grain(int sacks) implements Event {}

  record Flour(int bags) implements StopEvent {}

  static final int CONCURRENCY = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration WAIT = Duration.ofMillis(50);

  private final LocalMillrace millrace;
  private final MillraceConfig config;
  private final TaskSourceKind kind;
  private final KafkaProducer<byte[], byte[]> producer;
  final Admin admin;

  SourceBench(LocalMillrace millrace, TaskSourceKind kind) {
    this.millrace = millrace;
    this.config = MillraceConfig.of(millrace.config());
    this.kind = kind;
    this.producer =
        new KafkaProducer<>(config.kafka(), new ByteArraySerializer(), new ByteArraySerializer());
    this.admin = Admin.create(config.kafka());
  }

  String topic(String name) {
    return config.namespace().events("bench", name);
  }

  String group() {
    return step().registration().getGroupId();
  }

  void create(String topic, int partitions) throws Exception {
    admin
        .createTopics(List.of(new NewTopic(topic(topic), partitions, (short) 1)))
        .all()
        .get(60, TimeUnit.SECONDS);
  }

  /** Records whose values are these texts, in this order, spread over the partitions. */
  void send(String topic, int partitions, String... values) throws Exception {
    for (int i = 0; i < values.length; i++) {
      send(new ProducerRecord<>(topic(topic), i % partitions, null, bytes(values[i])));
    }
  }

  void send(ProducerRecord<byte[], byte[]> record) throws Exception {
    producer.send(record).get(60, TimeUnit.SECONDS);
  }

  private WorkerStep step() {
    StepDefinition definition =
        StepDefinition.named("grind")
            .concurrency(CONCURRENCY)
            .handler(Grain.class, (grain, context) -> new Flour(grain.sacks()))
            .withTaskSource(kind);
    EventCodec codec = EventCodecs.of(config.asMap());
    StepRegistration registration =
        StepRegistrations.of(definition, "bench", 1, config.namespace());
    return new WorkerStep(StepRunner.of(definition, codec), registration);
  }

  /** A source that is a member of the group, or soon will be. */
  TaskSource open(String... topics) throws Exception {
    return open(Map.of(), topics);
  }

  TaskSource open(Map<String, ?> settings, String... topics) throws Exception {
    WorkerConfig worker =
        WorkerConfig.from(config.with(Map.of("millrace.share.batch", 4)).with(settings));
    WorkerStep step = step();
    new StepGroups(admin, Registrar.rights(Map.of())).prepare(step.registration());
    List<String> names = new ArrayList<>();
    for (String topic : topics) {
      names.add(topic(topic));
    }
    TaskSource source =
        TaskSources.open(worker, new KafkaClients(worker), step, new Incarnation(), names);
    return millrace.closeAtEnd(new OnceClosed(source));
  }

  /**
   * Returns once the member has its partitions: a record that it has dealt with has been there, and
   * what is written from now on can have been with nobody else.
   */
  void settleIn(TaskSource source, String topic) throws Exception {
    send(topic, 1, "first");
    consume(source, 1);
  }

  /** Polls until so many records have come, acknowledging none. */
  List<Task> take(TaskSource source, int count) {
    List<Task> taken = new ArrayList<>();
    until(
        count + " records",
        () -> {
          taken.addAll(source.poll(Math.max(source.least(), count - taken.size()), WAIT));
          return taken.size() >= count;
        });
    return taken;
  }

  /** Polls until so many have come and are acknowledged; what they said, as they came. */
  List<String> consume(TaskSource source, int count) {
    List<String> values = new ArrayList<>();
    until(
        count + " records",
        () -> {
          for (Task task : source.poll(CONCURRENCY, WAIT)) {
            values.add(value(task));
            source.acknowledge(task);
          }
          return values.size() >= count;
        });
    return values;
  }

  /** As {@link #consume}, each source in a thread of its own that closes it in the end. */
  List<String> consumeInThreads(int count, TaskSource... sources) {
    List<String> values = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<?>[] threads = new CompletableFuture<?>[sources.length];
    for (int i = 0; i < sources.length; i++) {
      TaskSource source = sources[i];
      threads[i] =
          CompletableFuture.runAsync(
              () -> {
                until(
                    count + " records",
                    () -> {
                      for (Task task : source.poll(CONCURRENCY, WAIT)) {
                        values.add(value(task));
                        source.acknowledge(task);
                      }
                      return values.size() >= count;
                    });
                source.close();
              },
              command -> new Thread(command).start());
    }
    CompletableFuture.allOf(threads).join();
    return new ArrayList<>(values);
  }

  static void until(String what, BooleanSupplier turn) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!turn.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(what + " did not come within " + PATIENCE);
      }
    }
  }

  static String value(Task task) {
    return new String(task.record().value(), StandardCharsets.UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
