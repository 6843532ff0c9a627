package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.tools.consumer.ConsoleConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class EmbeddedKafkaTest {

  private static final EmbeddedKafka kafka = EmbeddedKafka.builder().start();
  private static final KafkaClients clients = new KafkaClients(kafka.bootstrapServers());

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void what_is_produced_is_consumed() throws Exception {
    clients.createTopic("plain");

    clients.send("plain", "a", "b");

    assertThat(clients.read("plain", 2)).containsExactly("a", "b");
  }

  @Test
  void a_committed_reader_sees_no_aborted_transaction() throws Exception {
    clients.createTopic("transactional");
    try (KafkaProducer<String, String> producer =
        clients.producer(Map.of("transactional.id", "writer"))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactional", "aborted"));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactional", "committed"));
      producer.commitTransaction();
    }

    assertThat(clients.read("transactional", 1)).containsExactly("committed");
  }

  @Test
  void a_share_group_can_be_configured_and_reads() throws Exception {
    clients.createTopic("shared");
    clients.send("shared", "before the group");
    configure("sharers", "share.auto.offset.reset", "earliest");

    List<String> values = readAsShareGroup("sharers", "shared", KafkaClients.PATIENCE);

    assertThat(values).containsExactly("before the group");
  }

  @Test
  void who_joins_a_group_that_has_just_changed_has_its_partitions_at_once() throws Exception {
    clients.createTopic("joined");
    clients.send("joined", "for one");
    configure("joiners", "share.auto.offset.reset", "earliest");
    readAsShareGroup("joiners", "joined", KafkaClients.PATIENCE);
    configure("joiners", "share.heartbeat.interval.ms", "9000");
    clients.send("joined", "for another");

    // patience for less than a heartbeat
    List<String> values = readAsShareGroup("joiners", "joined", Duration.ofSeconds(7));

    assertThat(values).containsExactly("for another");
  }

  private static List<String> readAsShareGroup(String group, String topic, Duration patience) {
    List<String> values = new ArrayList<>();
    Map<String, Object> config =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", group);
    try (KafkaShareConsumer<String, String> consumer =
        new KafkaShareConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(Set.of(topic));
      Awaitility.await()
          .atMost(patience)
          .pollInterval(Duration.ofMillis(1))
          .pollInSameThread()
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(r -> values.add(r.value()));
                return !values.isEmpty();
              });
      consumer.commitSync(); // acknowledges what it got, too
    }
    return values;
  }

  private static void configure(String group, String name, String value) throws Exception {
    try (Admin admin = clients.admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.GROUP, group),
                  Set.of(
                      new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void kafkas_own_console_consumer_reads_a_topic() throws Exception {
    clients.createTopic("console");
    clients.send("console", "seen by anyone");
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      ConsoleConsumer.main(
          new String[] {
            "--bootstrap-server",
            kafka.bootstrapServers(),
            "--topic",
            "console",
            "--from-beginning",
            "--max-messages",
            "1",
            "--timeout-ms",
            "60000"
          });
    } finally {
      System.setOut(before);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("seen by anyone");
  }

  @Test
  void a_topic_nobody_created_is_not_made_by_writing_to_it() throws Exception {
    try (KafkaProducer<String, String> producer = clients.producer(Map.of("max.block.ms", 500))) {
      assertThat(producer.send(new ProducerRecord<>("typing-error", "x")))
          .failsWithin(KafkaClients.PATIENCE);
    }

    try (Admin admin = clients.admin()) {
      assertThat(admin.listTopics().names().get(60, TimeUnit.SECONDS))
          .doesNotContain("typing-error");
    }
  }

  @Test
  void server_properties_given_win_over_the_defaults() throws Exception {
    try (EmbeddedKafka other =
            EmbeddedKafka.builder().serverProperty("num.partitions", "7").start();
        Admin admin = new KafkaClients(other.bootstrapServers()).admin()) {
      ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");

      assertThat(admin.describeConfigs(Set.of(broker)).all().get(60, TimeUnit.SECONDS))
          .hasEntrySatisfying(
              broker, config -> assertThat(config.get("num.partitions").value()).isEqualTo("7"));
    }
  }

  @Test
  void a_temporary_folder_is_gone_after_close() {
    Path folder;
    try (EmbeddedKafka other = EmbeddedKafka.builder().start()) {
      folder = other.dataFolder();
      assertThat(folder).isDirectory();
    }

    assertThat(Files.exists(folder)).isFalse();
  }
}
