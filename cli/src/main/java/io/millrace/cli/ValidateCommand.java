package io.millrace.cli;

import io.millrace.coordinator.core.WorkflowProblem;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks workflows as graphs of steps and events. */
@Command(
    name = "validate",
    header = "Check a workflow's steps and events for mistakes.",
    description =
        "Checks the registered steps of a workflow, or of all: start and stop events, steps that are never reached, dead ends, events that are never consumed or never produced.",
    exitCodeList = {"0:every workflow is sound", "1:a workflow has problems, or failure"},
    footer = {"  millrace validate", "  millrace validate rag --json | jq .problems"})
final class ValidateCommand implements Callable<Integer> {
  @Mixin Connection connection = new Connection();
  @Mixin OneOrAll asked = new OneOrAll();
  @Spec @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON, a workflow a line.")
  boolean json;

  /** For {@code --json}. */
  record Report(String workflow, boolean sound, List<WorkflowProblem> problems) {}

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec);
    List<Report> reports =
        Lookup.workflows(Lookup.steps(connection.config(), terminal.progress()), asked.workflow)
            .stream()
            .map(each -> new Report(each.name(), each.problems().isEmpty(), each.problems()))
            .toList();
    PrintWriter out = terminal.out();
    if (json) {
      reports.forEach(report -> out.println(Json.of(report)));
    } else if (reports.isEmpty()) {
      out.println("no steps are registered");
    } else {
      reports.forEach(report -> print(report, out));
    }
    return reports.stream().allMatch(Report::sound) ? 0 : 1;
  }

  private static void print(Report report, PrintWriter out) {
    if (report.sound()) {
      out.printf("%s: sound%n", report.workflow());
      return;
    }
    out.printf("%s: %d problems%n", report.workflow(), report.problems().size());
    report.problems().forEach(p -> out.printf("  %-15s %s%n", p.kind(), p.message()));
  }
}
