package io.millrace;

import io.millrace.protocol.Namespace;

/**
 * A workflow by name, with its start type and its stop type. The steps are not listed: they
 * register themselves.
 *
 * @param <I> start event
 * @param <O> stop event
 */
public record Workflow<I, O>(String name, Class<I> startType, Class<O> stopType) {
  public Workflow {
    Namespace.checkWorkflow(name);
  }

  public static <I, O> Workflow<I, O> of(String name, Class<I> startType, Class<O> stopType) {
    return new Workflow<>(name, startType, stopType);
  }
}
