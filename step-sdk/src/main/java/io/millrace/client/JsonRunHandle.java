package io.millrace.client;

import io.millrace.RunInspection;
import io.millrace.SendOptions;
import io.millrace.UnknownStepException;
import io.millrace.UntypedRunHandle;
import io.millrace.protocol.EventData;
import io.millrace.protocol.EventDeclaration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A run without event classes. */
final class JsonRunHandle extends AbstractRunHandle<String> implements UntypedRunHandle {
  private final Optional<RunInspection> atAttach;

  /**
   * @param atAttach what was told of the run when this handle was made; empty for a start
   */
  JsonRunHandle(
      ClientLink link, String workflow, RunWatch watch, Optional<RunInspection> atAttach) {
    super(link, workflow, watch);
    this.atAttach = atAttach;
  }

  @Override
  public Optional<RunInspection> inspectionAtAttach() {
    return atAttach;
  }

  @Override
  String read(EventData stopEvent) {
    byte[] value = new byte[stopEvent.getValue().remaining()];
    stopEvent.getValue().duplicate().get(value);
    return link().values().toJson(value);
  }

  @Override
  List<Class<?>> knownClasses() {
    return List.of();
  }

  @Override
  public boolean sendJson(String type, String json, SendOptions options) {
    link().catalog().list(link().settings().brokerWait());
    EventDeclaration declared =
        link()
            .catalog()
            .accepted(workflow(), type)
            .or(() -> waitedFor(type))
            .orElseThrow(
                () ->
                    new UnknownStepException(
                        "no step of workflow %s accepts a %s; accepted: %s"
                            .formatted(
                                workflow(), type, link().catalog().acceptedTypes(workflow()))));
    byte[] value = link().values().fromJson(declared, json, workflow());
    return send(type, declared.getKind(), value, options);
  }

  @Override
  public CompletableFuture<String> outcomeJsonAsync() {
    return endAsync(outcome -> OutcomeJson.write(outcome, link().values()));
  }

  private Optional<EventDeclaration> waitedFor(String type) {
    return link().catalog().isWaitedFor(workflow(), type)
        ? link().values().registered(workflow(), type)
        : Optional.empty();
  }
}
