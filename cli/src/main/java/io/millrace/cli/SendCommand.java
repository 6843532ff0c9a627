package io.millrace.cli;

import io.millrace.SendOptions;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends an event to a run, for instance the answer that it waits for. */
@Command(
    name = "send",
    header = "Send an event to a run.",
    description = {
      "Sends an event to a run that is under way: to every step that accepts its type, or that waits for one. To answer a question, `millrace answer` is shorter."
    },
    footer = {
      "  millrace send h1 NumberGiven '{\"value\": 42}'",
      "  millrace send h1 NumberGiven '{\"value\": 42}' --event-id form-4711"
    })
final class SendCommand implements Callable<Integer> {
  static final String ACCEPTED_BEFORE =
      "an event with this id had been accepted before; nothing was done";

  @Mixin Connection connection = new Connection();
  @Spec @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "Id of the run.")
  String runId = "";

  @Parameters(
      index = "1",
      paramLabel = "TYPE",
      description = "Type of the event; `millrace events WORKFLOW` shows them.")
  String type = "";

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "JSON",
      defaultValue = "{}",
      description = "Fields of the event, as JSON. Default: ${DEFAULT-VALUE}.")
  String event = "{}";

  @Option(
      names = "--event-id",
      paramLabel = "ID",
      description = "Sending an id twice is sending it once. Default: a new one.")
  @Nullable String eventId;

  @Option(
      names = "--in-reply-to",
      paramLabel = "ID",
      description = "Event id of the prompt that this answers, and of no other.")
  @Nullable String inReplyTo;

  @Option(
      names = "--to-step",
      paramLabel = "STEP",
      description = "Only for this step. Default: every step that accepts the type.")
  @Nullable String toStep;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Override
  public Integer call() {
    String checked = Json.checked(event);
    SendOptions options =
        inReplyTo == null ? SendOptions.ofDefaults() : SendOptions.inReplyTo(inReplyTo);
    options = eventId == null ? options : options.withEventId(eventId);
    options = toStep == null ? options : options.withToStep(toStep);
    Terminal terminal = Terminal.of(spec);
    SendOptions chosen = options;
    try (Asking asking = Asking.at(connection.config(), terminal.progress())) {
      boolean isNew =
          asking.answer(client -> client.attachUntyped(runId).sendJson(type, checked, chosen));
      String done = isNew ? "accepted" : ACCEPTED_BEFORE;
      terminal.out().println(json ? Json.object(Map.of("runId", runId, "accepted", isNew)) : done);
      return 0;
    }
  }
}
