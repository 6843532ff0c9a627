package io.millrace.client;

import io.millrace.InvalidStartException;
import io.millrace.UnknownWorkflowException;
import io.millrace.WorkflowInfo;
import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.EventKind;
import io.millrace.protocol.StepRegistration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The workflows, from the registrations of their steps. Thread-safe. */
final class WorkflowCatalog {
  /** For reading what has been registered, before anything can be called unknown. */
  private static final Duration FIRST_READING = Duration.ofSeconds(10);

  private final TreeMap<String, TreeMap<String, StepRegistration>> workflows = new TreeMap<>();
  private boolean complete;
  private @Nullable RuntimeException closed;

  /** The highest version of a step counts. */
  synchronized void register(StepRegistration step) {
    workflows
        .computeIfAbsent(step.getWorkflow(), name -> new TreeMap<>())
        .merge(
            step.getStep(), step, (old, now) -> now.getVersion() >= old.getVersion() ? now : old);
    notifyAll();
  }

  /** The step is withdrawn; the key is workflow/step. */
  synchronized void remove(String key) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      return;
    }
    @Nullable Map<String, StepRegistration> steps = workflows.get(key.substring(0, slash));
    if (steps != null) {
      steps.remove(key.substring(slash + 1));
      if (steps.isEmpty()) {
        workflows.remove(key.substring(0, slash));
      }
    }
  }

  /** All that was registered when the client was made has been read. */
  synchronized void complete() {
    complete = true;
    notifyAll();
  }

  synchronized void close(RuntimeException reason) {
    closed = reason;
    notifyAll();
  }

  /** Waits until the catalog is complete, at most this long. */
  synchronized List<WorkflowInfo> list(Duration wait) {
    awaitComplete(wait);
    return workflows.keySet().stream().map(this::info).toList();
  }

  /** A workflow is unknown only to whoever has read all there is. */
  private void awaitComplete(Duration wait) {
    Deadline deadline = Deadline.in(wait);
    while (!complete && await(deadline)) {
      // until complete() or the deadline
    }
  }

  /**
   * Returns once the workflow has a step that accepts this start event.
   *
   * @throws InvalidStartException as soon as all that was registered has been read, and the
   *     workflow starts with others
   * @throws UnknownWorkflowException if it has no start type when the time is up
   */
  synchronized void requireStart(String workflow, String eventType, Duration wait) {
    Deadline reading = Deadline.in(FIRST_READING);
    Deadline deadline = Deadline.in(wait);
    do {
      TreeSet<String> starts = startTypes(workflow);
      if (starts.contains(eventType)) {
        return;
      }
      // Whoever has read a part only may lack the very step that accepts it.
      if (complete && !starts.isEmpty()) {
        throw others(workflow, eventType, starts);
      }
    } while (await(deadline) || (!complete && await(reading)));
    TreeSet<String> starts = startTypes(workflow);
    throw starts.isEmpty() ? unknown(workflow, wait) : others(workflow, eventType, starts);
  }

  private static InvalidStartException others(
      String workflow, String eventType, TreeSet<String> starts) {
    return new InvalidStartException(
        "workflow " + workflow + " starts with " + starts + ", not with " + eventType, starts);
  }

  /**
   * The declaration of one of the workflow's start types.
   *
   * @throws InvalidStartException as {@link #requireStart}
   * @throws UnknownWorkflowException as {@link #requireStart}
   */
  synchronized EventDeclaration start(String workflow, String eventType, Duration wait) {
    requireStart(workflow, eventType, wait);
    return accepted(workflow, eventType).orElseThrow();
  }

  /**
   * The declaration of the workflow's only start type.
   *
   * @throws InvalidStartException if it has several
   * @throws UnknownWorkflowException if it has none when the time is up
   */
  synchronized EventDeclaration onlyStart(String workflow, Duration wait) {
    Deadline reading = Deadline.in(FIRST_READING);
    Deadline deadline = Deadline.in(wait);
    do {
      // The first that is read need not be the only one.
      if (complete && !startTypes(workflow).isEmpty()) {
        return only(workflow);
      }
    } while (await(deadline) || (!complete && await(reading)));
    if (startTypes(workflow).isEmpty()) {
      throw unknown(workflow, wait);
    }
    return only(workflow);
  }

  private EventDeclaration only(String workflow) {
    TreeSet<String> starts = startTypes(workflow);
    if (starts.size() > 1) {
      throw new InvalidStartException(
          "workflow %s has several start types, %s; name the one that the event is of"
              .formatted(workflow, starts),
          starts);
    }
    return accepted(workflow, starts.first()).orElseThrow();
  }

  /** How the workflow's steps declare an event that they accept. */
  synchronized Optional<EventDeclaration> accepted(String workflow, String eventType) {
    return accepts(workflow).filter(d -> d.getType().equals(eventType)).findFirst();
  }

  synchronized List<String> acceptedTypes(String workflow) {
    return Stream.concat(
            accepts(workflow).map(EventDeclaration::getType),
            steps(workflow).flatMap(step -> step.getWaitsFor().stream()))
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether some step may wait for the type in the middle of an attempt. */
  synchronized boolean isWaitedFor(String workflow, String eventType) {
    return steps(workflow).anyMatch(step -> step.getWaitsFor().contains(eventType));
  }

  private UnknownWorkflowException unknown(String workflow, Duration wait) {
    String why =
        workflows.containsKey(workflow)
            ? "has steps but none that accepts a start event"
            : "has no step";
    String known = workflows.isEmpty() ? none() : "known: " + names();
    return new UnknownWorkflowException(
        "workflow %s %s, after waiting %d ms; start its steps, or check the name and namespace (%s)"
            .formatted(workflow, why, wait.toMillis(), known),
        workflows.keySet());
  }

  /** Registrations that were never read to their end may just as well not be there. */
  private String none() {
    return complete
        ? "no workflow has steps yet"
        : "registrations could not be read: a coordinator makes their topic; is one running?";
  }

  private String names() {
    return String.join(", ", workflows.keySet());
  }

  private WorkflowInfo info(String workflow) {
    return new WorkflowInfo(
        workflow,
        List.copyOf(startTypes(workflow)),
        steps(workflow)
            .map(
                step ->
                    new WorkflowInfo.StepInfo(
                        step.getStep(),
                        step.getVersion(),
                        types(step.getAccepts()),
                        types(step.getEmits())))
            .toList());
  }

  private TreeSet<String> startTypes(String workflow) {
    TreeSet<String> types = new TreeSet<>();
    accepts(workflow)
        .filter(declared -> declared.getKind() == EventKind.START)
        .forEach(declared -> types.add(declared.getType()));
    return types;
  }

  private Stream<EventDeclaration> accepts(String workflow) {
    return steps(workflow).flatMap(step -> step.getAccepts().stream());
  }

  private Stream<StepRegistration> steps(String workflow) {
    return workflows.getOrDefault(workflow, new TreeMap<>()).values().stream();
  }

  private static List<String> types(List<EventDeclaration> declarations) {
    return declarations.stream().map(EventDeclaration::getType).toList();
  }

  private boolean await(Deadline deadline) {
    if (closed != null) {
      throw closed;
    }
    return deadline.waitOn(this);
  }
}
