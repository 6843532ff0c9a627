package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class BrokerMainTest {

  private static final String READY = "ready bootstrap.servers=";

  private final Path temp;

  BrokerMainTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void a_broker_killed_hard_goes_on_from_its_folder() throws Exception {
    String data = temp.resolve("data").toString();
    try (ChildProcess first = ChildProcess.start(BrokerMain.class, "--data", data)) {
      KafkaClients clients = new KafkaClients(first.awaitLine(READY));
      clients.createTopic("survivor");
      clients.send("survivor", "before");

      first.killHard();
    }

    try (ChildProcess second = ChildProcess.start(BrokerMain.class, "--data", data)) {
      KafkaClients clients = new KafkaClients(second.awaitLine(READY));
      clients.send("survivor", "after");

      assertThat(clients.read("survivor", 2)).containsExactly("before", "after");
    }
  }

  @Test
  void a_broker_asked_to_end_ends_in_good_order() throws Exception {
    Path data = temp.resolve("data");
    try (ChildProcess broker = ChildProcess.start(BrokerMain.class, "--data", data.toString())) {
      broker.awaitLine(READY);

      // 143 = ended by SIGTERM, after the hook has run.
      assertThat(broker.end()).isEqualTo(143);
    }

    assertThat(data.resolve(".kafka_cleanshutdown")).exists();
  }

  @Test
  void wrong_arguments_are_answered_with_the_usage_and_exit_code_2() throws Exception {
    try (ChildProcess broker = ChildProcess.start(BrokerMain.class, "--port", "many")) {
      assertThat(broker.everythingItSays()).contains("--port needs a number, not many", "Usage:");
      assertThat(broker.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void a_failure_is_one_line_and_exit_code_1() throws Exception {
    try (EmbeddedKafka running = EmbeddedKafka.builder().start();
        ChildProcess broker =
            ChildProcess.start(BrokerMain.class, "--port", String.valueOf(running.port()))) {
      assertThat(broker.everythingItSays().lines())
          .singleElement()
          .asString()
          .contains("already in use");
      assertThat(broker.exitCode()).isEqualTo(1);
    }
  }
}
