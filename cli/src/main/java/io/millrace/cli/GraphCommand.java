package io.millrace.cli;

import io.millrace.coordinator.index.WorkflowOutline;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws a workflow. */
@Command(
    name = "graph",
    header = "Draw a workflow's steps and events as Mermaid or DOT.",
    description = {
      "Prints the graph of a workflow's registered steps: boxes are steps, arrows the events between them, rounded ends the events that come from outside or go there. A thick arrow is a fan-out.",
      "Mermaid is shown by GitHub, GitLab and many editors; DOT is for Graphviz."
    },
    footer = {
      "  millrace graph rag",
      "  millrace graph rag --format dot | dot -Tsvg > rag.svg",
      "  millrace graph rag --json"
    })
final class GraphCommand implements Callable<Integer> {
  /** How it is drawn. */
  enum Format {
    mermaid,
    dot
  }

  @Mixin Connection connection = new Connection();
  @Spec @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "WORKFLOW", description = "Name of the workflow.")
  String workflow = "";

  @Option(
      names = {"-f", "--format"},
      paramLabel = "mermaid|dot",
      defaultValue = "mermaid",
      description = "How it is drawn. Default: ${DEFAULT-VALUE}.")
  Format format = Format.mermaid;

  @Option(names = "--json", description = "Print JSON instead, an edge a line.")
  boolean json;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec);
    WorkflowOutline outline =
        Lookup.workflow(Lookup.steps(connection.config(), terminal.progress()), workflow);
    PrintWriter out = terminal.out();
    if (json) {
      outline.edges().forEach(edge -> out.println(Json.of(edge)));
    } else {
      out.print(format == Format.dot ? DotText.of(outline) : MermaidText.of(outline));
      out.flush();
    }
    return 0;
  }
}
