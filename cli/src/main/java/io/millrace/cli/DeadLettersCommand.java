package io.millrace.cli;

import io.millrace.client.Clients;
import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.index.DeadLetter;
import io.millrace.coordinator.index.DeadLetterFilter;
import io.millrace.coordinator.index.DeadLetterPage;
import io.millrace.coordinator.index.DeadLetterReader;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what could not be handled. */
@Command(
    name = "dead-letters",
    header = "List events and records that could not be handled.",
    description = {
      "Lists dead letters, newest first: events whose step failed for good, with the last error, and records that nobody could read, with the place they were found at.",
      "`millrace redrive RUN` goes on with a failed run; `--execution ID` of one letter alone."
    },
    footer = {
      "  millrace dead-letters",
      "  millrace dead-letters rag --step synthesize --limit 5",
      "  millrace dead-letters --run q1 --json | jq .event"
    })
final class DeadLettersCommand implements Callable<Integer> {
  private static final int PAGE = 200;

  @Mixin Connection connection = new Connection();
  @Spec @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "WORKFLOW",
      description = "Name of the workflow. Default: all.")
  @Nullable String workflow;

  @Option(names = "--run", paramLabel = "ID", description = "Only those of this run.")
  @Nullable String runId;

  @Option(names = "--step", paramLabel = "STEP", description = "Only those of this step.")
  @Nullable String step;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Most letters to list. Default: ${DEFAULT-VALUE}.")
  int limit;

  @Option(names = "--json", description = "Print JSON, a letter a line.")
  boolean json;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UsageException("--limit must be 1 or more, not " + limit);
    }
    DeadLetterFilter filter =
        new DeadLetterFilter(
            Optional.ofNullable(workflow), Optional.ofNullable(runId), Optional.ofNullable(step));
    Terminal terminal = Terminal.of(spec);
    MillraceConfig config = connection.config();
    List<DeadLetter> letters =
        terminal.progress().during("reading the dead letters", () -> list(config, filter));
    PrintWriter out = terminal.out();
    letters.forEach(letter -> out.println(json ? Json.letter(letter) : readable(letter)));
    if (letters.isEmpty()) {
      terminal.progress().line("no dead letters");
    }
    return 0;
  }

  private List<DeadLetter> list(MillraceConfig config, DeadLetterFilter filter) {
    Clients.requireBroker(config);
    List<DeadLetter> letters = new ArrayList<>();
    try (DeadLetterReader reader = DeadLetterReader.of(config)) {
      Optional<Long> before = Optional.empty();
      do {
        DeadLetterPage page = reader.page(filter, before, Math.min(PAGE, limit - letters.size()));
        letters.addAll(page.letters());
        before = page.next();
      } while (before.isPresent() && letters.size() < limit);
    }
    return letters;
  }

  private static String readable(DeadLetter letter) {
    StringBuilder text = new StringBuilder();
    text.append("%s  %s".formatted(letter.at(), letter.errorType().orElse("unknown error")));
    letter.errorMessage().ifPresent(message -> text.append(": ").append(message));
    line(text, "run", letter.runId().map(run -> run + " of " + letter.workflow().orElse("?")));
    line(text, "step", letter.step().map(each -> each + attempts(letter)));
    line(text, "execution", letter.executionId());
    line(text, "event", letter.eventType().map(type -> type + " " + letter.event().orElse("")));
    line(text, "origin", letter.origin());
    return text.toString();
  }

  private static String attempts(DeadLetter letter) {
    return letter
        .attempts()
        .map(n -> ", after " + n + (n == 1 ? " attempt" : " attempts"))
        .orElse("");
  }

  private static void line(StringBuilder text, String name, Optional<String> value) {
    value.ifPresent(
        there -> text.append(System.lineSeparator()).append("  %-10s %s".formatted(name, there)));
  }
}
