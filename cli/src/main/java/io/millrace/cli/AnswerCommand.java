package io.millrace.cli;

import io.millrace.RunInspection;
import io.millrace.SendOptions;
import io.millrace.UntypedRunHandle;
import io.millrace.config.MillraceConfig;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers a run's question. */
@Command(
    name = "answer",
    header = "Show a run's open question and answer it.",
    description = {
      "Shows the question that a run waits with, and sends the answer: given as JSON, as FIELD=VALUE for each field, or, if nothing is given, asked for field by field. The answer reaches this question and no other.",
      "A field left out takes its default. A.B=VALUE sets field B of field A."
    },
    footer = {
      "  millrace answer h1                     # asks",
      "  millrace answer h1 value=42",
      "  millrace answer h1 '{\"value\": 42}'",
      "  millrace answer h1 --show"
    })
final class AnswerCommand implements Callable<Integer> {
  @Mixin Connection connection = new Connection();
  @Spec @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "Id of the run.")
  String runId = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "ANSWER",
      description = "JSON, or FIELD=VALUE for each field. Default: asks for each field.")
  List<String> given = new ArrayList<>();

  @Option(
      names = "--prompt",
      paramLabel = "ID",
      description = "Which question, if several are open. Default: the only one.")
  @Nullable String promptId;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "Type of the answer. Default: the only one that the workflow takes from people.")
  @Nullable String type;

  @Option(
      names = "--event-id",
      paramLabel = "ID",
      description = "Sending an id twice is sending it once. Default: a new one.")
  @Nullable String eventId;

  @Option(names = "--show", description = "Show all open questions and answer none.")
  boolean show;

  @Option(
      names = "--json",
      description = "Print JSON: a line for each question, or for what was sent.")
  boolean json;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec);
    MillraceConfig config = connection.config();
    try (Asking asking = Asking.at(config, terminal.progress())) {
      UntypedRunHandle run = asking.answer(client -> client.attachUntyped(runId));
      List<RunInspection.Prompt> open = asking.answer(client -> run.inspect().prompts());
      if (show) {
        Question.all(run, open).forEach(question -> print(question, terminal));
        return 0;
      }
      Question question = Question.one(run, open, promptId);
      AnswerType answer = AnswerType.of(config, run, type);
      if (!json) {
        terminal.progress().line(question.readable());
      }
      String fields = fields(answer, terminal);
      SendOptions options = SendOptions.inReplyTo(question.eventId());
      options = eventId == null ? options : options.withEventId(eventId);
      SendOptions chosen = options;
      boolean isNew = asking.answer(client -> run.sendJson(answer.type(), fields, chosen));
      Map<String, Object> sent = new LinkedHashMap<>();
      sent.put("runId", runId);
      sent.put("inReplyTo", question.eventId());
      sent.put("type", answer.type());
      sent.put("accepted", isNew);
      terminal
          .out()
          .println(json ? Json.object(sent) : isNew ? "accepted" : SendCommand.ACCEPTED_BEFORE);
      return 0;
    }
  }

  private String fields(AnswerType answer, Terminal terminal) {
    if (given.isEmpty()) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
      return new Questionnaire(in, terminal.err()).ask(answer.schema());
    }
    boolean isJson = given.size() == 1 && given.get(0).strip().startsWith("{");
    return isJson ? Json.checked(given.get(0)) : FieldValues.json(given, answer.schema());
  }

  private void print(Question question, Terminal terminal) {
    terminal.out().println(json ? question.json() : question.readable());
  }
}
