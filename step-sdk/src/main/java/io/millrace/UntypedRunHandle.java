package io.millrace;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A run for a program that has no event classes: results are plain JSON text. */
public interface UntypedRunHandle extends RunHandle<String> {
  /**
   * Sends an event given as plain JSON.
   *
   * @param type one of the types that the workflow's steps accept
   * @throws io.millrace.json.JsonMismatchException if the text does not fit the type's schema;
   *     names the field
   */
  boolean sendJson(String type, String json, SendOptions options);

  /**
   * How the run ended, as one JSON object, once it has: what {@link StreamedEvent#json} tells of a
   * terminal event. Unlike {@link #resultAsync} it completes normally however the run ended, and
   * exceptionally only when the client is closed. The terminal event is on the stream before. Who
   * waits no longer cancels it; nothing of it is kept then.
   */
  CompletableFuture<String> outcomeJsonAsync();

  /**
   * What {@link WorkflowClient#attachUntyped} was told of the run, so that who attaches to look
   * need not ask a second time. Empty for a handle that a start has made.
   */
  Optional<RunInspection> inspectionAtAttach();
}
