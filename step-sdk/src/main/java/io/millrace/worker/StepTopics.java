package io.millrace.worker;

import io.millrace.protocol.EventDeclaration;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.StepRegistration;
import java.util.Set;
import java.util.TreeSet;

/**
 * The topics that a step takes its records from. Those of a step that accepts subtypes grow with
 * what other steps register (S1); its interface's own topic is empty and always there, so that
 * there is one to subscribe to. For one thread.
 */
final class StepTopics {
  private final Namespace namespace;
  private final StepRegistration step;
  private final StepCatalog catalog;
  private int seen;
  private Set<String> last = Set.of();

  StepTopics(Namespace namespace, StepRegistration step, StepCatalog catalog) {
    this.namespace = namespace;
    this.step = step;
    this.catalog = catalog;
  }

  /** As of now. */
  Set<String> now() {
    seen = catalog.changes();
    Set<String> topics = new TreeSet<>();
    for (EventDeclaration accepted : step.getAccepts()) {
      topics.add(namespace.events(step.getWorkflow(), accepted.getType()));
      if (step.getAcceptsSubtypes()) {
        catalog
            .subtypes(accepted.getType())
            .forEach(type -> topics.add(namespace.events(step.getWorkflow(), type)));
      }
    }
    last = topics;
    return topics;
  }

  @Override
  public String toString() {
    return last.toString();
  }

  /** Whether they are others than the last {@link #now}. */
  boolean changed() {
    if (!step.getAcceptsSubtypes() || catalog.changes() == seen) {
      return false;
    }
    Set<String> before = last;
    return !before.equals(now());
  }
}
