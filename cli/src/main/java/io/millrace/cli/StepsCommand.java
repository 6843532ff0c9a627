package io.millrace.cli;

import io.millrace.coordinator.index.WorkflowOutline;
import io.millrace.coordinator.index.WorkflowStep;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists registered steps. */
@Command(
    name = "steps",
    header = "List registered steps.",
    description = {
      "Lists the steps of a workflow, or of all workflows, as the highest version of each has registered itself: what it accepts and emits, how many attempts it makes, how many at once in one process.",
      "A step stays registered when its workers have stopped."
    },
    footer = {
      "  millrace steps",
      "  millrace steps rag",
      "  millrace steps --json | jq -r 'select(.version > 1) | .name'"
    })
final class StepsCommand implements Callable<Integer> {
  @Mixin Connection connection = new Connection();
  @Mixin OneOrAll asked = new OneOrAll();
  @Spec @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON, a step a line.")
  boolean json;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec);
    List<WorkflowOutline> workflows =
        Lookup.workflows(Lookup.steps(connection.config(), terminal.progress()), asked.workflow);
    PrintWriter out = terminal.out();
    if (json) {
      workflows.forEach(each -> each.steps().forEach(step -> out.println(line(each.name(), step))));
      return 0;
    }
    Table table =
        new Table(
            "WORKFLOW", "STEP", "VERSION", "ACCEPTS", "EMITS", "ATTEMPTS", "SLOTS", "TIMEOUT");
    workflows.forEach(
        each ->
            each.steps()
                .forEach(
                    step ->
                        table.row(
                            each.name(),
                            step.name(),
                            String.valueOf(step.version()),
                            accepts(step),
                            String.join(", ", step.emits()),
                            String.valueOf(step.maxAttempts()),
                            String.valueOf(step.concurrency()),
                            step.timeout().map(Duration::toString).orElse(""))));
    table.print(out);
    if (workflows.isEmpty()) {
      terminal.progress().line("no steps are registered; start a worker");
    }
    return 0;
  }

  private static String accepts(WorkflowStep step) {
    String types =
        step.catches().isEmpty()
            ? String.join(", ", step.accepts())
            : "failures of " + String.join(", ", step.catches());
    String sets = step.join().map(join -> " (all of a set)").orElse("");
    return types
        + sets
        + (step.waitsFor().isEmpty() ? "" : "; waits for " + String.join(", ", step.waitsFor()));
  }

  private static String line(String workflow, WorkflowStep step) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("workflow", workflow);
    fields.putAll(Json.fields(step));
    return Json.object(fields);
  }
}
