package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.Namespace;
import io.millrace.registry.SchemaRegistries;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProcessFailureTest {
  interface Act {
    void run();
  }

  static Act[] badSettings() {
    MillraceConfig config = MillraceConfig.of(Map.of("millrace.lease.ms", "soon"));
    return new Act[] {
      () -> config.millis("millrace.lease.ms", Duration.ZERO),
      () -> new Namespace("a b"),
      () -> SchemaRegistries.of(Map.of()),
      () -> {
        throw new KafkaException(
            "Failed to construct kafka consumer", new ConfigException("security.protocol", "TSL"));
      }
    };
  }

  @ParameterizedTest
  @MethodSource("badSettings")
  void a_bad_setting_ends_a_process_with_2_and_a_message_without_stack_trace(Act act) {
    ProcessFailure failure = ProcessFailure.of("millrace worker", thrown(act));

    assertThat(failure.exitCode()).isEqualTo(2);
    assertThat(failure.text(false)).startsWith("millrace worker: ").doesNotContain("\tat ");
  }

  @Test
  void a_failure_ends_a_process_with_1_and_names_its_causes_once() {
    RuntimeException cause = new IllegalStateException("disk full");
    ProcessFailure failure =
        ProcessFailure.of("millrace broker", new KafkaException("cannot write", cause));

    assertThat(failure.exitCode()).isEqualTo(1);
    assertThat(failure.text(false))
        .contains("KafkaException: cannot write", "because: IllegalStateException: disk full")
        .contains("MILLRACE_DEBUG")
        .doesNotContain("\tat ");
  }

  @Test
  void the_stack_trace_is_shown_to_those_who_ask() {
    ProcessFailure failure =
        ProcessFailure.of("millrace broker", new IllegalStateException("disk full"));

    assertThat(failure.text(true)).contains("disk full", "\tat ");
  }

  private static RuntimeException thrown(Act act) {
    try {
      act.run();
    } catch (RuntimeException e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }
}
