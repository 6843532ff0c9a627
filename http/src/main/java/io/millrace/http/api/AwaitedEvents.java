package io.millrace.http.api;

import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.index.WorkflowEvent;
import io.millrace.coordinator.index.WorkflowOutline;
import io.millrace.event.EventTypes;
import io.millrace.protocol.Namespace;
import io.millrace.registry.RegisteredSchema;
import io.millrace.registry.SchemaRegistries;
import io.millrace.registry.SchemaRegistry;
import io.millrace.registry.SchemaRegistryException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds to an outline the events that a step waits for in the middle of an attempt and that no step
 * declares otherwise: what they are made of is told by the registry alone. Without it whoever is
 * asked could not be given a form for the answer. Thread-safe.
 */
public final class AwaitedEvents implements UnaryOperator<WorkflowOutline> {
  private static final Logger LOG = LoggerFactory.getLogger(AwaitedEvents.class);

  private final SchemaRegistry registry;
  private final Namespace namespace;

  private AwaitedEvents(SchemaRegistry registry, Namespace namespace) {
    this.registry = registry;
    this.namespace = namespace;
  }

  /** By the registry of these settings, which is asked each time. */
  public static AwaitedEvents of(MillraceConfig config) {
    return new AwaitedEvents(SchemaRegistries.of(config.asMap()), config.namespace());
  }

  /**
   * The outline with what the registry knows of; it is as good as before where it knows nothing.
   */
  @Override
  public WorkflowOutline apply(WorkflowOutline workflow) {
    Set<String> declared =
        workflow.events().stream().map(WorkflowEvent::type).collect(Collectors.toSet());
    List<WorkflowEvent> awaited =
        workflow.steps().stream()
            .flatMap(step -> step.waitsFor().stream())
            .filter(type -> !declared.contains(type))
            .distinct()
            .flatMap(type -> registered(workflow.name(), type).stream())
            .toList();
    return new WorkflowOutline(
        workflow.name(),
        workflow.startEvents(),
        Stream.concat(workflow.events().stream(), awaited.stream())
            .sorted(Comparator.comparing(WorkflowEvent::type))
            .toList(),
        workflow.steps(),
        workflow.edges(),
        workflow.problems());
  }

  private Optional<WorkflowEvent> registered(String workflow, String type) {
    try {
      return registry
          .latest(namespace.events(workflow, type) + "-value")
          .map(RegisteredSchema::schema)
          .map(schema -> new WorkflowEvent(type, EventTypes.kindOf(schema), schema.toString()));
    } catch (SchemaRegistryException e) {
      LOG.warn(
          "the registry does not tell of an event, the workflow is shown without its schema"
              + " workflow={} type={} error={}",
          workflow,
          type,
          e.getMessage());
      return Optional.empty();
    }
  }
}
