package io.millrace.cli;

import io.millrace.coordinator.core.WorkflowGraph;
import io.millrace.coordinator.core.WorkflowProblem;
import io.millrace.coordinator.topology.RegisteredSteps;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks workflows as graphs of steps and events. */
@Command(
    name = "validate",
    description = {
      "Check the registered steps of a workflow, or of all: start and stop events, steps that are never reached, dead ends, events that are never consumed or never produced.",
      "Exit code 1 if there is a problem."
    })
final class ValidateCommand implements Callable<Integer> {
  @Mixin Connection connection = new Connection();
  @Spec @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "WORKFLOW",
      description = "Name of the workflow. Default: all.")
  @Nullable String workflow;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  /** For {@code --json}. */
  record Report(String workflow, boolean sound, List<WorkflowProblem> problems) {}

  @Override
  public Integer call() {
    WorkflowGraph graph = RegisteredSteps.read(connection.config());
    if (workflow != null && !graph.knows(workflow)) {
      throw new UsageException(
          "workflow %s has no registered step; known: %s".formatted(workflow, graph.workflows()));
    }
    Set<String> names = workflow == null ? graph.workflows() : Set.of(workflow);
    List<Report> reports =
        names.stream()
            .map(name -> new Report(name, graph.problems(name).isEmpty(), graph.problems(name)))
            .toList();
    PrintWriter out = Terminal.of(spec).out();
    if (json) {
      out.println(Json.of(reports));
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
