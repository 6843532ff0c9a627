package io.millrace.cli;

import io.millrace.coordinator.index.WorkflowOutline;

/** A workflow in Mermaid's notation. */
final class MermaidText {
  private MermaidText() {}

  static String of(WorkflowOutline workflow) {
    Drawing drawing = Drawing.of(workflow);
    StringBuilder text = new StringBuilder("flowchart LR\n");
    for (Drawing.Node node : drawing.nodes()) {
      text.append("  ")
          .append(node.id())
          .append(node.step() ? "[\"" : "([\"")
          .append(node.label())
          .append(node.step() ? "\"]" : "\"])")
          .append('\n');
    }
    for (Drawing.Arrow arrow : drawing.arrows()) {
      text.append("  ").append(arrow.from()).append(arrow.thick() ? " ==>" : " -->");
      if (!arrow.label().isEmpty()) {
        text.append("|\"").append(arrow.label()).append("\"|");
      }
      text.append(' ').append(arrow.to()).append('\n');
    }
    return text.toString();
  }
}
