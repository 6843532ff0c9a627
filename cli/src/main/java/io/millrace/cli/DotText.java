package io.millrace.cli;

import io.millrace.coordinator.index.WorkflowOutline;

/** A workflow in Graphviz's notation. */
final class DotText {
  private DotText() {}

  static String of(WorkflowOutline workflow) {
    Drawing drawing = Drawing.of(workflow);
    StringBuilder text = new StringBuilder();
    text.append("digraph \"").append(workflow.name()).append("\" {\n");
    text.append("  rankdir=LR;\n");
    for (Drawing.Node node : drawing.nodes()) {
      text.append(
          "  %s [label=\"%s\", shape=%s];%n".formatted(node.id(), node.label(), shape(node)));
    }
    for (Drawing.Arrow arrow : drawing.arrows()) {
      text.append(
          "  %s -> %s [label=\"%s\"%s];%n"
              .formatted(
                  arrow.from(), arrow.to(), arrow.label(), arrow.thick() ? ", penwidth=3" : ""));
    }
    return text.append("}\n").toString();
  }

  private static String shape(Drawing.Node node) {
    return node.step() ? "box" : "ellipse";
  }
}
