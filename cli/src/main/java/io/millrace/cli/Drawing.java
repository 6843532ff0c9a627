package io.millrace.cli;

import io.millrace.coordinator.index.WorkflowEdge;
import io.millrace.coordinator.index.WorkflowOutline;
import io.millrace.coordinator.index.WorkflowStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A workflow as boxes and arrows. Steps are boxes; an event from outside, or to there, is an end of
 * its own. Ids are letters and digits, so that no name can be a word of a notation.
 */
record Drawing(List<Node> nodes, List<Arrow> arrows) {
  /**
   * @param step else an event at the workflow's edge
   */
  record Node(String id, String label, boolean step) {}

  /**
   * @param label empty where the end names the event
   * @param thick a fan-out
   */
  record Arrow(String from, String to, String label, boolean thick) {}

  static Drawing of(WorkflowOutline workflow) {
    Map<String, Node> steps = new LinkedHashMap<>();
    for (WorkflowStep step : workflow.steps()) {
      steps.put(step.name(), new Node("s" + steps.size(), step.name(), true));
    }
    Map<String, Node> ends = new LinkedHashMap<>();
    List<Arrow> arrows = new ArrayList<>();
    for (WorkflowEdge edge : workflow.edges()) {
      Node from = node(edge.from().orElse(""), edge.event(), steps, ends);
      Node to = node(edge.to().orElse(""), edge.event(), steps, ends);
      String label = from.step() && to.step() ? edge.event() : "";
      arrows.add(new Arrow(from.id(), to.id(), label, edge.fanOut()));
    }
    List<Node> nodes = new ArrayList<>(steps.values());
    nodes.addAll(ends.values());
    return new Drawing(List.copyOf(nodes), List.copyOf(arrows));
  }

  private static Node node(
      String step, String event, Map<String, Node> steps, Map<String, Node> ends) {
    Node known = steps.get(step);
    return known != null
        ? known
        : ends.computeIfAbsent(event, name -> new Node("e" + ends.size(), name, false));
  }
}
