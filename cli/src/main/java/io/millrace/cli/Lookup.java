package io.millrace.cli;

import io.millrace.client.Clients;
import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.index.WorkflowEvent;
import io.millrace.coordinator.index.WorkflowOutline;
import io.millrace.coordinator.topology.RegisteredSteps;
import io.millrace.coordinator.topology.StepBook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is registered, read straight from Kafka. */
final class Lookup {
  private Lookup() {}

  /**
   * All registered steps.
   *
   * @throws io.millrace.BrokerUnavailableException if no broker answers
   */
  static StepBook steps(MillraceConfig config, Progress progress) {
    return progress.during(
        "reading the registered steps",
        () -> {
          Clients.requireBroker(config);
          return RegisteredSteps.read(config);
        });
  }

  /**
   * The workflow of this name; without a name all there are.
   *
   * @throws UsageException if no step of it is registered; lists those there are
   */
  static List<WorkflowOutline> workflows(StepBook book, @Nullable String name) {
    if (name == null) {
      return book.get().workflows().stream().map(each -> WorkflowOutline.of(book, each)).toList();
    }
    return List.of(workflow(book, name));
  }

  /** As {@link #workflows}, for one. */
  static WorkflowOutline workflow(StepBook book, String name) {
    if (!book.get().knows(name)) {
      throw new UsageException(
          "workflow %s has no registered step; known: %s. Start its workers, or check --namespace."
              .formatted(name, book.get().workflows()));
    }
    return WorkflowOutline.of(book, name);
  }

  /**
   * One of the workflow's types of events.
   *
   * @throws UsageException if it has none of this name; lists those it has
   */
  static WorkflowEvent event(WorkflowOutline workflow, String type) {
    return workflow.events().stream()
        .filter(event -> event.type().equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "workflow %s has no event %s; its events are %s"
                        .formatted(
                            workflow.name(),
                            type,
                            workflow.events().stream().map(WorkflowEvent::type).toList())));
  }
}
