package io.millrace;

import io.millrace.protocol.Namespace;
import java.time.Duration;
import java.util.Optional;

/**
 * A workflow by name, with its start type and its stop type. The steps are not listed: they
 * register themselves.
 *
 * @param <I> start event
 * @param <O> stop event
 * @param timeout of runs that are started with none of their own; empty: none
 */
public record Workflow<I, O>(
    String name, Class<I> startType, Class<O> stopType, Optional<Duration> timeout) {
  public Workflow {
    Namespace.checkWorkflow(name);
    timeout.ifPresent(StartOptions::checkTimeout);
  }

  public static <I, O> Workflow<I, O> of(String name, Class<I> startType, Class<O> stopType) {
    return new Workflow<>(name, startType, stopType, Optional.empty());
  }

  /** Runs that are started without a timeout of their own have this one (R5). */
  public Workflow<I, O> withTimeout(Duration ofRuns) {
    return new Workflow<>(name, startType, stopType, Optional.of(ofRuns));
  }
}
