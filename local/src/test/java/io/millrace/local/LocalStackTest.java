package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.millrace.protocol.IllegalNameException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalStackTest {

  private final Path temp;

  LocalStackTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void each_part_is_reported_when_it_is_ready_with_its_address() {
    List<String> heard = new ArrayList<>();
    try (LocalStack stack =
        LocalStack.builder()
            .withoutCoordinator()
            .dataFolder(temp)
            .listener((what, where, took) -> heard.add(what + " at " + where))
            .start()) {
      assertThat(heard)
          .startsWith(
              "Kafka broker at " + stack.bootstrapServers(),
              "schema registry at " + stack.registryUrl());
    }

    assertThat(temp.resolve("broker")).isDirectory();
    assertThat(temp.resolve("registry")).isDirectory();
  }

  @Test
  void the_configuration_is_what_a_worker_needs() {
    try (LocalStack stack = LocalStack.builder().withoutCoordinator().namespace("mine").start()) {
      assertThat(stack.config())
          .containsOnly(
              entry("bootstrap.servers", stack.bootstrapServers()),
              entry("schema.registry.url", stack.registryUrl()),
              entry("millrace.namespace", "mine"));
    }
  }

  @Test
  void a_registry_that_cannot_start_closes_the_broker() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = other.getLocalPort();

      assertThatThrownBy(
              () ->
                  LocalStack.builder()
                      .withoutCoordinator()
                      .dataFolder(temp)
                      .registryPort(taken)
                      .start())
          .isInstanceOf(PortInUseException.class)
          .hasMessageContaining("the development registry");
    }

    DataFolder.open(temp.resolve("broker")).close();
  }

  @Test
  void more_parts_come_after_broker_and_registry_and_end_before_them() {
    List<String> heard = new ArrayList<>();
    LocalStack stack =
        LocalStack.builder()
            .withoutCoordinator()
            .part(
                "worker",
                config -> {
                  heard.add("registry " + config.get("schema.registry.url"));
                  return new StackPart.Started("process 7", () -> heard.add("worker closed"));
                })
            .listener(
                new StackListener() {
                  @Override
                  public void started(String what, String where, Duration took) {
                    heard.add(what + " at " + where);
                  }

                  @Override
                  public void stopped(String what, Duration took) {
                    heard.add(what + " stopped");
                  }
                })
            .start();
    String registry = stack.registryUrl();
    heard.remove(0);

    stack.close();

    assertThat(heard)
        .containsExactly(
            "schema registry at " + registry,
            "registry " + registry,
            "worker at process 7",
            "worker closed",
            "worker stopped",
            "schema registry stopped",
            "Kafka broker stopped");
  }

  @Test
  void a_part_that_fails_takes_the_stack_down() {
    assertThatThrownBy(
            () ->
                LocalStack.builder()
                    .withoutCoordinator()
                    .dataFolder(temp)
                    .part(
                        "worker",
                        config -> {
                          throw new IOException("no such program");
                        })
                    .start())
        .isInstanceOf(StackException.class)
        .hasMessageContaining("The worker did not start")
        .hasMessageContaining("no such program");

    DataFolder.open(temp.resolve("broker")).close();
  }

  @Test
  void the_coordinator_comes_last_and_takes_inputs_of_the_namespace() throws Exception {
    List<String> heard = new ArrayList<>();
    try (LocalStack stack =
            LocalStack.builder()
                .dataFolder(temp)
                .namespace("mine")
                .listener((what, where, took) -> heard.add(what + " at " + where))
                .start();
        Admin admin = new KafkaClients(stack.bootstrapServers()).admin()) {
      assertThat(heard).hasSize(3).endsWith("coordinator at namespace mine");
      assertThat(admin.listTopics().names().get(60, TimeUnit.SECONDS)).contains("mine.runs");
    }

    assertThat(temp.resolve("coordinator")).isDirectory();
  }

  @Test
  void a_namespace_that_no_topic_may_have_is_refused_before_anything_starts() {
    assertThatThrownBy(() -> LocalStack.builder().withoutCoordinator().namespace("a.b"))
        .isInstanceOf(IllegalNameException.class);
  }
}
