package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.Event;
import io.millrace.StepWorker;
import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.event.EventCodec;
import io.millrace.event.EventCodecs;
import io.millrace.registry.IncompatibleSchemaException;
import io.millrace.registry.SchemaRegistries;
import io.millrace.registry.SchemaRegistry;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A registry that is not ours, and a client of it that is not ours. */
@OnStack
@Tag("smoke")
@Tag("full")
class RegistryIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path ECHO = Path.of("src", "test", "node", "echo.cjs").toAbsolutePath();

  enum Quality {
    FINE,
    COARSE
  }

  record Sack(String label, double kilos) {}

  /** Most of what an event may hold. */
  record Parcel(
      int number,
      long grams,
      boolean sealed,
      float moisture,
      String label,
      @Nullable String note,
      Quality quality,
      List<Sack> sacks,
      Map<String, Integer> stock,
      UUID id,
      Instant ground,
      BigDecimal price)
      implements Event {}

  /** Confluent's registries do so by default; this one lets everything pass unless it is told. */
  @BeforeEach
  void refuse_what_readers_cannot_read(Stack stack) throws Exception {
    HttpRequest backward =
        HttpRequest.newBuilder(URI.create(stack.cluster().registryOutside() + "/config"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"compatibility\": \"BACKWARD\"}"))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(backward, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void an_event_is_read_by_confluents_client_and_what_that_writes_is_read_here(Stack stack)
      throws Exception {
    Node.require();
    Map<String, String> config = stack.cluster().client();
    EventCodec codec = EventCodecs.of(config);
    Parcel sent =
        new Parcel(
            7,
            9_000_000_000L,
            true,
            0.5f,
            "Müller",
            null,
            Quality.COARSE,
            List.of(new Sack("a", 1.25), new Sack("b", 2.5)),
            Map.of("rye", 3),
            UUID.fromString("0191d3a2-0000-7000-8000-000000000001"),
            Instant.parse("2026-01-02T03:04:05.678Z"),
            new BigDecimal("12.50"));
    String from = "millrace.interop.Parcel";
    String to = "millrace.interop.Echo";
    createTopics(config, from, to);

    send(config, from, codec.encode(sent, "interop"));
    String read =
        Node.run(
            Map.of(),
            "node",
            ECHO.toString(),
            stack.cluster().outside(),
            stack.cluster().registryOutside(),
            from,
            to);

    assertThat(read)
        .contains("\"number\":7", "\"grams\":9000000000", "\"label\":\"Müller\"", "\"COARSE\"");
    assertThat(codec.decode(first(config, to), codec.typeOf(Parcel.class))).isEqualTo(sent);
  }

  @Test
  void one_run_goes_through_old_and_new_steps(Stack stack) {
    MillraceConfig config = MillraceConfig.of(stack.cluster().client());
    try (StepWorker unload = worker(config, new OldGrain.Unload());
        StepWorker bag = worker(config, new OldGrain.Bag());
        StepWorker grind = worker(config, new NewGrain.Grind());
        WorkflowClient client = WorkflowClient.create(config)) {
      assertThat(List.of(unload, bag, grind)).doesNotContainNull();

      OldGrain.Bagged bagged =
          client.start(OldGrain.WORKFLOW, new OldGrain.Load(50)).result(PATIENCE);

      assertThat(bagged).isEqualTo(new OldGrain.Bagged(50));
    }
    // The old step after it drops the grade. It is "unknown" only if the new one saw no origin.
    EventCodec codec = EventCodecs.of(stack.cluster().client());
    assertThat(
            codec.decode(
                first(stack.cluster().client(), "millrace.grain.Meal"),
                codec.typeOf(NewGrain.Meal.class)))
        .isEqualTo(new NewGrain.Meal(50, "unknown"));
    SchemaRegistry registry = SchemaRegistries.uncached(config.asMap());
    assertThat(registry.latest("millrace.grain.Grain-value").orElseThrow().version()).isEqualTo(2);
    assertThat(registry.latest("millrace.grain.Meal-value").orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void a_step_whose_event_others_could_not_read_is_refused_by_name_when_it_starts(Stack stack) {
    MillraceConfig config = MillraceConfig.of(stack.cluster().client());
    worker(config, new OldGrain.Unload()).close();

    assertThatThrownBy(() -> worker(config, new NewGrain.Careless()))
        .isInstanceOfSatisfying(
            IncompatibleSchemaException.class,
            refused -> {
              assertThat(refused.subject()).isEqualTo("millrace.grain.Grain-value");
              assertThat(refused.reason()).containsIgnoringCase("incompatible");
            });
  }

  private static StepWorker worker(MillraceConfig config, Object step) {
    return StepWorker.of("grain", step).configuredBy(config).start();
  }

  private static void createTopics(Map<String, String> config, String... names) throws Exception {
    try (Admin admin = Admin.create(kafka(config))) {
      List<NewTopic> topics = new ArrayList<>();
      for (String name : names) {
        topics.add(new NewTopic(name, 1, (short) 3));
      }
      admin.createTopics(topics).all().get();
    }
  }

  private static void send(Map<String, String> config, String topic, byte[] value)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka(config), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, value)).get();
    }
  }

  private static byte[] first(Map<String, String> config, String topic) {
    List<byte[]> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka(config), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      await("a record on " + topic)
          .atMost(PATIENCE)
          .pollInSameThread()
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return !values.isEmpty();
              });
    }
    return values.get(0);
  }

  private static Map<String, Object> kafka(Map<String, String> config) {
    return MillraceConfig.of(config).kafka();
  }
}
