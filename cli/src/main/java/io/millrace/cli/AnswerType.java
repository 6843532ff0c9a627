package io.millrace.cli;

import io.millrace.UntypedRunHandle;
import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.index.WorkflowEvent;
import io.millrace.coordinator.index.WorkflowOutline;
import io.millrace.coordinator.index.WorkflowStep;
import io.millrace.coordinator.topology.RegisteredSteps;
import io.millrace.protocol.EventKind;
import io.millrace.registry.RegisteredSchema;
import io.millrace.registry.SchemaRegistries;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The type of event that answers a question, and what such an event is made of. */
record AnswerType(String type, Schema schema) {
  /**
   * The one that is meant: of those that the workflow's steps accept from people or wait for.
   *
   * @param asked null: the only one
   * @throws UsageException if there is none such, or several; lists them
   */
  static AnswerType of(MillraceConfig config, UntypedRunHandle run, @Nullable String asked) {
    WorkflowOutline workflow = WorkflowOutline.of(RegisteredSteps.read(config), run.workflow());
    Map<String, Schema> types = fromPeople(config, workflow);
    String meant =
        asked != null ? asked : types.size() == 1 ? types.keySet().iterator().next() : "";
    Schema schema = types.get(meant);
    if (schema == null) {
      throw new UsageException(
          "workflow %s takes answers of these types: %s; say --type and one of them"
              .formatted(run.workflow(), types.keySet()));
    }
    return new AnswerType(meant, schema);
  }

  private static Map<String, Schema> fromPeople(MillraceConfig config, WorkflowOutline workflow) {
    Map<String, Schema> types = new TreeMap<>();
    for (WorkflowEvent event : workflow.events()) {
      if (event.kind() == EventKind.HUMAN_RESPONSE) {
        types.put(event.type(), new Schema.Parser().parse(event.schema()));
      }
    }
    for (WorkflowStep step : workflow.steps()) {
      for (String type : step.waitsFor()) {
        if (!types.containsKey(type)) {
          registered(config, workflow.name(), type).ifPresent(schema -> types.put(type, schema));
        }
      }
    }
    return types;
  }

  /** What a step waits for in the middle of an attempt is told by the registry alone. */
  private static Optional<Schema> registered(MillraceConfig config, String workflow, String type) {
    return SchemaRegistries.of(config.asMap())
        .latest(config.namespace().events(workflow, type) + "-value")
        .map(RegisteredSchema::schema);
  }
}
