package io.millrace.cli;

import io.millrace.client.Clients;
import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.index.DeadLetter;
import io.millrace.coordinator.index.DeadLetterFilter;
import io.millrace.coordinator.index.DeadLetterPage;
import io.millrace.coordinator.index.DeadLetterReader;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
  @Mixin OneOrAll asked = new OneOrAll();
  @Spec @Nullable CommandSpec spec;

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
    Pages.checkLimit(limit);
    DeadLetterFilter filter =
        new DeadLetterFilter(
            Optional.ofNullable(asked.workflow),
            Optional.ofNullable(runId),
            Optional.ofNullable(step));
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
    try (DeadLetterReader reader = DeadLetterReader.of(config)) {
      return Pages.first(
          limit,
          PAGE,
          (Optional<Long> before, int most) -> {
            DeadLetterPage page = reader.page(filter, before, most);
            return new Pages.Page<>(page.letters(), page.next());
          });
    }
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
