package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder and a port mean to a broker that starts. */
final class EmbeddedKafkaFolderTest {

  private final Path temp;

  EmbeddedKafkaFolderTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void a_restart_on_the_same_folder_keeps_the_data() throws Exception {
    Path data = temp.resolve("data");
    try (EmbeddedKafka first = EmbeddedKafka.builder().dataFolder(data).start()) {
      KafkaClients clients = new KafkaClients(first.bootstrapServers());
      clients.createTopic("kept");
      clients.send("kept", "before");
    }

    try (EmbeddedKafka second = EmbeddedKafka.builder().dataFolder(data).start()) {
      KafkaClients clients = new KafkaClients(second.bootstrapServers());
      clients.send("kept", "after");

      assertThat(clients.read("kept", 2)).containsExactly("before", "after");
    }
  }

  @Test
  void a_fixed_port_is_used_and_free_again_after_close() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    for (int i = 0; i < 2; i++) {
      try (EmbeddedKafka kafka = EmbeddedKafka.builder().port(port).start()) {
        assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      }
    }
  }

  @Test
  void a_port_in_use_is_named_and_the_folder_is_let_go() throws Exception {
    Path data = temp.resolve("data");
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = other.getLocalPort();

      assertThatThrownBy(() -> EmbeddedKafka.builder().dataFolder(data).port(taken).start())
          .isInstanceOf(PortInUseException.class)
          .hasMessageContaining("Port " + taken + " on 127.0.0.1 is already in use")
          .hasMessageContaining("choose another port");
    }
    DataFolder.open(data).close();
  }

  @Test
  void a_folder_of_a_running_broker_is_refused() {
    Path data = temp.resolve("data");
    try (EmbeddedKafka running = EmbeddedKafka.builder().dataFolder(data).start()) {
      assertThatThrownBy(() -> EmbeddedKafka.builder().dataFolder(data).start())
          .isInstanceOf(DataFolderException.class)
          .hasMessageContaining(running.dataFolder().toString())
          .hasMessageContaining("in use by another broker");
    }
  }

  @Test
  void a_broken_server_property_is_named_and_nothing_is_left_behind() {
    Path data = temp.resolve("data");

    assertThatThrownBy(
            () ->
                EmbeddedKafka.builder()
                    .dataFolder(data)
                    .serverProperty("num.io.threads", "many")
                    .start())
        .isInstanceOf(BrokerStartException.class)
        .hasMessageContaining("num.io.threads");

    EmbeddedKafka.builder().dataFolder(data).start().close();
  }
}
