package io.millrace.worker;

import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.StepRegistration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** The newest known registration of each step of one workflow. Thread-safe. */
public final class StepCatalog {
  private final String workflow;
  private final Map<String, StepRegistration> steps = new TreeMap<>();
  private int changes;

  public StepCatalog(String workflow) {
    this.workflow = workflow;
  }

  /** The highest version counts; of the same version, the later. Other workflows are ignored. */
  public synchronized void learn(StepRegistration registration) {
    if (registration.getWorkflow().equals(workflow)) {
      steps.merge(
          registration.getStep(),
          registration,
          (old, other) -> other.getVersion() >= old.getVersion() ? other : old);
      changes++;
    }
  }

  public synchronized Optional<StepRegistration> find(String step) {
    return Optional.ofNullable(steps.get(step));
  }

  /** Grows when something was learned. */
  synchronized int changes() {
    return changes;
  }

  /** Event types that implement this interface, as far as steps declare them. */
  synchronized Set<String> subtypes(String of) {
    return declarations()
        .filter(type -> type.getSupertypes().contains(of) && type.getKind() != EventKind.STOP)
        .map(EventDeclaration::getType)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Full name of the schema that some step declares for this event type. */
  public synchronized Optional<String> schemaName(String eventType) {
    return declarations()
        .filter(type -> type.getType().equals(eventType))
        .findFirst()
        .map(type -> new Schema.Parser().parse(type.getSchema$()).getFullName());
  }

  private Stream<EventDeclaration> declarations() {
    return steps.values().stream()
        .flatMap(step -> Stream.concat(step.getEmits().stream(), step.getAccepts().stream()));
  }

  /**
   * @throws IllegalArgumentException if there is no such step, or it does not accept the type (S5)
   */
  public synchronized void checkAccepts(String step, String eventType) {
    StepRegistration found = steps.get(step);
    if (found == null) {
      throw new IllegalArgumentException(
          "workflow %s has no step %s; it has %s".formatted(workflow, step, steps.keySet()));
    }
    String accepted =
        found.getAccepts().stream()
            .map(EventDeclaration::getType)
            .collect(Collectors.joining(", "));
    if (found.getAccepts().stream()
        .map(EventDeclaration::getType)
        .noneMatch(type -> type.equals(eventType) || isSubtype(found, type, eventType))) {
      throw new IllegalArgumentException(
          "step %s of workflow %s does not accept %s; it accepts %s"
              .formatted(step, workflow, eventType, accepted));
    }
  }

  private boolean isSubtype(StepRegistration step, String accepted, String eventType) {
    return step.getAcceptsSubtypes()
        && declarations()
            .anyMatch(
                type ->
                    type.getType().equals(eventType) && type.getSupertypes().contains(accepted));
  }
}
