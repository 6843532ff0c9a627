package io.millrace.local.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.coordinator.app.BrokerUnavailableException;
import io.millrace.coordinator.app.CoordinatorApp;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.Headers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MillraceTest(coordinator = false)
class CoordinatorStartTest {
  @Test
  void F5_garbage_on_the_run_log_is_dead_lettered_with_its_coordinates(
      LocalMillrace millrace, @TempDir Path state) {
    millrace.closeAtEnd(CoordinatorApp.start(config(millrace, state)));
    TestClient client =
        millrace.closeAtEnd(new TestClient(millrace.bootstrapServers(), millrace.namespace()));

    RecordMetadata at =
        client.send(client.namespace.runs(), 1, "some-run", TestClient.bytes("garbage"));

    ConsumerRecord<byte[], byte[]> letter =
        client.await(client.namespace.deadLetters(), record -> true);
    assertThat(letter.value()).isEqualTo(TestClient.bytes("garbage"));
    assertThat(TestClient.header(letter, Headers.ORIGIN))
        .isEqualTo(at.topic() + "-1@" + at.offset());
  }

  @Test
  void a_missing_broker_is_named_with_its_address_and_what_to_do() {
    assertThatThrownBy(() -> CoordinatorApp.start(Map.of("bootstrap.servers", "127.0.0.1:1")))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageContaining("MILLRACE_BOOTSTRAP_SERVERS");
  }

  private static Map<String, String> config(LocalMillrace millrace, Path state) {
    Map<String, String> config = new HashMap<>(millrace.config());
    config.put("millrace.state.dir", state.toString());
    return config;
  }
}
