package io.millrace.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.index.WorkflowEvent;
import io.millrace.coordinator.index.WorkflowOutline;
import io.millrace.coordinator.index.WorkflowStep;
import io.millrace.protocol.EventKind;
import io.millrace.registry.SchemaRegistries;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class AwaitedEventsTest {
  private static final WorkflowEvent QUESTION =
      new WorkflowEvent("Question", EventKind.START, "{\"type\": \"string\"}");
  private static final WorkflowOutline OUTLINE =
      new WorkflowOutline(
          "counsel",
          List.of("Question"),
          List.of(QUESTION),
          List.of(waiting("Advice"), waiting("Question")),
          List.of(),
          List.of());

  private static WorkflowStep waiting(String type) {
    return new WorkflowStep(
        "waits-for-" + type,
        1,
        List.of(),
        List.of(),
        List.of(),
        List.of(type),
        List.of(),
        Optional.empty(),
        1,
        Optional.empty(),
        1);
  }

  @Test
  void what_is_only_waited_for_is_told_by_the_registry() {
    Map<String, String> config = Map.of("schema.registry.url", "mock://awaited-events");
    Schema advice =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Advice", "millrace.kind": "human-response", "fields": []}""");
    SchemaRegistries.of(config).register("millrace.counsel.Advice-value", advice);

    WorkflowOutline whole = AwaitedEvents.of(MillraceConfig.of(config)).apply(OUTLINE);

    assertThat(whole.events())
        .containsExactly(
            new WorkflowEvent("Advice", EventKind.HUMAN_RESPONSE, advice.toString()), QUESTION);
    assertThat(whole.steps()).isEqualTo(OUTLINE.steps());
  }

  @Test
  void without_a_registry_the_rest_is_told() {
    MillraceConfig config =
        MillraceConfig.of(Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", "0"));

    assertThat(AwaitedEvents.of(config).apply(OUTLINE)).isEqualTo(OUTLINE);
  }
}
